#include <algorithm>
#include <filesystem>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/sinks/null_sink.h>

#include "activities/activities_actions.h"
#include "base/text.h"
#include "campaigns/form_templates.h"
#include "database/engines.h"
#include "reports/report_making.h"
#include "reports/reports_actions.h"
#include "seed/district_stage.h"
#include "seed/seeder.h"

namespace wujin::bench {
namespace {

SeedOptions options_in(const std::filesystem::path& folder) {
  SeedOptions options;
  options.data = folder;
  options.campaign = WUJIN_SOURCE_DIR "/campaigns/baofeng-2023";
  options.ends = parse_instant("2023-10-26T09:00:00+08:00").value();
  options.activities = 120;
  options.towns = 2;
  options.villages = 6;
  return options;
}

// Every row of a table as text, some of its columns left out, in a stable order.
std::vector<std::string> rows(app::House& house, const std::string& columns, const std::string& table) {
  return house.database().read_now([&](Snapshot& snapshot) {
    std::string quoted;
    std::string_view rest = columns;
    while (!rest.empty()) {
      const auto column = take_until(rest, ' ');
      quoted += (quoted.empty() ? "quote(" : " || ', ' || quote(") + std::string(column) + ")";
    }
    std::vector<std::string> lines;
    snapshot.each("SELECT " + quoted + " AS line FROM " + table + " ORDER BY line", {},
                  [&](const Row& row) { lines.push_back(row.string(0)); });
    return lines;
  });
}

// What happened in a seeded district, to be done once more.
struct Report {
  reports::ReportKey key;
  Instant at;
  Instant accepted_at;
  std::string reason;  // why nothing was held
};
std::vector<Report> reports_in(app::House& house) {
  constexpr auto sql =
      "SELECT h.campaign, h.place, h.period, h.submitted_at, h.decided_at, COALESCE(d.no_activity_reason, '') FROM handins h "
      "LEFT JOIN report_drafts d ON d.campaign = h.campaign AND d.place = h.place AND d.month = h.period "
      "WHERE h.deliverable = 'report' ORDER BY h.campaign, h.period, h.place";
  return house.database().read_now([&](Snapshot& snapshot) {
    std::vector<Report> found;
    snapshot.each(sql, {}, [&](const Row& row) {
      found.push_back({{row.key<campaigns::Campaign>(0), row.key<places::Place>(1), row.month(2)},
                       row.instant(3),
                       row.instant(4),
                       row.string(5)});
    });
    return found;
  });
}
std::vector<activities::Activity> activities_in(app::House& house) {
  return house.database().read_now([](Snapshot& snapshot) {
    std::vector<activities::Activity> found;
    activities::each(snapshot, [&](const activities::Activity& activity) { found.push_back(activity); });
    std::ranges::sort(found, {}, [](const activities::Activity& one) { return std::pair(one.received_at, one.id); });
    return found;
  });
}

// The same district in which people do all of it one thing after another, each in a write of its own, with real documents.
class RealDistrict {
 public:
  explicit RealDistrict(const SeedOptions& options, spdlog::logger& log) : stage_(options, log) {
    for (const TownStage& town : stage_.towns) {
      for (const auto& [place, actor] : town.villages) people_.emplace(place, &actor);
      stations_.emplace(town.bundle->campaign.id, &town.station);
    }
  }
  app::House& house() { return stage_.house; }

  void record(const activities::Activity& activity) {
    activities::ActivityChange change;
    static_cast<activities::ActivityContent&>(change) = activity;
    const auto done = house().database().write_now([&](Transaction& transaction) {
      return activities::submit_activity(transaction, house().catalogue(), *people_.at(activity.place), activity.id, change, {},
                                         activity.received_at);
    });
    ASSERT_TRUE(done);
  }

  void hand_in(const Report& report) {
    const people::Actor& actor = *people_.at(report.key.place);
    auto& catalogue = house().catalogue();
    if (!report.reason.empty()) {
      ASSERT_TRUE(house().database().write_now([&](Transaction& transaction) {
        return reports::take_no_activity_reason(transaction, catalogue, actor, report.key, report.reason, report.at);
      }));
    }
    const auto making = house().database().read_now([&](Snapshot& snapshot) {
      return reports::prepare(snapshot, forms_, house().vault(),
                              reports::open_report(snapshot, catalogue, actor, report.key, report.at).value());
    });
    const auto document = reports::make_and_keep(making, house().vault()).value();
    ASSERT_TRUE(house().database().write_now([&](Transaction& transaction) {
      return reports::hand_in_report(transaction, catalogue, actor, report.key, {}, {}, document, report.at);
    }));
    ASSERT_TRUE(house().database().write_now([&](Transaction& transaction) {
      return reports::accept_report(transaction, catalogue, *stations_.at(report.key.campaign), report.key, {},
                                    report.accepted_at);
    }));
  }

 private:
  DistrictStage stage_;
  campaigns::FormTemplates forms_;
  std::map<places::PlaceId, const people::Actor*> people_;
  std::map<campaigns::CampaignId, const people::Actor*> stations_;
};

// Pictures are held to the real ones by their own test (drawn_photo_test), so there are none here.
TEST(District, is_what_people_leave_who_do_one_thing_after_another) {
  spdlog::logger log("test", std::make_shared<spdlog::sinks::null_sink_mt>());
  const test::TemporaryDirectory seeded_folder, real_folder;
  const SeedOptions options = options_in(seeded_folder.path());
  seed_district(options, [](std::string_view) {});
  ManualClock clock(options.ends);
  SystemRandomness randomness;
  app::Config config;
  config.data = seeded_folder.path();
  app::House seeded(config, {clock, randomness, log});

  const SeedOptions real_options = options_in(real_folder.path());
  RealDistrict real(real_options, log);
  const auto recorded = activities_in(seeded);
  ASSERT_EQ(recorded.size(), 120U);
  for (const auto& activity : recorded) real.record(activity);
  const auto handed_in = reports_in(seeded);
  ASSERT_GT(handed_in.size(), 20U);
  for (const auto& report : handed_in) real.hand_in(report);

  const struct {
    const char* table;
    const char* columns;  // without accounts, whose ids are thrown, and without hashes of files
  } kept[] = {
      {"activities",
       "id town campaign place entry started_at title text date_only kind form audiences topics settings sector work_item "
       "organizer point ended_at people_about leaflets partners plan_row recorded_at clock_offset_ms side month supplement "
       "received_at updated_at version deleted_at photos"},
      {"week_tallies", "campaign place first_day cells"},
      {"town_tallies", "campaign town week activities places"},
      {"points", "place name uses last_used"},
      {"places", "id kind"},
      {"place_attributes", "place from_day code name short_name parent position"},
      {"campaign_versions", "campaign version digest town year"},
      {"handins WHERE deliverable = 'report'",
       "town campaign place period number submitted_at on_time late_days content_digest campaign_version activities photos "
       "no_activity explanation state decided_at"},
      {"handin_marks WHERE deliverable = 'report'", "campaign period marks"},
      {"report_drafts", "town campaign place month version edits no_activity_reason explanation updated_at"},
      {"report_contents", "town campaign place month number content"},
      {"change_entries WHERE kind = 'activity'", "id town campaign place deleted at"},
      {"audit_entries WHERE kind = 'activity'", "at town verb record place"},
  };
  for (const auto& [table, columns] : kept) EXPECT_EQ(rows(seeded, columns, table), rows(real.house(), columns, table)) << table;
}

}  // namespace
}  // namespace wujin::bench
