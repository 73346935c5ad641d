#include "seed/seeder.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "activities/activities_actions.h"
#include "app/sample_accounts.h"
#include "app/sample_months.h"
#include "audit/sealer.h"
#include "base/json.h"
#include "base/text.h"
#include "feed/changes_page.h"
#include "seed/diary.h"
#include "seed/drawn_photos.h"
#include "seed/pictures.h"
#include "seed/stage.h"
#include "town.h"

namespace wujin::bench {
namespace {

using activities::Activity;
using std::chrono::hours;
using std::chrono::minutes;

constexpr std::int64_t at_once = 1000;              // records in one commit
constexpr std::int64_t changed_elsewhere = 50'000;  // while one phone was away
constexpr int changed_here = 10;
constexpr int report_activities = 8, pictures_each = 3;
constexpr int bodies_each = 12;

class Seeder {
 public:
  Seeder(const SeedOptions& options, const std::function<void(std::string_view)>& tell, spdlog::logger& log)
      : options_(options),
        tell_(tell),
        stage_(options, log),
        diary_(stage_.campaign(), stage_.material, china_date(options.ends - hours(24)), 1),
        drawn_(options.photos, stage_.campaign().id.text()),
        begins_(start_of(stage_.campaign().starts_on) + hours(24)) {}

  void run() {
    describe_town();
    record_report_month();
    const auto elsewhere = std::min(changed_elsewhere, options_.activities / 2);
    const auto others = std::max<std::int64_t>(options_.activities - report_activities - changed_here, 0);
    record(0, others - elsewhere, others);
    town_.changes_since = cursor_of_quiet();
    for (int i = 0; i < changed_here; ++i) record_one(stage_.quiet, moment(others - elsewhere + i, others), {});
    record(others - elsewhere, others, others);
    town_.changed_elsewhere = elsewhere;
    town_.changed_here = changed_here;
    tell_("sealing the trail");
    stage_.clock.set(options_.ends);
    audit::seal(stage_.house.database());
    gather_statistics();
    town_.alike = drawn_.alike();
    write_town();
  }

 private:
  Instant moment(std::int64_t index, std::int64_t of) const {
    return begins_ + (options_.ends - begins_) * index / std::max<std::int64_t>(of, 1);
  }

  // A body of a PUT from every village, and what else bench_load needs to know.
  void describe_town() {
    const auto& campaign = stage_.campaign();
    town_.campaign = campaign.id.text();
    town_.town = campaign.town.text();
    town_.clock = to_string(options_.ends);
    town_.activities = options_.activities;
    town_.photos = options_.photos;
    town_.changes_place = town_.report_place = stage_.quiet.text();
    for (const auto& account : app::write_sample_accounts(stage_.house, options_.data, "")) {
      const Account mine{account.place, account.login, account.password};
      if (account.login == "station") town_.station = mine;
      if (account.role == "village") town_.villages.push_back(mine);
    }
    const Month last = month_of(china_date(options_.ends));
    for (Month month = month_of(campaign.starts_on); month <= last; month += std::chrono::months(1)) {
      town_.months.push_back(to_string(month));
    }
    Diary bodies(campaign, stage_.material, china_date(options_.ends - hours(24)), 2);
    for (const auto& place : stage_.villages) {
      for (int i = 0; i < bodies_each; ++i) {
        const Instant at = moment(i, bodies_each);
        town_.bodies.push_back({place.text(), encode_json(bodies.entry(place, at - hours(3), at))});
      }
    }
  }

  // A month of the quiet village with its pictures in the vault, received and drawn like any other.
  void record_report_month() {
    tell_("24 pictures of 12 megapixels");
    const Month month = month_of(stage_.campaign().starts_on) + std::chrono::months(1);
    town_.report_month = to_string(month);
    std::filesystem::create_directories(options_.data / "bench-pictures");
    for (int i = 0; i < report_activities; ++i) {
      std::vector<files::FileFacts> files;
      for (int k = 0; k < pictures_each; ++k) {
        const int number = i * pictures_each + k;
        files.push_back(stage_.house.vault().store(picture(number)));
      }
      record_one(stage_.quiet, start_of(first_day(month)) + hours(24 * (4 + 2 * i) + 10), files);
    }
    app::draw_waiting_renditions(stage_.house);
  }

