#include "suggestions/suggestion.h"

#include <gtest/gtest.h>

#include "suggestions/pace.h"

namespace wujin::suggestions {
namespace {

const std::string token(43, 'A');

std::string repeated(const char* text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

// The field and the code of the first fault; empty when there is none.
std::string fault_of(const Result<>& checked) {
  if (checked) return "";
  const Problem problem = checked.error();
  return problem.faults().front().field + " " + std::string(slug(problem.faults().front().code));
}

std::string fault_of_text(const std::string& text) { return fault_of(check(tidied({text, token}))); }

TEST(Suggestion, is_refused_with_the_field_that_is_wrong) {
  struct Case {
    const char* what;
    std::string text;
    const char* fault;
  };
  const Case cases[] = {
      {"nothing", "", "text required"},
      {"blanks", " \t\r\n　", "text required"},
      {"one character", "好", ""},
      {"as long as may be", repeated("火", 2000), ""},
      {"one more", repeated("火", 2001), "text too_long"},
      {"as long as may be between blanks", "  " + repeated("火", 2000) + "\n", ""},
      {"characters outside the basic plane, each counted once", repeated("𠮷", 2000), ""},
      {"lines and tabs", "一\n二\t三", ""},
      {"lines as Windows ends them", "一\r\n二\r三", ""},
      {"a bell", "一\a二", "text not_text"},
      {"an escape", "\x1b[31m红", "text not_text"},
      {"DEL", "一\x7f", "text not_text"},
      {"a C1 control", "一\xc2\x85二", "text not_text"},
      {"the first character past C1", "一\xc2\xa0二", ""},
      {"markup, which is text like any other", "<img src=x onerror=alert(1)>", ""},
  };
  for (const Case& one : cases) EXPECT_EQ(fault_of_text(one.text), one.fault) << one.what;
}

TEST(Suggestion, needs_a_token_of_256_bits) {
  for (const char* wrong :
       {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    EXPECT_EQ(fault_of(check(NewSuggestion{"好", wrong})), "token invalid") << wrong;
}

TEST(Suggestion, is_kept_with_lines_that_end_alike) { EXPECT_EQ(tidied({"  一\r\n二\r三　\n", token}).text, "一\n二\n三"); }

TEST(Settlement, has_an_answer_or_a_reason_and_never_both) {
  const std::optional<std::string> none;
  const auto spam = SetAsideReason::advertising;
  struct Case {
    Settlement settlement;
    const char* fault;
  };
  const Case cases[] = {
      {{State::answered, "已经报给供电所。", {}}, ""},
      {{State::answered, none, {}}, "answer required"},
      {{State::answered, " 　", {}}, "answer required"},
      {{State::answered, repeated("好", 1000), {}}, ""},
      {{State::answered, repeated("好", 1001), {}}, "answer too_long"},
      {{State::answered, "一\b二", {}}, "answer not_text"},
      {{State::answered, "好", spam}, "reason unknown_field"},
      {{State::set_aside, none, spam}, ""},
      {{State::set_aside, none, {}}, "reason required"},
      {{State::set_aside, "好", spam}, "answer unknown_field"},
      {{State::open, none, {}}, "state unknown_choice"},
  };
  for (const Case& one : cases)
    EXPECT_EQ(fault_of(check(tidied(one.settlement))), one.fault) << one.settlement.answer.value_or("-");
}

TEST(Settlement, of_one_that_tells_of_a_person_erases_its_text) {
  Suggestion suggestion;
  suggestion.text = "某人的电话";
  const Instant now = from_milliseconds(1000);
  EXPECT_EQ(settled(suggestion, {State::set_aside, {}, SetAsideReason::unrelated}, "甲", now).text, suggestion.text);
  const Suggestion after = settled(suggestion, {State::set_aside, {}, SetAsideReason::personal}, "甲", now);
  EXPECT_EQ(after.text, std::nullopt);
  EXPECT_EQ(after.version, 2);
  EXPECT_EQ(after.settled_at, now);
}

TEST(Pace, ends_for_one_address_and_for_one_box_and_goes_on_after_the_window) {
  Pace pace;
  const Instant start = from_milliseconds(1'698'282'000'000);
  const PlaceId box("a"), other("b");
  for (int n = 0; n < 20; ++n) ASSERT_TRUE(pace.take("192.0.2.1", box, start)) << n;
  EXPECT_FALSE(pace.take("192.0.2.1", other, start)) << "whichever box the address writes to";
  for (int n = 0; n < 40; ++n) ASSERT_TRUE(pace.take("192.0.3." + std::to_string(n), box, start)) << n;
  EXPECT_FALSE(pace.take("192.0.2.2", box, start)) << "whoever writes to the box";
  EXPECT_TRUE(pace.take("192.0.2.2", other, start));
  EXPECT_TRUE(pace.take("192.0.2.1", box, start + std::chrono::minutes(10)));
}

}  // namespace
}  // namespace wujin::suggestions
