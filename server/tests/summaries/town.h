#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "activities/activities_store.h"
#include "audit/trail.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/campaigns_store.h"
#include "changes/feed.h"
#include "database/engines.h"
#include "files/vault.h"
#include "handins/handins_store.h"
#include "jobs/queue.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "summaries/summaries_actions.h"
#include "summaries/summaries_store.h"
#include "summaries/summary_document.h"
#include "tallies/tallies_store.h"

namespace wujin::summaries::fixture {

// The shipped campaign in a fresh database, a village that records, and people who work on summaries.
class TownTest : public test::StoreTest {
 protected:
  TownTest()
      : StoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(), campaigns::migrations(),
                   photos::migrations(), activities::migrations(), handins::migrations(), tallies::migrations(),
                   summaries::migrations()}) {
    const auto loaded = campaigns::load_campaign(std::string(WUJIN_SOURCE_DIR) + "/campaigns/" + campaign_.text());
    EXPECT_TRUE(database().write_now([&](Transaction& transaction) {
      return campaigns::keep_campaign(transaction, catalogue_, {}, *loaded.bundle, {}, clock().now());
    }));
    clock().set(parse_instant("2023-12-20T09:00:00+08:00").value());
  }

  people::Actor actor(people::Role role, const PlaceId& place) {
    people::Actor made;
    made.account = Id<people::Account>::random(randomness());
    made.display_name = "沈知禾";
    made.grants = {{role, place}};
    return made;
  }

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
    photos::Photo photo = photo_of(made);
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
  campaigns::Catalogue catalogue_;
  campaigns::FormTemplates forms_;
  test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path());

 private:
  photos::Photo photo_of(const activities::Activity& activity) {
    photos::Photo made;
    made.id = Id<Photo>::random(randomness());
    made.campaign = campaign_.text();
    made.owner = activity.id.uuid();
    made.bytes = 100;
    made.sha256 = std::string(64, 'b');
    made.received_at = clock().now();
    made.crc32 = 7;
    made.drawing = photos::Drawing::ready;
    return made;
  }

  void keep(Transaction& transaction, const photos::Photo& photo) {
    photos::insert(transaction, photo, clock().now());
    photos::update_received(transaction, photo);
    photos::update_drawn(transaction, photo);
    const files::FileFacts facts = vault_->store("rendition of " + photo.id.to_string());
    photos::save_rendition(
        transaction, photo.id,
        {photos::Size::large, to_hex(facts.sha256), facts.crc32, static_cast<std::int64_t>(facts.size), 1280, 960});
  }
};

}  // namespace wujin::summaries::fixture
