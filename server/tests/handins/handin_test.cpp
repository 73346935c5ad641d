#include "handins/handin.h"

#include <gtest/gtest.h>

namespace wujin::handins {
namespace {

using campaigns::Due;

Instant at(const char* text) { return *parse_instant(text); }

// Due by 28 October 2023, 24:00.
Due october() {
  Due due;
  due.deadline = "monthly";
  due.period = "2023-10";
  due.due_on = *parse_date("2023-10-28");
  due.due_at = due.on_time_until = end_of(due.due_on);
  return due;
}

Version version(int number, VersionState state, const char* submitted_at = "2023-10-26T09:00:00+08:00",
                std::string digest = "a") {
  Version made;
  made.number = number;
  made.state = state;
  made.submitted_at = at(submitted_at);
  made.timeliness = campaigns::judge(october(), made.submitted_at);
  made.content_digest = std::move(digest);
  if (state == VersionState::returned) made.returned = ReturnNote{"缺照片", {}, {}, made.submitted_at, {}, number};
  return made;
}

using Versions = std::vector<Version>;
constexpr auto submitted = VersionState::submitted;
constexpr auto withdrawn = VersionState::withdrawn;
constexpr auto returned = VersionState::returned;
constexpr auto accepted = VersionState::accepted;

TEST(HandIn, stands_by_its_due_date_until_it_is_handed_in) {
  const Due due = october();
  const std::pair<const char*, Standing> table[] = {
      {"2023-10-24T23:59:59+08:00", Standing::not_due},
      {"2023-10-25T00:00:00+08:00", Standing::due},
      {"2023-10-28T23:59:59+08:00", Standing::due},
      {"2023-10-29T00:00:00+08:00", Standing::overdue},
  };
  for (const auto& [now, standing] : table) EXPECT_EQ(standing_of({}, &due, nullptr, at(now), 3), standing) << now;
  EXPECT_EQ(standing_of({}, nullptr, nullptr, at("2030-01-01T00:00:00Z"), 3), Standing::not_due);
}

TEST(HandIn, stands_by_its_newest_version_afterwards) {
  const std::pair<Versions, Standing> table[] = {
      {{version(1, submitted)}, Standing::submitted},
      {{version(1, withdrawn)}, Standing::withdrawn},
      {{version(1, withdrawn), version(2, submitted)}, Standing::submitted},
      {{version(1, returned)}, Standing::returned},
      {{version(1, returned), version(2, submitted)}, Standing::resubmitted},
      {{version(1, returned), version(2, withdrawn)}, Standing::withdrawn},
      {{version(1, returned), version(2, submitted), version(3, accepted)}, Standing::accepted},
  };
  const Due due = october();
  for (const auto& [versions, standing] : table) {
    EXPECT_EQ(standing_of(versions, &due, nullptr, at("2023-11-05T00:00:00+08:00"), 3), standing);
  }
}

TEST(HandIn, is_exempt_unless_something_stands) {
  const Exemption exemption{"遭遇洪水", at("2023-10-20T08:00:00+08:00"), "沈知禾"};
  const Due due = october();
  const std::pair<Versions, Standing> table[] = {
      {{}, Standing::exempt},
      {{version(1, withdrawn)}, Standing::exempt},
      {{version(1, returned)}, Standing::exempt},
      {{version(1, submitted)}, Standing::submitted},
      {{version(1, accepted)}, Standing::accepted},
  };
  for (const auto& [versions, standing] : table) {
    EXPECT_EQ(standing_of(versions, &due, &exemption, at("2023-11-05T00:00:00+08:00"), 3), standing);
  }
}

TEST(HandIn, is_judged_anew_when_its_deadline_moved) {
  const Versions late{version(1, submitted, "2023-10-30T08:00:00+08:00")};
  Due due = october();
  EXPECT_EQ(timeliness_of(late, &due)->late_days, 2);
  due.due_on = *parse_date("2023-10-31");
  due.due_at = due.on_time_until = end_of(due.due_on);
  EXPECT_TRUE(timeliness_of(late, &due)->on_time);
  EXPECT_EQ(answer_of(due, late, at("2023-11-05T00:00:00+08:00")).on_time, true);
}

TEST(HandIn, keeps_the_time_of_the_first_valid_version) {
  const auto on_time = "2023-10-28T23:59:59.999+08:00", late = "2023-10-30T08:00:00+08:00";
  // A return does not change it.
  EXPECT_TRUE(timeliness_of(Versions{version(1, returned, on_time), version(2, submitted, late)}, nullptr)->on_time);
  // One that was withdrawn does not count.
  const auto after_withdrawal = timeliness_of(Versions{version(1, withdrawn, on_time), version(2, submitted, late)}, nullptr);
  EXPECT_FALSE(after_withdrawal->on_time);
  EXPECT_EQ(after_withdrawal->late_days, 2);
  EXPECT_FALSE(timeliness_of(Versions{version(1, withdrawn, on_time)}, nullptr));
}

TEST(HandIn, lets_only_the_sensible_next_step_happen) {
  struct Row {
    Versions versions;
    bool hand_in_same, hand_in_changed, withdraw, return_, accept;
  };
  const Row table[] = {
      {{}, true, true, false, false, false},
      {{version(1, submitted)}, false, true, true, true, true},
      {{version(1, withdrawn)}, true, true, false, false, false},
      {{version(1, returned)}, true, true, false, false, false},
      {{version(1, accepted)}, false, true, false, true, false},
  };
  for (const Row& row : table) {
    EXPECT_EQ(may_hand_in(row.versions, "a"), row.hand_in_same);
    EXPECT_EQ(may_hand_in(row.versions, "b"), row.hand_in_changed);
    EXPECT_EQ(may_withdraw(row.versions), row.withdraw);
    EXPECT_EQ(may_return(row.versions), row.return_);
    EXPECT_EQ(may_accept(row.versions), row.accept);
  }
}

TEST(HandIn, keeps_a_return_open_until_a_correction_stands) {
  EXPECT_NE(open_return(Versions{version(1, returned)}), nullptr);
  EXPECT_EQ(open_return(Versions{version(1, returned), version(2, submitted)}), nullptr);
  EXPECT_NE(open_return(Versions{version(1, returned), version(2, withdrawn)}), nullptr);
  EXPECT_EQ(open_return(Versions{version(1, submitted)}), nullptr);
}

TEST(HandIn, tells_what_changed_since) {
  EXPECT_FALSE(is_changed(Versions{}, "b"));
  EXPECT_FALSE(is_changed(Versions{version(1, submitted)}, "a"));
  EXPECT_TRUE(is_changed(Versions{version(1, accepted)}, "b"));
  EXPECT_FALSE(is_changed(Versions{version(1, withdrawn)}, "b"));
}

}  // namespace
}  // namespace wujin::handins
