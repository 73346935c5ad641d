#include "mailbox/understanding.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/described_enum.h"
#include "mailbox/incoming_cases.h"
#include "mailbox/month_variants.h"
#include "mailbox/outcome_counts.h"
#include "mailbox/rough_writing.h"

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

struct VariantCounts {
  fixture::OutcomeCounts plain;
  fixture::OutcomeCounts disturbed;
};

// A thousand months' reports; `change` writes each of them anew.
VariantCounts read_variants(const std::function<void(Incoming&, std::uint32_t)>& change) {
  constexpr std::uint32_t variants = 1000;
  VariantCounts all;
  for (std::uint32_t seed = 1; seed <= variants; ++seed) {
    auto variant = fixture::variant(seed);
    change(variant.one.incoming, seed);
    const auto found = fixture::understood(variant.one);
    const auto wrong = fixture::wrong_in(found, variant.one.truth);
    auto& counts = variant.is_disturbed ? all.disturbed : all.plain;
    counts.add(fixture::outcome_of(found), !wrong.empty());
    EXPECT_EQ(wrong, "") << variant.one.name << " (" << variant.changes << "): " << fixture::in_words(found);
    EXPECT_TRUE(!variant.is_disturbed || !found.doubts.empty()) << variant.one.name << ": " << variant.changes;
  }
  return all;
}

TEST(Understanding, files_none_of_a_thousand_variants_wrongly) {
  const auto all = read_variants([](Incoming&, std::uint32_t) {});
  print("variants", all.plain);
  print("variants with a changed fact", all.disturbed);
  EXPECT_GE(all.plain.outcomes.at(Outcome::fully) * 10, all.plain.all * 9);
}

TEST(Understanding, files_none_of_a_thousand_written_roughly_wrongly) {
  int others = 0;
  const auto all = read_variants([&](Incoming& incoming, std::uint32_t seed) {
    const auto words = [&] { return documents::text_of(incoming.sources.back().reading.blocks); };
    const auto before = words();
    fixture::write_roughly(incoming, seed);
    if (words() != before) ++others;
  });
  EXPECT_GE(others, 950);
  print("variants written roughly", all.plain);
  print("variants written roughly with a changed fact", all.disturbed);
  EXPECT_GE(all.plain.outcomes.at(Outcome::fully) * 10, all.plain.all * 8);
}

}  // namespace
}  // namespace wujin::mailbox
