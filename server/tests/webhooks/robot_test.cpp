#include "webhooks/robot.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "base/json.h"
#include "base/text.h"
#include "webhooks/public_address.h"
#include "webhooks/sender.h"

namespace wujin::webhooks {
namespace {

const Instant now = *parse_instant("2023-10-26T09:00:00.123+08:00");

// The signatures below were computed apart, with Python's hmac, from the makers' descriptions.
TEST(Robot, of_wecom_gets_a_plain_text) {
  const auto post = post_of({RobotKind::wecom, "https://example.org/send?key=k", "ignored"}, "“请”\n报送", now);
  EXPECT_EQ(post.url, "https://example.org/send?key=k");
  EXPECT_EQ(post.body, R"({"msgtype":"text","text":{"content":"“请”\n报送"}})");
}

TEST(Robot, of_dingtalk_is_signed_in_its_address) {
  const auto post = post_of({RobotKind::dingtalk, "https://example.org/send?access_token=t", "SECabc"}, "x", now);
  EXPECT_EQ(
      post.url,
      "https://example.org/send?access_token=t&timestamp=1698282000123&sign=7DR6cWZ%2F7Q27xlPB3o2tLxS4Qe1hKDApFeyuP3LjA8A%3D");
  EXPECT_EQ(post_of({RobotKind::dingtalk, "https://example.org/send?access_token=t", ""}, "x", now).url,
            "https://example.org/send?access_token=t");
}

TEST(Robot, of_feishu_is_signed_in_its_body) {
  const auto post = post_of({RobotKind::feishu, "https://example.org/hook/1", "s3cret"}, "x", now);
  EXPECT_EQ(
      post.body,
      R"({"timestamp":"1698282000","sign":"JEDbkAYfmhKYvG93Z2gR9vw4QwdcjNyrMVykc+Ryf5Q=","msg_type":"text","content":{"text":"x"}})");
  EXPECT_EQ(post_of({RobotKind::feishu, "https://example.org/hook/1", ""}, "x", now).body,
            R"({"msg_type":"text","content":{"text":"x"}})");
}

TEST(Robot, says_in_the_body_how_it_ended) {
  const struct {
    int status;
    const char* body;
    Reply reply;
  } cases[] = {
      {200, R"({"errcode":0,"errmsg":"ok"})", Reply::taken},
      {200, R"({"code":0,"msg":"success"})", Reply::taken},
      {200, R"({"StatusCode":0,"StatusMessage":"success"})", Reply::taken},
      {200, R"({"errcode":310000,"errmsg":"sign not match"})", Reply::refused},
      {200, R"({"errcode":45009,"errmsg":"api freq out of limit"})", Reply::later},
      {200, R"({"code":19021,"msg":"sign match fail"})", Reply::refused},
      {200, "<html>", Reply::refused},
      {302, "", Reply::refused},
      {404, "", Reply::refused},
      {429, "", Reply::later},
      {500, "", Reply::later},
      {503, R"({"errcode":0})", Reply::later},
  };
  for (const auto& [status, body, reply] : cases) EXPECT_EQ(judge(status, body).reply, reply) << status << body;
}

bool is_public_text(const char* text) {
  sockaddr_storage storage{};
  auto& four = reinterpret_cast<sockaddr_in&>(storage);
  auto& six = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text, &four.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Address, is_public_only_on_the_open_internet) {
  for (const char* text :
       {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"}) {
    EXPECT_TRUE(is_public_text(text)) << text;
  }
  for (const char* text : {"127.0.0.1",
                           "127.9.9.9",
                           "10.1.2.3",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "0.0.0.0",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::1",
                           "::",
                           "fe80::1",
                           "fc00::1",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001:db8::1"}) {
    EXPECT_FALSE(is_public_text(text)) << text;
  }
}

TEST(Address, of_a_robot_is_https_unless_this_machine_may_be_one) {
  Limits open, tests;
  tests.loopback = true;
  EXPECT_TRUE(check_url("https://example.org/send?key=1", open));
  EXPECT_TRUE(check_url("http://127.0.0.1:4000/x", tests));
  for (const char* url : {"", "http://example.org/", "http://127.0.0.1/", "ftp://example.org/", "file:///etc/passwd", "https://",
                          "https://user@example.org/", "gopher://127.0.0.1/"}) {
    EXPECT_FALSE(check_url(url, open)) << url;
  }
  EXPECT_FALSE(check_url("http://example.org/", tests));
}

TEST(Sending, connects_to_no_address_of_this_machine_whatever_name_leads_there) {
  for (const char* url : {"https://127.0.0.1:9/x", "https://localhost:9/x", "https://[::1]:9/x", "https://0x7f000001:9/x"}) {
    const auto outcome = send({url, "{}"}, {});
    EXPECT_EQ(outcome.delivery, Delivery::refused) << url;
    EXPECT_EQ(outcome.cause, "not an address of the open internet");
  }
}

}  // namespace
}  // namespace wujin::webhooks
