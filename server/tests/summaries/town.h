#pragma once

#include <filesystem>
#include <map>
#include <memory>
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
#include "sites/sites_store.h"
#include "summaries/summaries_actions.h"
#include "summaries/summaries_store.h"
#include "summaries/summary_document.h"
#include "tallies/tallies_store.h"

namespace wujin::summaries::fixture {

// The shipped campaign in a fresh database, a village that records, and people who work on summaries.
class TownTest : public test::CampaignStoreTest {
 protected:
  TownTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           campaigns::migrations(), photos::migrations(), activities::migrations(), handins::migrations(),
                           tallies::migrations(), sites::migrations(), summaries::migrations()},
                          parse_instant("2023-12-20T09:00:00+08:00").value()) {}

  people::Actor actor(people::Role role, const PlaceId& place) { return person(role, place.text().c_str()); }

  struct Outreach {
    std::string day;
    std::string entry = "countryside";
    std::string work_item{};
    int people = 0;
    int leaflets = 0;
    std::string point{};
    bool has_picture = false;
    std::string place = "500118112200";
  };

  // Records it with its tally, and answers its picture.
  Id<Photo> record(const Outreach& held) {
    activities::Activity made;
    made.id = Id<activities::Activity>::random(randomness());
    made.campaign = campaign_;
    made.town = town_;
    made.place = PlaceId(held.place);
    made.entry = held.entry;
    made.started_at = parse_instant(held.day + "T09:00:00+08:00").value();
    made.title = "院坝会" + held.day;
    made.month = month_of(china_date(made.started_at));
    if (!held.work_item.empty()) made.work_item = held.work_item;
    if (!held.point.empty()) made.point = held.point;
    made.recorded_by = Id<people::Account>::random(randomness());
    made.recorded_by_name = "陆望川";
    made.received_at = made.updated_at = clock().now();
    photos::Photo photo = photos::fixture::received_photo(Id<Photo>::random(randomness()), campaign_.text(),
                                                          photos::Drawing::ready, made.received_at);
    photo.owner = made.id.uuid();
    if (held.has_picture) made.photos.push_back({photo.id, {}});
    tallies::Held counted;
    counted.campaign = campaign_.text();
    counted.town = town_.text();
    counted.place = held.place;
    counted.day = china_date(made.started_at);
    counted.organizer = "village";
    counted.entry = held.entry;
    counted.work_item = held.work_item;
    counted.people = held.people;
    counted.leaflets = held.leaflets;
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      activities::insert(transaction, made);
      tallies::count(transaction, nullptr, &counted);
      if (held.has_picture) keep(transaction, photo);
      return {};
    }));
    return photo.id;
  }

  Result<OpenSummary> look(const people::Actor& who, const PlaceId& place) {
    return database().read_now([&](Snapshot& snapshot) {
      return open_summary(snapshot, catalogue_, who, {campaign_, place}, clock().now());
    });
  }
  Result<OpenSummary> look(const people::Actor& who) { return look(who, village_); }

  Result<OpenSummary> change(const people::Actor& who, const SummaryChange& wanted, const std::optional<std::string>& etag) {
    return database().write_now([&](Transaction& transaction) {
      return change_summary(transaction, catalogue_, who, {campaign_, village_}, wanted, etag, clock().now());
    });
  }
  Result<OpenSummary> change(const people::Actor& who, const SummaryChange& wanted) {
    return change(who, wanted, look(who).value().etag);
  }
  Result<OpenSummary> write(const people::Actor& who, const std::string& part, const std::string& text) {
    SummaryChange change_text;
    change_text.texts = {{{part, text, {}}}};
    return change(who, change_text);
  }

  handins::Making making(const OpenSummary& summary) {
    return database()
        .read_now([&](Snapshot& snapshot) -> Result<handins::Making> { return prepare(snapshot, forms_, *vault_, summary); })
        .value();
  }

  // As the api does it: the document first, then the write.
  Result<OpenSummary> hand_in(const people::Actor& who, const SubmissionRequest& request = {}) {
    const auto document = handins::make_and_keep(making(look(who).value()), *vault_).value();
    return database().write_now([&](Transaction& transaction) {
      return hand_in_summary(transaction, catalogue_, who, {campaign_, village_}, request, {}, document, clock().now());
    });
  }

  const CampaignId campaign_{"baofeng-2023"};
  const PlaceId town_{"500118112000"}, village_{"500118112200"}, other_{"500118112201"}, community_{"500118112001"};
  campaigns::FormTemplates forms_;
  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path());

 private:
  void keep(Transaction& transaction, const photos::Photo& photo) {
    const files::FileFacts large = vault_->store("rendition of " + photo.id.to_string());
    photos::fixture::keep(transaction, photo, &large, clock().now());
  }
};

}  // namespace wujin::summaries::fixture
