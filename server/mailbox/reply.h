#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "mailbox/letter.h"

// What is written back to who sent a letter.
namespace wujin::mailbox {

enum class ReplyKind : std::uint8_t {
  receipt,  // by the program, once a letter: what was understood
  answer    // by a person
};
BOOST_DESCRIBE_ENUM(ReplyKind, receipt, answer)

enum class ReplyState : std::uint8_t {
  waiting,
  not_set_up,  // until the town's outgoing mailbox is entered
  sending,
  sent,
  uncertain,  // all of it was handed over, no answer came: it may have arrived
  refused,
  given_up,
  expired  // no outgoing mailbox was entered in time
};
BOOST_DESCRIBE_ENUM(ReplyState, waiting, not_set_up, sending, sent, uncertain, refused, given_up, expired)

// How long a reply waits for an outgoing mailbox: after that it would puzzle more than it tells.
inline constexpr std::chrono::days longest_stuck{14};

struct Reply {
  Id<Reply> id;
  Id<Letter> letter;
  PlaceId town;
  ReplyKind kind = ReplyKind::receipt;
  std::string receiver;  // an address in lower case
  std::string subject;
  std::string text;  // plain, lines ended by \n
  std::optional<std::string> by;
  Instant created_at;
  ReplyState state = ReplyState::waiting;
  int attempts = 0;
  std::string cause;  // of the last attempt that failed, for the log
  std::optional<Instant> settled_at;
};

// 回复：… of a letter's subject, once however often it went to and fro.
std::string reply_subject(const std::string& subject);

// What a receipt says: what was filed, as it was understood, and whether it came in time. `place_name` and `title` (of the
// campaign) as people know them; `weeks` of a report that have an activity.
std::string receipt_text(const FiledNote& filed, const std::string& place_name, const std::string& title, Instant arrived_at,
                         int weeks);

}  // namespace wujin::mailbox
