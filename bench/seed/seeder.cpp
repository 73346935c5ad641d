#include "seed/seeder.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "activities/activities_actions.h"
#include "app/sample_months.h"
#include "base/json.h"
#include "base/text.h"
#include "feed/changes_page.h"
#include "seed/diary.h"
#include "seed/drawn_photos.h"
#include "seed/pictures.h"
#include "seed/recorder.h"
#include "seed/stage.h"
#include "seed/town_file.h"
#include "town.h"

namespace wujin::bench {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

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
        drawn_(options.photos),
        recorder_(stage_.house, drawn_),
        begins_(start_of(stage_.campaign().starts_on) + hours(24)) {}

  void run() {
    describe_town();
    record_report_month();
    record_pictured_month();
    const auto elsewhere = std::min(changed_elsewhere, options_.activities / 2);
    const auto others = std::max<std::int64_t>(options_.activities - report_activities - changed_here, 0);
    record(0, others - elsewhere, others);
    town_.changes_since = cursor_of_quiet();
    for (int i = 0; i < changed_here; ++i) (void)record_one(stage_.quiet, moment(others - elsewhere + i, others), {});
    record(others - elsewhere, others, others);
    town_.changed_elsewhere = elsewhere;
    town_.changed_here = changed_here;
    tell_("sealing the trail");
    stage_.clock.set(options_.ends);
    finish_database(stage_.house, options_);
    town_.alike = drawn_.alike();
    write_town_file(options_.data, town_);
  }

 private:
  Instant moment(std::int64_t index, std::int64_t of) const {
    return begins_ + (options_.ends - begins_) * index / std::max<std::int64_t>(of, 1);
  }

  // A body of a PUT from every village, and what else bench_load needs to know.
  void describe_town() {
    const auto& campaign = stage_.campaign();
    town_ = describe(stage_.house, options_, campaign);
    town_.changes_place = town_.report_place = stage_.quiet.text();
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
      stored_.insert(stored_.end(), files.begin(), files.end());
      const auto ids = record_one(stage_.quiet, start_of(first_day(month)) + hours(24 * (4 + 2 * i) + 10), files);
      town_.drawn.insert(town_.drawn.end(), ids.begin(), ids.end());
    }
    app::draw_waiting_renditions(stage_.house);
  }

  // The same month all over the town, until it has as many pictures as asked, and handed in before anything else is recorded in
  // it: what its merged report and its archive are made of. The pictures are those 24, each of them many times.
  void record_pictured_month() {
    if (options_.month_pictures == 0) return;
    tell_("a month of pictures");
    const Month month = *parse_month(town_.report_month);
    for (int i = report_activities; i * pictures_each < options_.month_pictures; ++i) {
      std::vector<files::FileFacts> files;
      for (int k = 0; k < std::min(pictures_each, options_.month_pictures - i * pictures_each); ++k) {
        files.push_back(stored_[static_cast<std::size_t>(i * pictures_each + k) % stored_.size()]);
      }
      const auto at = start_of(first_day(month)) + hours(24 * (4 + i % 20) + 10);
      (void)record_one(stage_.villages[static_cast<std::size_t>(i) % stage_.villages.size()], at, files);
    }
    app::draw_waiting_renditions(stage_.house);
    hand_in_month(month);
  }

  // By every place that has recorded something in it.
  void hand_in_month(Month month) {
    const Instant at = start_of(first_day(month)) + hours(24 * 26);
    stage_.clock.set(at);
    campaigns::FormTemplates forms;
    for (const auto& place : recorded_) {
      const reports::ReportKey key{stage_.campaign().id, place, month};
      app::hand_in_month(stage_.house, forms, stage_.people.villages.at(place), key, at);
    }
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

  // One record with pictures whose bytes are kept, or none; answers the pictures' ids.
  std::vector<std::string> record_one(const places::PlaceId& place, Instant at, const std::vector<files::FileFacts>& files) {
    stage_.clock.set(at);
    std::vector<std::string> ids;
    auto change = diary_.entry(place, at - hours(3), at - minutes(30));
    for (const auto& facts : files) {
      activities::PhotoClaim claim;
      claim.id = Id<photos::Photo>::born(at, stage_.system_randomness);
      claim.bytes = static_cast<std::int64_t>(facts.size);
      claim.sha256 = to_hex(facts.sha256);
      claim.taken_at = at - hours(2);
      change.photos.push_back(claim);
      ids.push_back(claim.id.to_string());
    }
    const auto& actor = stage_.people.villages.at(place);
    const auto kept = stage_.house.database().write_now([&](Transaction& transaction) -> Result<> {
      const auto submitted = recorder_.submit(transaction, actor, change, at);
      if (!submitted) return submitted.error();
      const photos::House house{stage_.house.queue(), stage_.house.vault(), stage_.house.owners()};
      for (std::size_t i = 0; i < files.size(); ++i) {
        const auto received = photos::receive(transaction, house, actor.account.uuid(), change.photos[i].id, files[i], at);
        if (!received) return received.error();
      }
      return {};
    });
    expect(kept, "record an activity");
    recorded_.insert(place);
    return ids;
  }

  // Records number `first` to `last` of `all`, going round the villages.
  void record(std::int64_t first, std::int64_t last, std::int64_t all) {
    const auto draft = [&](std::int64_t i) {
      const Instant at = moment(i, all);
      const auto& place = stage_.villages[static_cast<std::size_t>(i) % stage_.villages.size()];
      return Draft{&stage_.people.villages.at(place), at, diary_.entry(place, at - hours(3), at - minutes(30)), {}};
    };
    recorder_.record_all(first, last, draft, [&](std::int64_t end) {
      if (end / 50'000 != (end - at_once) / 50'000) tell_(fmt::format("{} activities", end));
    });
  }

  // Where the quiet village's phone stands now.
  std::string cursor_of_quiet() {
    const auto page = stage_.house.database().read_now([&](Snapshot& snapshot) {
      return feed::read_changes(snapshot, stage_.people.villages.at(stage_.quiet), {}, stage_.clock.now());
    });
    expect(page, "read the change feed");
    return page->cursor;
  }

  const SeedOptions& options_;
  const std::function<void(std::string_view)>& tell_;
  Stage stage_;
  Diary diary_;
  DrawnPhotos drawn_;
  Recorder recorder_;
  std::vector<files::FileFacts> stored_;  // the 24 pictures
  std::set<places::PlaceId> recorded_;    // where record_one was
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
