#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "reminders/reminder.h"

// One reminder to one receiver, from being asked for to how it ended.
namespace wujin::reminders {

enum class Channel : std::uint8_t { robot, mail };
BOOST_DESCRIBE_ENUM(Channel, robot, mail)

enum class State : std::uint8_t {
  waiting,  // for its first or next attempt
  sending,  // an attempt is under way, or was when the program died
  sent,
  uncertain,  // may have been taken; a person decides whether it is sent again
  refused,
  given_up,  // too many attempts
  cancelled  // all that it asked for came in before it went out
};
BOOST_DESCRIBE_ENUM(State, waiting, sending, sent, uncertain, refused, given_up, cancelled)

struct Message {
  Id<Message> id;
  PlaceId town;
  CampaignId campaign;
  Date due_on;
  Kind kind = Kind::before;
  Channel channel = Channel::robot;
  std::string receiver;  // a robot's or a place's id
  std::string receiver_name;
  std::string subject;  // of a mail
  std::string text;
  std::optional<std::string> by;  // nobody: the schedule
  Instant created_at;
  State state = State::waiting;
  int attempts = 0;
  std::string cause;  // of the last attempt that failed; never an address
  std::optional<Instant> settled_at;
};

// Whether a person may have it sent again.
inline bool may_retry(State state) { return state == State::uncertain || state == State::refused || state == State::given_up; }

}  // namespace wujin::reminders
