#include "mailbox/understanding.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/described_enum.h"
#include "mailbox/incoming_cases.h"
#include "mailbox/month_variants.h"
#include "mailbox/outcome_counts.h"

namespace wujin::mailbox {
namespace {

using fixture::Outcome;

const std::filesystem::path cases_folder = std::filesystem::path(WUJIN_SOURCE_DIR) / "server/tests/mailbox/cases";

TEST(Understanding, understands_every_case_as_its_author_says) {
  fixture::OutcomeCounts counts;
  for (const auto& one : fixture::read_cases(cases_folder)) {
    const auto found = fixture::understood(one);
    const auto wrong = fixture::wrong_in(found, one.truth);
    counts.add(fixture::outcome_of(found), !wrong.empty());
    EXPECT_EQ(wrong, "") << one.name << ": " << fixture::in_words(found);
    EXPECT_EQ(std::string(name_of(fixture::outcome_of(found))), name_of(one.truth.outcome))
        << one.name << ": " << fixture::in_words(found);
    for (const auto doubt : one.truth.doubts) {
      EXPECT_NE(std::find(found.doubts.begin(), found.doubts.end(), doubt), found.doubts.end())
          << one.name << " lacks " << name_of(doubt) << ": " << fixture::in_words(found);
    }
  }
  print("cases", counts);
}

// These were written before the reader and are never looked at while it is changed: only counted.
TEST(Understanding, files_none_of_the_cases_set_apart_wrongly) {
  fixture::OutcomeCounts counts;
  int expected = 0;
  for (const auto& one : fixture::read_cases(cases_folder / "apart")) {
    const auto found = fixture::understood(one);
    counts.add(fixture::outcome_of(found), !fixture::wrong_in(found, one.truth).empty());
    if (fixture::outcome_of(found) == one.truth.outcome) ++expected;
  }
  print("set apart", counts);
  std::cout << fmt::format("set apart: as its author hoped {}\n", expected);
  EXPECT_EQ(counts.wrong, 0);
}

TEST(Understanding, files_none_of_a_thousand_variants_wrongly) {
  constexpr std::uint32_t variants = 1000;
  fixture::OutcomeCounts plain;
  fixture::OutcomeCounts disturbed;
  for (std::uint32_t seed = 1; seed <= variants; ++seed) {
    const auto variant = fixture::variant(seed);
    const auto found = fixture::understood(variant.one);
    const auto wrong = fixture::wrong_in(found, variant.one.truth);
    auto& counts = variant.is_disturbed ? disturbed : plain;
    counts.add(fixture::outcome_of(found), !wrong.empty());
    EXPECT_EQ(wrong, "") << variant.one.name << " (" << variant.changes << "): " << fixture::in_words(found);
    EXPECT_TRUE(!variant.is_disturbed || !found.doubts.empty()) << variant.one.name << ": " << variant.changes;
  }
  print("variants", plain);
  print("variants with a changed fact", disturbed);
  EXPECT_GE(plain.outcomes.at(Outcome::fully) * 10, plain.all * 9);
}

}  // namespace
}  // namespace wujin::mailbox
