#include "http/assets.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "embedded_web.h"

namespace wujin::http {
namespace {

Request asking(std::string path, std::string accept_encoding = "") {
  Request request;
  request.path = std::move(path);
  if (!accept_encoding.empty()) request.headers.emplace_back("accept-encoding", std::move(accept_encoding));
  return request;
}

std::string text_of(const Response& response) {
  if (const auto* fixed = std::get_if<StaticBody>(&response.body)) return std::string(fixed->bytes);
  return std::get<std::string>(response.body);
}

const Assets assets(embedded_web(), {"/phone/", "/office/"});

TEST(Assets, embed_what_lies_in_the_folder_bit_for_bit) {
  std::ifstream file(WUJIN_SOURCE_DIR "/server/tests/http/web/phone/assets/index-4f3a.js", std::ios::binary);
  const std::string expected((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto found = assets.find(asking("/phone/assets/index-4f3a.js"));
  ASSERT_TRUE(found);
  EXPECT_EQ(text_of(*found), expected);
  EXPECT_EQ(found->header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(found->header("cache-control"), "public, max-age=31536000, immutable");
}

TEST(Assets, are_squeezed_as_the_client_takes_them) {
  const auto plain = assets.find(asking("/phone/assets/index-4f3a.js"));
  const auto gzip = assets.find(asking("/phone/assets/index-4f3a.js", "gzip, deflate"));
  const auto brotli = assets.find(asking("/phone/assets/index-4f3a.js", "gzip, deflate, br"));
  ASSERT_TRUE(plain && gzip && brotli);
  EXPECT_EQ(gzip->header("content-encoding"), "gzip");
  EXPECT_EQ(brotli->header("content-encoding"), "br");
  EXPECT_LT(text_of(*gzip).size(), text_of(*plain).size());
  EXPECT_LT(text_of(*brotli).size(), text_of(*plain).size());
  EXPECT_NE(gzip->header("etag"), brotli->header("etag"));
  EXPECT_EQ(gzip->header("vary"), "Accept-Encoding");
}

TEST(Assets, give_the_page_for_every_route_of_a_face_and_never_from_a_cache) {
  for (const char* path : {"/phone/", "/phone/activities/new", "/phone/plan"}) {
    const auto page = assets.find(asking(path));
    ASSERT_TRUE(page) << path;
    EXPECT_EQ(page->header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page->header("cache-control"), "no-cache");
    EXPECT_THAT(text_of(*page), testing::HasSubstr("示例"));
  }
}

TEST(Assets, give_no_page_for_a_missing_file_or_a_foreign_path) {
  for (const char* path : {"/phone/assets/gone-1234.js", "/phone/gone.png", "/api/v1/me", "/", "/telephone/"}) {
    EXPECT_FALSE(assets.find(asking(path))) << path;
  }
}

TEST(Assets, send_the_folder_without_its_slash_on) {
  const auto redirect = assets.find(asking("/phone"));
  ASSERT_TRUE(redirect);
  EXPECT_EQ(redirect->status, Status::permanent_redirect);
  EXPECT_EQ(redirect->header("location"), "/phone/");
}

TEST(Assets, say_when_a_face_was_not_built) {
  const auto page = assets.find(asking("/office/"));
  ASSERT_TRUE(page);
  EXPECT_THAT(text_of(*page), testing::HasSubstr("script/server"));
}

TEST(Assets, are_read_anew_from_a_folder_for_developing) {
  const auto folder = std::filesystem::temp_directory_path() / ("wujin-assets-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder / "phone");
  const auto write = [&](const char* text) { std::ofstream(folder / "phone" / "index.html") << text; };
  const Assets from_folder(folder, {"/phone/"});
  write("one");
  EXPECT_EQ(text_of(*from_folder.find(asking("/phone/today"))), "one");
  write("two");
  EXPECT_EQ(text_of(*from_folder.find(asking("/phone/"))), "two");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace wujin::http
