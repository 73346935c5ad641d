#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "suggestions/suggestions_actions.h"

// What the wire says of boxes and what lies in them (contract/openapi.yaml).
namespace wujin::suggestions {

struct BoxAnswer {
  PlaceId place;
  std::string place_name;
  std::optional<std::string> town_name;
  std::optional<std::string> title;
};
BOOST_DESCRIBE_STRUCT(BoxAnswer, (), (place, place_name, town_name, title))

struct StandingAnswer {
  PlaceId place;
  std::string place_name;
  places::PlaceKind place_kind = places::PlaceKind::village;
  std::int64_t open = 0;
  std::int64_t answered = 0;
  std::int64_t set_aside = 0;
  std::optional<Instant> waiting_since;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(StandingAnswer, (), (place, place_name, place_kind, open, answered, set_aside, waiting_since, may))

struct BoxList {
  std::vector<StandingAnswer> items;
};
BOOST_DESCRIBE_STRUCT(BoxList, (), (items))

struct ReceiptAnswer {
  Id<Suggestion> id;
  PlaceId place;
  std::string place_name;
  Instant received_at{};
};
BOOST_DESCRIBE_STRUCT(ReceiptAnswer, (), (id, place, place_name, received_at))

// What its writer and its readers see alike.
struct SuggestionShown {
  PlaceId place;
  std::string place_name;
  Instant received_at{};
  std::optional<std::string> text;
  State state = State::open;
  std::optional<std::string> answer;
  std::optional<SetAsideReason> reason;
  std::optional<Instant> settled_at;
};
BOOST_DESCRIBE_STRUCT(SuggestionShown, (), (place, place_name, received_at, text, state, answer, reason, settled_at))

// Who answered is not named.
struct WriterAnswer : SuggestionShown {
  std::optional<std::string> town_name;
};
BOOST_DESCRIBE_STRUCT(WriterAnswer, (SuggestionShown), (town_name))

struct SuggestionAnswer : SuggestionShown {
  Id<Suggestion> id;
  std::string etag;
  std::optional<std::string> settled_by;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(SuggestionAnswer, (SuggestionShown), (id, etag, settled_by, may))

struct SuggestionList {
  std::vector<SuggestionAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(SuggestionList, (), (items, next_cursor))

BoxAnswer answer_of(const Box& box);
StandingAnswer answer_of(const BoxStanding& standing, const people::Actor& actor, const places::Tree& tree);
ReceiptAnswer receipt_of(const Suggestion& suggestion, const places::Tree& tree);
WriterAnswer answer_for_writer(const Suggestion& suggestion, const places::Tree& tree);
SuggestionAnswer answer_of(const Suggestion& suggestion, const people::Actor& actor, const places::Tree& tree);

}  // namespace wujin::suggestions
