#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "places/place.h"
#include "secrets/token.h"

// 意见箱: a box stands at every town, village and community, and belongs to no campaign. Whoever writes is not asked who they
// are. These are not the suggestions of the coverage room, which say where to go next week.
namespace wujin::suggestions {

using places::PlaceId;

// Lengths in characters.
inline constexpr std::size_t longest_text = 2000;
inline constexpr std::size_t longest_answer = 1000;
// How many of one China day may lie in a box unanswered: nobody reads more, and a flood must end somewhere.
inline constexpr int most_unanswered_of_a_day = 100;

enum class State : std::uint8_t { open, answered, set_aside };
BOOST_DESCRIBE_ENUM(State, open, answered, set_aside)

enum class SetAsideReason : std::uint8_t {
  advertising,
  unrelated,
  abusive,
  duplicate,
  personal  // tells of a person: its text is erased
};
BOOST_DESCRIBE_ENUM(SetAsideReason, advertising, unrelated, abusive, duplicate, personal)

// What a writer sends. The writer makes the token, so that an answer of the server lost on its way loses nothing.
struct NewSuggestion {
  std::string text;
  std::string token;
};
BOOST_DESCRIBE_STRUCT(NewSuggestion, (), (text, token))

// How somebody of the place or its town deals with one: answered with an answer, or set aside with a reason.
struct Settlement {
  State state = State::answered;
  std::optional<std::string> answer;
  std::optional<SetAsideReason> reason;
};
BOOST_DESCRIBE_STRUCT(Settlement, (), (state, answer, reason))

// One suggestion as it is kept; its writer is known to nobody.
struct Suggestion {
  Id<Suggestion> id;
  PlaceId town;
  PlaceId place;
  secrets::TokenDigest token{};
  std::optional<std::string> text;  // nothing once erased
  Instant received_at{};
  State state = State::open;
  std::optional<std::string> answer;
  std::optional<SetAsideReason> reason;
  std::optional<Instant> settled_at;
  std::optional<std::string> settled_by;  // display name, for colleagues only
  std::int64_t version = 1;
};

constexpr bool has_box(places::PlaceKind kind) { return kind != places::PlaceKind::district; }

// The etag of a version, its quotation marks included.
std::string etag_of(const Suggestion& suggestion);

// As they are kept: lines end in LF, white space at both ends is gone.
NewSuggestion tidied(NewSuggestion entered);
Settlement tidied(Settlement entered);

// Everything wrong with what was tidied. Control characters but tab and LF are refused: a text is shown as it was written.
Result<> check(const NewSuggestion& entered);
Result<> check(const Settlement& entered);

// Whether `entered` is what lies there already under its id; of an erased one only the token can tell.
bool is_same(const Suggestion& suggestion, const PlaceId& place, const NewSuggestion& entered);
bool is_same(const Suggestion& suggestion, const Settlement& settlement);

// `suggestion` with `settlement`, its version the next.
Suggestion settled(Suggestion suggestion, const Settlement& settlement, std::string by, Instant now);

}  // namespace wujin::suggestions
