#include <iterator>
#include <span>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "base/text.h"
#include "campaigns/due.h"
#include "handins/handins_actions.h"
#include "reports/reports_actions.h"
#include "seed/diary.h"
#include "seed/district_stage.h"
#include "seed/drawn_photos.h"
#include "seed/recorder.h"
#include "seed/stage.h"
#include "seed/town_file.h"

namespace wujin::bench {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr std::string_view nothing_held = "示例：本月因农忙没有开展活动。";

class DistrictSeeder {
 public:
  DistrictSeeder(const SeedOptions& options, const std::function<void(std::string_view)>& tell, spdlog::logger& log)
      : options_(options),
        tell_(tell),
        stage_(options, log),
        drawn_(options.photos),
        recorder_(stage_.house, drawn_),
        begins_(start_of(stage_.towns.front().bundle->campaign.starts_on) + hours(24)) {
    const Date last = china_date(options.ends - hours(24));
    for (std::size_t i = 0; i < stage_.towns.size(); ++i) {
      const auto& campaign = stage_.towns[i].bundle->campaign;
      diaries_.emplace_back(campaign, stage_.material, last, i + 1);
    }
    seat_people();
  }

  void run() {
    record();
    tell_("handing in");
    for (const auto& town : stage_.towns) hand_in(town);
    tell_("sealing the trail");
    stage_.clock.set(options_.ends);
    finish_database(stage_.house, options_);
    write_town_file(options_.data, describe(stage_.house, options_, stage_.towns.front().bundle->campaign));
  }

 private:
  // Whoever records, and where.
  struct Desk {
    std::size_t town = 0;
    places::PlaceId place;
    const people::Actor* actor = nullptr;
  };

  // One place of each town, then the next of each, so that every town has its share of every moment.
  void seat_people() {
    for (int round = 0; round < options_.villages; ++round) {
      for (std::size_t town = 0; town < stage_.towns.size(); ++town) {
        const auto& villages = stage_.towns[town].villages;
        if (round >= static_cast<int>(villages.size())) continue;
        const auto& [place, actor] = *std::next(villages.begin(), round);
        desks_.push_back({town, place, &actor});
      }
    }
  }

  void record() {
    const auto draft = [&](std::int64_t i) {
      const Desk& desk = desks_[static_cast<std::size_t>(i) % desks_.size()];
      const Instant at = begins_ + (options_.ends - begins_) * i / options_.activities;
      return Draft{desk.actor, at, diaries_[desk.town].entry(desk.place, at - hours(3), at - minutes(30)), {}};
    };
    recorder_.record_all(0, options_.activities, draft, [&](std::int64_t end) {
      if (end % (50 * at_once) == 0) tell_(fmt::format("{} activities", end));
    });
  }

  // Whatever fell due by the end is handed in and accepted, but for a few: of sixteen places one is late and one has not.
  void hand_in(const TownStage& town) {
    const auto& campaign = town.bundle->campaign;
    const auto kept = stage_.house.database().write_now([&](Transaction& transaction) -> Result<> {
      for (const auto& deadline : campaign.deadlines) {
        for (const auto& due : campaigns::dues(campaign, deadline)) {
          if (due.due_at > options_.ends - hours(72)) continue;
          if (const auto done = hand_in_due(transaction, town, due); !done) return done;
        }
      }
      return {};
    });
    expect(kept, "hand in");
  }

  Result<> hand_in_due(Transaction& transaction, const TownStage& town, const campaigns::Due& due) {
    const auto& campaign = town.bundle->campaign;
    for (const auto& [place, actor] : town.villages) {
      const auto share = (handed_in_++) % 16;
      if (share == 0) continue;
      const Instant at = due.due_at + (share == 1 ? hours(30) : hours(-10));
      if (due.deliverable == campaigns::Deliverable::report) {
        if (const auto done = hand_in_report(transaction, town, {campaign.id, place, *due.month}, actor, at); !done) return done;
        continue;
      }
      // Plans and summaries have nothing in them: no page that is measured looks.
      const handins::Subject subject{campaign.id, campaign.town, place, due.deliverable, due.period};
      const auto path = stage_.tree.place_and_ancestors(place);
      const auto version = handins::hand_in(transaction, actor, path, subject, frozen(campaign), &due, at);
      if (!version) return version.error();
      const auto accepted = handins::accept(transaction, town.station, path, subject, {}, at + hours(24));
      if (!accepted) return accepted.error();
    }
    return {};
  }

  Result<> hand_in_report(Transaction& transaction, const TownStage& town, const reports::ReportKey& key,
                          const people::Actor& actor, Instant at) {
    auto& catalogue = stage_.house.catalogue();
    const auto report = reports::open_report(transaction, catalogue, actor, key, at);
    if (!report) return report.error();
    std::string digest = report->digest;
    if (report->layout.activities == 0) {
      const auto explained = reports::take_no_activity_reason(transaction, catalogue, actor, key, std::string(nothing_held), at);
      if (!explained) return explained.error();
      digest = explained->digest;
    }
    const reports::MadeDocument document{any_hash(), std::move(digest)};
    const auto handed_in = reports::hand_in_report(transaction, catalogue, actor, key, {}, {}, document, at);
    if (!handed_in) return handed_in.error();
    const auto accepted = reports::accept_report(transaction, catalogue, town.station, key, {}, at + hours(24));
    if (!accepted) return accepted.error();
    return {};
  }

  // The file of a hand-in: no page that is measured opens it.
  std::string any_hash() {
    std::string bytes(32, '\0');
    stage_.randomness.fill(std::as_writable_bytes(std::span(bytes)));
    return to_hex(bytes);
  }

  handins::Frozen frozen(const campaigns::Campaign& campaign) {
    handins::Frozen frozen;
    frozen.sha256 = frozen.content_digest = any_hash();
    frozen.campaign_version = campaign.version;
    return frozen;
  }

  const SeedOptions& options_;
  const std::function<void(std::string_view)>& tell_;
  DistrictStage stage_;
  DrawnPhotos drawn_;
  Recorder recorder_;
  Instant begins_;
  std::vector<Diary> diaries_;  // one a town
  std::vector<Desk> desks_;
  int handed_in_ = 0;
};

}  // namespace

void seed_district(const SeedOptions& options, const std::function<void(std::string_view)>& tell) {
  spdlog::logger log("bench_seed", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  tell("a model, its towns, accounts");
  DistrictSeeder(options, tell, log).run();
}

}  // namespace wujin::bench
