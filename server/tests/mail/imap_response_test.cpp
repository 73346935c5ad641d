#include "mail/imap_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace wujin::mail {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = Value::Kind;

std::optional<Response> parse(std::string text, std::vector<Literal> literals = {}) {
  return parse_response(RawResponse{std::move(text), std::move(literals)});
}

TEST(ImapResponse, tells_its_kinds_apart) {
  EXPECT_EQ(parse("+ idling")->kind, Response::Kind::go_on);
  EXPECT_EQ(parse("+")->kind, Response::Kind::go_on);
  const auto tagged = parse("W12 ok [READ-ONLY] Examine completed");
  EXPECT_EQ(tagged->kind, Response::Kind::tagged);
  EXPECT_EQ(tagged->tag, "W12");
  EXPECT_EQ(tagged->name, "OK");
  EXPECT_EQ(tagged->code, "READ-ONLY");
  const auto untagged = parse("* OK [UIDVALIDITY 3857529045] UIDs valid");
  EXPECT_EQ(untagged->code, "UIDVALIDITY");
  EXPECT_EQ(untagged->argument, "3857529045");
  const auto counted = parse("* 4294967295 EXISTS");
  EXPECT_EQ(counted->number, 4294967295u);
  EXPECT_EQ(counted->name, "EXISTS");
}

TEST(ImapResponse, drops_the_words_for_people) {
  for (const auto* text : {"* OK )(\"{ [not a code", "* BYE", "* NO [ALERT", "* bad \"open"}) {
    const auto response = parse(text);
    ASSERT_TRUE(response) << text;
    EXPECT_THAT(response->code, IsEmpty());
    EXPECT_THAT(response->values, IsEmpty());
  }
}

TEST(ImapResponse, reads_values_of_every_kind) {
  const auto response = parse("* LIST (\\HasNoChildren \\Drafts) \"/\" [Gmail]/a[b");
  ASSERT_TRUE(response);
  ASSERT_EQ(response->values.size(), 3u);
  EXPECT_EQ(response->values[0].list.size(), 2u);
  EXPECT_EQ(response->values[1].text, "/");
  EXPECT_EQ(response->values[2].text, "[Gmail]/a[b");
  const auto nil = parse("* LIST () nil \"a \\\"b\\\\\"");
  EXPECT_EQ(nil->values[1].kind, Kind::nil);
  EXPECT_EQ(nil->values[2].text, "a \"b\\");
}

TEST(ImapResponse, finds_the_items_of_a_fetch) {
  const std::string start = "* 12 FETCH (uid 7 FLAGS (\\Seen) BODY[HEADER.FIELDS (MESSAGE-ID)] ";
  const auto response = parse(start + " RFC822.SIZE 5)", {{start.size(), 5, "hello"}});
  ASSERT_TRUE(response);
  EXPECT_EQ(item_of(*response, "UID")->text, "7");
  EXPECT_EQ(item_of(*response, "RFC822.SIZE")->text, "5");
  EXPECT_EQ(header_fields_of(*response)->text, "hello");
  EXPECT_EQ(item_of(*response, "BODY[]"), nullptr);
  EXPECT_EQ(item_of(*parse("* 12 FETCH (UID)"), "UID"), nullptr);
  EXPECT_EQ(item_of(*parse("* 12 FETCH UID 7"), "UID"), nullptr);
  EXPECT_EQ(item_of(*parse("* FLAGS (UID 7)"), "UID"), nullptr);
}

TEST(ImapResponse, keeps_apart_what_a_literal_says) {
  const std::string start = "* LIST () \"/\" ";
  const auto response = parse(start, {{start.size(), 9, ") \"OK\" {5"}});
  ASSERT_TRUE(response);
  EXPECT_EQ(response->values[2].text, ") \"OK\" {5");
  EXPECT_TRUE(response->values[2].is_kept);
  EXPECT_FALSE(parse(start, {{start.size(), 9, ""}})->values[2].is_kept);
}

TEST(ImapResponse, refuses_what_breaks_the_grammar) {
  for (const auto* text : {"", " ", "*", "* ", "W1", "W1 ", "W1 FETCH (UID 7)", "* LIST (", "* LIST )", "* LIST (()",
                           "* LIST \"open", "* LIST \"a\\", "* FETCH BODY[HEADER", "* 12", "* 12 "}) {
    EXPECT_FALSE(parse(text)) << text;
  }
  EXPECT_FALSE(parse("* LIST \"ab\"", {{9, 1, "x"}})) << "within a quoted string";
  EXPECT_FALSE(parse("* LIST a", {{3, 1, "x"}})) << "within the name";
  EXPECT_TRUE(parse("* X " + std::string(20, '(') + std::string(20, ')')));
  EXPECT_FALSE(parse("* X " + std::string(21, '(') + std::string(21, ')')));
}

TEST(ImapResponse, survives_whatever_comes) {
  std::mt19937 random(5);
  const std::string letters = "*+ W1()[]{}\"\\\r\nOKNILFETCHBODY7\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random() % 2 ? "* 1 FETCH " : "* ";
    for (std::size_t length = random() % 40; length > 0; --length) text += letters[random() % letters.size()];
    const Literal literal{random() % (text.size() + 1), 3, "abc"};
    const auto response = random() % 2 ? parse(text) : parse(text, {literal});
    if (response) item_of(*response, "UID");
  }
}

TEST(AnnouncedLiteral, is_taken_off_the_line) {
  struct Case {
    const char* line;
    std::optional<std::uint64_t> size;
    const char* rest;
  };
  const Case cases[] = {
      {"* 1 FETCH (BODY[] {1234}", 1234, "* 1 FETCH (BODY[] "},
      {"{0}", 0, ""},
      {"a {12+}", 12, "a "},
      {"a {18446744073709551616}", too_many, "a "},
      {"a {}", {}, "a {}"},
      {"a {-1}", {}, "a {-1}"},
      {"a {x}", {}, "a {x}"},
      {"a 12}", {}, "a 12}"},
      {"a {12} ", {}, "a {12} "},
      {"", {}, ""},
  };
  for (const Case& test : cases) {
    std::string line = test.line;
    EXPECT_EQ(take_announced_literal(line), test.size) << test.line;
    EXPECT_EQ(line, test.rest);
  }
  EXPECT_TRUE(may_hold_literals("* 1 FETCH (BODY[] {5}"));
  for (const auto* words : {"* OK you have {5}", "* no {5}", "* BYE {5}", "W1 OK {5}", "+ {5}"}) {
    EXPECT_FALSE(may_hold_literals(words)) << words;
  }
}

TEST(LowestUids, are_kept_however_long_the_line) {
  LowestUids uids(5, 3);
  std::string line = "* SEARCH 9 4 100 7 6 1";
  EXPECT_TRUE(uids.shorten(line));
  EXPECT_EQ(line, "* SEARCH 1");
  line += "2 5";
  EXPECT_TRUE(uids.add(*parse(line)));
  EXPECT_THAT(std::move(uids).rising(), ElementsAre(5u, 6u, 7u));
}

TEST(LowestUids, come_from_numbers_only) {
  for (std::string line : {"* SEARCH 1 x 2", "* LIST 1 2 3", "* SEARCH ", "* SEARCH 12", "* SEARCH 1  2 3"}) {
    EXPECT_FALSE(LowestUids(1, 9).shorten(line)) << line;
  }
  EXPECT_FALSE(LowestUids(1, 9).add(*parse("* SEARCH 1 (2)")));
  EXPECT_TRUE(LowestUids(1, 0).add(*parse("* SEARCH 1 2")));
}

}  // namespace
}  // namespace wujin::mail