  // Drawn once and kept beside the towns; every other town takes it from there.
  std::string picture(int number) {
    const auto name = fmt::format("{:02}.jpg", number);
    town_.pictures.push_back("bench-pictures/" + name);
    std::ifstream known(options_.pictures / name, std::ios::binary);
    std::string jpeg(std::istreambuf_iterator<char>(known), {});
    if (jpeg.empty()) {
      jpeg = make_picture(static_cast<std::uint64_t>(number) * 7919 + 11);
      std::filesystem::create_directories(options_.pictures);
      std::ofstream(options_.pictures / name, std::ios::binary) << jpeg;
    }
    std::ofstream(options_.data / town_.pictures.back(), std::ios::binary) << jpeg;
    return jpeg;
  }

  // One record with pictures whose bytes are kept, or none.
  void record_one(const places::PlaceId& place, Instant at, const std::vector<files::FileFacts>& files) {
    stage_.clock.set(at);
    auto change = diary_.entry(place, at - hours(3), at - minutes(30));
    for (const auto& facts : files) {
      activities::PhotoClaim claim;
      claim.id = Id<photos::Photo>::random(stage_.system_randomness);
      claim.bytes = static_cast<std::int64_t>(facts.size);
      claim.sha256 = to_hex(facts.sha256);
      claim.taken_at = at - hours(2);
      change.photos.push_back(claim);
      town_.drawn.push_back(claim.id.to_string());
    }
    const auto& actor = stage_.people.villages.at(place);
    const auto kept = stage_.house.database().write_now([&](Transaction& transaction) -> Result<> {
      const auto submitted = submit(transaction, actor, change, at);
      if (!submitted) return submitted.error();
      const photos::House house{stage_.house.queue(), stage_.house.vault(), stage_.house.owners()};
      for (std::size_t i = 0; i < files.size(); ++i) {
        const auto received = photos::receive(transaction, house, actor.account.uuid(), change.photos[i].id, files[i], at);
        if (!received) return received.error();
      }
      return {};
    });
    expect(kept, "record an activity");
  }

  Result<Id<Activity>> submit(Transaction& transaction, const people::Actor& actor, const activities::ActivityChange& change,
                              Instant now) {
    const auto id = Id<Activity>::random(stage_.system_randomness);
    const auto submitted = activities::submit_activity(transaction, stage_.house.catalogue(), actor, id, change, {}, now);
    if (!submitted) return submitted.error();
    return id;
  }

  // Records number `first` to `last` of `all`, going round the villages.
  void record(std::int64_t first, std::int64_t last, std::int64_t all) {
    for (std::int64_t begin = first; begin < last; begin += at_once) {
      const auto end = std::min(begin + at_once, last);
      const auto kept = stage_.house.database().write_now([&](Transaction& transaction) -> Result<> {
        const photos::House house{stage_.house.queue(), drawn_.vault(), stage_.house.owners()};
        for (std::int64_t i = begin; i < end; ++i) {
          const Instant at = moment(i, all);
          const auto& place = stage_.villages[static_cast<std::size_t>(i) % stage_.villages.size()];
          const auto& actor = stage_.people.villages.at(place);
          auto change = diary_.entry(place, at - hours(3), at - minutes(30));
          auto pictures = drawn_.next(change, actor);
          const auto submitted = submit(transaction, actor, change, at);
          if (!submitted) return submitted.error();
          for (auto& picture : pictures) drawn_.leave(transaction, house, picture, *submitted, at);
        }
        drop_drawing(transaction);
        return {};
      });
      expect(kept, "record activities");
      if (end / 50'000 != begin / 50'000) tell_(fmt::format("{} activities", end));
    }
  }

  // Where the quiet village's phone stands now.
  std::string cursor_of_quiet() {
    const auto page = stage_.house.database().read_now([&](Snapshot& snapshot) {
      return feed::read_changes(snapshot, stage_.people.villages.at(stage_.quiet), {}, stage_.clock.now());
    });
    expect(page, "read the change feed");
    return page->cursor;
  }

  // What autovacuum would have done by then.
  void gather_statistics() {
    if (!options_.database) return;
    (void)stage_.house.database().write_now([](Transaction& transaction) -> Result<> {
      transaction.run_script("ANALYZE");
      return {};
    });
  }

  void write_town() const {
    std::ofstream out(options_.data / "bench.json", std::ios::binary | std::ios::trunc);
    out << encode_json(town_) << "\n";
    if (!out.flush()) throw std::runtime_error("cannot write bench.json");
  }

  const SeedOptions& options_;
  const std::function<void(std::string_view)>& tell_;
  Stage stage_;
  Diary diary_;
  DrawnPhotos drawn_;
  Instant begins_;
  Town town_;
};

}  // namespace

void seed_town(const SeedOptions& options, const std::function<void(std::string_view)>& tell) {
  spdlog::logger log("bench_seed", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  tell("campaign, places, accounts");
  Seeder(options, tell, log).run();
}

}  // namespace wujin::bench
