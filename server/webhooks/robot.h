#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

#include "base/clock.h"

// What the robots of chat groups expect to be posted, as their makers document it. Pure.
namespace wujin::webhooks {

enum class RobotKind : std::uint8_t { wecom, dingtalk, feishu };
BOOST_DESCRIBE_ENUM(RobotKind, wecom, dingtalk, feishu)

struct Robot {
  RobotKind kind = RobotKind::wecom;
  std::string url;     // as the group's settings show it
  std::string secret;  // empty: the robot asks for no signature; WeCom never does
};

struct Post {
  std::string url;
  std::string body;  // JSON
};

// A text for the group, signed where the robot asks for it.
Post post_of(const Robot& robot, std::string_view text, Instant now);

enum class Reply : std::uint8_t { taken, later, refused };

// What an answer means. All three answer 200 whatever happened and say in the body how it ended.
struct Judged {
  Reply reply = Reply::taken;
  std::string cause{};  // for the log: codes only
};
Judged judge(int status, std::string_view body);

}  // namespace wujin::webhooks
