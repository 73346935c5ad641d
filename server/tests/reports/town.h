#pragma once

#include <string>
#include <vector>

#include "activities/activities_store.h"
#include "audit/trail.h"
#include "base/text.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "files/vault.h"
#include "handins/handins_store.h"
#include "jobs/queue.h"
#include "photos/received_photo.h"
#include "places/place_store.h"
#include "reports/october.h"
#include "reports/report_making.h"
#include "reports/reports_actions.h"
#include "reports/reports_store.h"
#include "tallies/tallies_store.h"

namespace wujin::reports::fixture {

// The shipped campaign in a fresh database, and people who work on its reports.
class TownTest : public test::CampaignStoreTest {
 protected:
  TownTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           campaigns::migrations(), photos::migrations(), activities::migrations(), handins::migrations(),
                           tallies::migrations(), reports::migrations()}) {}

  people::Actor actor(people::Role role, const PlaceId& place) { return person(role, place.text().c_str()); }

  ReportKey october(const PlaceId& place) { return {CampaignId("baofeng-2023"), place, parse_month("2023-10").value()}; }
  ReportKey october() { return october(village_); }

  // A received picture, waiting for an activity to show it.
  photos::Photo photo(const std::string& name, photos::Drawing drawing) {
    photos::Photo made = photos::fixture::received_photo(Id<Photo>::random(randomness()), "baofeng-2023", drawing, clock().now());
    if (drawing == photos::Drawing::ready) rendition_of_[made.id] = vault_->store("rendition of " + name);
    return made;
  }

  Id<Activity> record(const std::string& started_at, const std::string& text = "讲解用火用电常识。",
                      std::vector<photos::Photo> shown = {}) {
    activities::Activity made;
    made.id = Id<Activity>::random(randomness());
    for (photos::Photo& one : shown) {
      one.owner = made.id.uuid();
      made.photos.push_back({one.id, {}});
    }
    made.campaign = CampaignId("baofeng-2023");
    made.town = town_;
    made.place = village_;
    made.entry = "countryside";
    made.started_at = parse_instant(started_at).value();
    made.title = "院坝会";
    made.text = text;
    made.month = month_of(china_date(made.started_at));
    made.recorded_by = Id<people::Account>::random(randomness());
    made.recorded_by_name = "陆望川";
    made.received_at = made.updated_at = clock().now();
    database()
        .write_now([&](Transaction& transaction) -> Result<> {
          activities::insert(transaction, made);
          for (const photos::Photo& one : shown) keep_photo(transaction, one);
          return {};
        })
        .value();
    return made.id;
  }

  Result<OpenReport> look(const people::Actor& who, const ReportKey& key) {
    return database().read_now([&](Snapshot& snapshot) -> Result<OpenReport> {
      const auto frame = open_frame(snapshot, catalogue_, key.campaign, clock().now());
      if (!frame) return frame.error();
      return open_report(snapshot, *frame, who, key);
    });
  }

  Result<OpenReport> change(const people::Actor& who, const ReportChange& change, const std::optional<std::string>& etag) {
    return database().write_now([&](Transaction& transaction) {
      return change_report(transaction, catalogue_, who, october(), change, etag, clock().now());
    });
  }
  Result<OpenReport> change(const people::Actor& who, const ReportChange& wanted) {
    return change(who, wanted, look(who, october()).value().etag);
  }

  // As the api does it: the document first, then the write.
  MadeDocument make_document(const people::Actor& who) {
    const auto report = look(who, october()).value();
    const auto making =
        database()
            .read_now([&](Snapshot& snapshot) -> Result<Making> { return prepare(snapshot, forms_, *vault_, report); })
            .value();
    return make_and_keep(making, *vault_).value();
  }
  Result<OpenReport> hand_in(const people::Actor& who, const MadeDocument& document, const SubmissionRequest& request = {},
                             const std::optional<std::string>& etag = std::nullopt) {
    return database().write_now([&](Transaction& transaction) {
      return hand_in_report(transaction, catalogue_, who, october(), request, etag, document, clock().now());
    });
  }
  Result<OpenReport> hand_in(const people::Actor& who) { return hand_in(who, make_document(who)); }

  Result<OpenReport> withdraw(const people::Actor& who) {
    return database().write_now(
        [&](Transaction& transaction) { return withdraw_report(transaction, catalogue_, who, october(), clock().now()); });
  }
  Result<OpenReport> give_back(const people::Actor& who, const std::string& reason) {
    const handins::ReturnRequest request{reason, {}, {}, {}};
    return database().write_now(
        [&](Transaction& transaction) { return return_report(transaction, catalogue_, who, october(), request, clock().now()); });
  }
  Result<OpenReport> accept(const people::Actor& who) {
    return database().write_now(
        [&](Transaction& transaction) { return accept_report(transaction, catalogue_, who, october(), {}, clock().now()); });
  }

  void keep_photo(Transaction& transaction, const photos::Photo& one) {
    const auto drawn = rendition_of_.find(one.id);
    photos::fixture::keep(transaction, one, drawn == rendition_of_.end() ? nullptr : &drawn->second, clock().now());
  }

  void set_clock(const char* moment) { clock().set(parse_instant(moment).value()); }

  const PlaceId town_{"500118112000"}, village_{"500118112200"}, other_{"500118112201"};
  campaigns::FormTemplates forms_;
  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path());
  std::map<Id<Photo>, files::FileFacts> rendition_of_;
};

}  // namespace wujin::reports::fixture
