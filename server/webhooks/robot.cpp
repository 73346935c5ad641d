#include "webhooks/robot.h"

#include <array>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/json.h"
#include "base/text.h"

namespace wujin::webhooks {
namespace {

std::string hmac_sha256(std::string_view key, std::string_view message) {
  std::array<unsigned char, 32> out{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, message.size(), out.data(), &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA256 failed");
  }
  return {reinterpret_cast<const char*>(out.data()), size};
}

std::string quoted(std::string_view text) {
  std::string out;
  encode_value(out, text);
  return out;
}

// DingTalk: key is the secret, message is "timestamp\nsecret", in milliseconds, in the address.
std::string dingtalk_url(const Robot& robot, Instant now) {
  if (robot.secret.empty()) return robot.url;
  const auto stamp = std::to_string(to_milliseconds(now));
  const auto sign = percent_encoded(to_base64(hmac_sha256(robot.secret, stamp + "\n" + robot.secret)));
  const char* joint = robot.url.find('?') == std::string::npos ? "?" : "&";
  return robot.url + joint + "timestamp=" + stamp + "&sign=" + sign;
}

// Feishu: key is "timestamp\nsecret", the message is empty, in seconds, in the body.
std::string feishu_body(const Robot& robot, const std::string& text, Instant now) {
  const std::string content = R"("msg_type":"text","content":{"text":)" + text + "}}";
  if (robot.secret.empty()) return "{" + content;
  const auto stamp = std::to_string(to_milliseconds(now) / 1000);
  const auto sign = to_base64(hmac_sha256(stamp + "\n" + robot.secret, ""));
  return R"({"timestamp":")" + stamp + R"(","sign":")" + sign + "\"," + content;
}

// Codes by which a robot says: too often, come again.
bool is_too_often(std::int64_t code) {
  constexpr std::int64_t codes[] = {45009, 45033, 130101, 410100, 9499, 11232, -1};
  return std::ranges::find(codes, code) != std::end(codes);
}

// WeCom and DingTalk: errcode; Feishu: code, and StatusCode in its older answers.
std::optional<std::int64_t> code_in(std::string_view body) {
  const auto document = parse_json(body);
  if (!document || !document->is_object()) return std::nullopt;
  for (const char* name : {"errcode", "code", "StatusCode"}) {
    const auto found = document->get_object().find(name);
    if (found != document->get_object().end() && found->value().is_int64()) return found->value().get_int64();
  }
  return std::nullopt;
}

}  // namespace

Post post_of(const Robot& robot, std::string_view text, Instant now) {
  const std::string words = quoted(text);
  switch (robot.kind) {
    case RobotKind::wecom:
      return {robot.url, R"({"msgtype":"text","text":{"content":)" + words + "}}"};
    case RobotKind::dingtalk:
      return {dingtalk_url(robot, now), R"({"msgtype":"text","text":{"content":)" + words + "}}"};
    case RobotKind::feishu:
      return {robot.url, feishu_body(robot, words, now)};
  }
  throw std::logic_error("a robot of no kind");
}

Judged judge(int status, std::string_view body) {
  if (status == 429 || status >= 500) return {Reply::later, fmt::format("status {}", status)};
  if (status < 200 || status > 299) return {Reply::refused, fmt::format("status {}", status)};
  const auto code = code_in(body);
  if (!code) return {Reply::refused, "not the answer of a robot"};
  if (*code == 0) return {Reply::taken};
  return {is_too_often(*code) ? Reply::later : Reply::refused, fmt::format("code {}", *code)};
}

}  // namespace wujin::webhooks
