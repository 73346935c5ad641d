#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a server says, taken apart (RFC 3501, 7). Pure; whatever comes is refused or read, never trusted.
namespace wujin::mail {

// Bytes that came beside the lines. Those too large to be held, or gone to a file, have only their number.
struct Literal {
  std::size_t at = 0;  // where in the text it stands
  std::uint64_t size = 0;
  std::string bytes{};
};

// One response as it came: its lines joined, each literal taken out.
struct RawResponse {
  std::string text;
  std::vector<Literal> literals;  // in order
};

// The number in a line's end such as "BODY[] {1234}", which is taken off; none when the line ends the response. Answers
// `too_many` for a number that no server means.
inline constexpr std::uint64_t too_many = ~0ull;
std::optional<std::uint64_t> take_announced_literal(std::string& line);
// False for the responses that end in words for people, whose braces mean nothing.
bool may_hold_literals(std::string_view first_line);

struct Value {
  enum class Kind : std::uint8_t { nil, atom, string, list };
  Kind kind = Kind::nil;
  std::string text{};  // of an atom or a string
  std::vector<Value> list{};
  bool is_kept = true;  // false: a literal whose bytes were not held

  bool is_text() const { return kind == Kind::atom || kind == Kind::string; }
};

struct Response {
  enum class Kind : std::uint8_t { untagged, tagged, go_on };
  Kind kind = Kind::untagged;
  std::string tag{};
  std::uint32_t number = 0;  // as in "* 12 EXISTS"
  std::string name{};        // upper case: OK, NO, BAD, BYE, EXISTS, FETCH, LIST, …
  // What stands in brackets after OK, NO, BAD and BYE: "UIDVALIDITY", "3857529045". What follows it is for people and dropped.
  std::string code{};
  std::string argument{};
  std::vector<Value> values{};  // of all others
};

// None when it breaks the grammar.
std::optional<Response> parse_response(const RawResponse& raw);

// The value of one item of a FETCH such as "UID" or "BODY[]"; null when it is not there.
const Value* item_of(const Response& fetch, std::string_view name);
const Value* header_fields_of(const Response& fetch);  // "BODY[HEADER.FIELDS (…)]"
// A number of at most 32 or 64 bits; none for anything else.
std::optional<std::uint32_t> to_number(std::string_view text);
std::optional<std::uint64_t> to_size(std::string_view text);

// The lowest uids of a SEARCH, whose line may be of any length: read piece by piece, at most `most` kept.
class LowestUids {
 public:
  LowestUids(std::uint32_t first, std::size_t most) : first_(first), most_(most) {}

  // A line that has not ended yet: takes its whole numbers out; false when it is no SEARCH.
  bool shorten(std::string& line);
  bool add(const Response& search);  // false when it holds something else than numbers

  std::vector<std::uint32_t> rising() &&;

 private:
  void add(std::uint32_t uid);

  std::uint32_t first_;
  std::size_t most_;
  std::vector<std::uint32_t> heap_;  // the largest in front
};

}  // namespace wujin::mail
