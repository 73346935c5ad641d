#include "photos/photos_api.h"

#include <fstream>

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json.hpp>

#include "tests/photos/town.h"
#include "uploads/uploads_store.h"

namespace wujin::photos {
namespace {

// Whoever the Authorization header names.
class NamedSessions final : public people::Sessions {
 public:
  std::map<std::string, people::Actor, std::less<>> actors;

  Task<Result<people::Actor>> actor_of(http::Request& request) override {
    const auto found = actors.find(request.header("authorization"));
    if (found == actors.end()) co_return Problem(ProblemCode::not_signed_in);
    co_return found->second;
  }
};

class PhotosApiTest : public test::PhotosTest {
 protected:
  PhotosApiTest() {
    sessions_.actors["village"] = village;
    sessions_.actors["other"] = other;
    add_routes(router_, parts_);
  }

  // Runs a coroutine to its end on a loop of its own, as a connection would.
  template <class T>
  T wait(Task<T> task) {
    boost::asio::io_context loop;
    std::optional<T> outcome;
    std::exception_ptr failure;
    const auto done = [&](std::exception_ptr error, T value) {
      failure = error;
      outcome.emplace(std::move(value));
    };
    boost::asio::co_spawn(loop, std::move(task), done);
    loop.run();
    if (failure) std::rethrow_exception(failure);
    return std::move(*outcome);
  }

  Result<http::Response> get(const std::string& path, const std::string& who = "village") {
    http::Request request;
    request.path = path;
    request.headers = {{"authorization", who}};
    const auto match = router_.find(http::Method::get, path);
    if (match.handler == nullptr) throw std::logic_error("no route for " + path);
    request.parameters = match.parameters;
    return wait((*match.handler)(request));
  }
  boost::json::object json_of(const Result<http::Response>& response) {
    return boost::json::parse(std::get<std::string>(response.value().body)).as_object();
  }
  static std::string header(const Result<http::Response>& response, std::string_view name) {
    for (const auto& [key, value] : response.value().headers) {
      if (key == name) return value;
    }
    return "";
  }
  std::string path_of(const Id<Photo>& id, const std::string& rest = "") { return "/api/v1/photos/" + id.to_string() + rest; }

  uploads::Hooks hooks() { return upload_hooks(parts_); }
  Result<uploads::Terms> terms(const std::string& who, const uploads::NewUpload& upload) {
    http::Request request;
    request.headers = {{"authorization", who}};
    const auto given = hooks();
    return wait(given.may_create(request, upload));
  }
  uploads::NewUpload upload_of(const Id<Photo>& id, const std::string& file, std::string sha256 = "") {
    uploads::NewUpload upload;
    upload.uploader = village.account.uuid();
    upload.size = file.size();
    upload.metadata = {{"photo", id.to_string()}};
    if (!sha256.empty()) upload.metadata.emplace_back("sha256", std::move(sha256));
    return upload;
  }

 private:
  NamedSessions sessions_;
  ApiParts parts_{database(), sessions_, queue_, vault(), owners, clock()};
  http::Router router_;
};
WUJIN_ON_BOTH_ENGINES(PhotosApiTest);

TEST_P(PhotosApiTest, tells_of_a_picture_before_and_after_it_came) {
  const auto file = picture(1);
  const auto owner = new_owner(village);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(id, file)}));
  auto told = json_of(get(path_of(id)));
  EXPECT_FALSE(told.at("received").as_bool());
  EXPECT_EQ(told.at("received_bytes").as_int64(), 0);
  EXPECT_EQ(told.at("activity").as_string(), owner.to_string());
  EXPECT_FALSE(told.contains("width"));
  EXPECT_EQ(get(path_of(id, "/original")).error().code(), ProblemCode::not_found);
  EXPECT_EQ(get(path_of(id, "/320")).error().code(), ProblemCode::rendition_not_ready);

  ASSERT_TRUE(receives(village, id, file));
  EXPECT_EQ(header(get(path_of(id, "/original")), "Content-Type"), "image/jpeg");
  run_jobs();
  told = json_of(get(path_of(id)));
  EXPECT_TRUE(told.at("received").as_bool());
  EXPECT_EQ(told.at("received_bytes").as_int64(), static_cast<std::int64_t>(file.size()));
  EXPECT_EQ(told.at("media_type").as_string(), "image/jpeg");
  EXPECT_EQ(told.at("width").as_int64(), 1600);
  EXPECT_TRUE(told.at("renditions_ready").as_bool());
  EXPECT_EQ(told.at("taken_at").as_string(), "2023-10-20T10:00:00.000+08:00");
  EXPECT_TRUE(told.at("near_duplicates").as_array().empty());
}

TEST_P(PhotosApiTest, tells_how_much_of_a_picture_has_come) {
  const auto file = picture(9);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  uploads::Upload upload;
  upload.id = Id<uploads::Upload>::random(randomness());
  upload.uploader = village.account.uuid();
  upload.subject = terms("village", upload_of(id, file))->subject;
  upload.size = file.size();
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
    uploads::insert(transaction, upload);
    return {};
  }));
  std::ofstream(vault().staging() / upload.id.to_string(), std::ios::binary) << file.substr(0, 1000);
  const auto told = json_of(get(path_of(id)));
  EXPECT_FALSE(told.at("received").as_bool());
  EXPECT_EQ(told.at("received_bytes").as_int64(), 1000);
}

TEST_P(PhotosApiTest, serves_the_very_bytes_it_received_and_both_sizes) {
  const auto file = picture(2);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  ASSERT_TRUE(receives(village, id, file));
  run_jobs();
  const auto original = get(path_of(id, "/original"));
  const auto body = std::get<http::FileBody>(original->body);
  std::ifstream stream(body.path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}), file);
  EXPECT_EQ(body.size, file.size());
  EXPECT_NE(header(original, "Content-Disposition").find(id.to_string() + ".jpeg"), std::string::npos);
  for (const char* size : {"/320", "/1280"}) {
    const auto drawn = get(path_of(id, size));
    ASSERT_TRUE(drawn) << size;
    EXPECT_EQ(header(drawn, "Content-Type"), "image/jpeg");
    EXPECT_TRUE(header(drawn, "Cache-Control").starts_with("private"));
    EXPECT_FALSE(header(drawn, "ETag").empty());
    EXPECT_EQ(std::filesystem::file_size(std::get<http::FileBody>(drawn->body).path), std::get<http::FileBody>(drawn->body).size);
  }
}

TEST_P(PhotosApiTest, answers_everything_to_those_who_may_and_nothing_to_others) {
  const auto file = picture(3);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  ASSERT_TRUE(receives(village, id, file));
  run_jobs();
  for (const char* rest : {"", "/320", "/1280", "/original", "/near-duplicates"}) {
    EXPECT_TRUE(get(path_of(id, rest))) << rest;
    EXPECT_EQ(get(path_of(id, rest), "other").error().code(), ProblemCode::not_found) << rest;
    EXPECT_EQ(get(path_of(id, rest), "nobody").error().code(), ProblemCode::not_signed_in) << rest;
    EXPECT_EQ(get(path_of(new_id(), rest)).error().code(), ProblemCode::not_found) << rest;
    EXPECT_EQ(get(std::string("/api/v1/photos/none") + rest).error().code(), ProblemCode::not_found) << rest;
  }
}

TEST_P(PhotosApiTest, says_which_picture_cannot_be_read) {
  auto file = picture(4);
  file[file.find("\xff\xdb") + 4] = '\x55';
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  ASSERT_TRUE(receives(village, id, file));
  run_jobs();
  EXPECT_TRUE(json_of(get(path_of(id))).at("unreadable").as_bool());
  EXPECT_EQ(get(path_of(id, "/320")).error().code(), ProblemCode::photo_unreadable);
  EXPECT_TRUE(get(path_of(id, "/original")));
}

TEST_P(PhotosApiTest, lists_near_duplicates_with_the_record_they_were_used_in) {
  const auto file = picture(5);
  const auto mine = new_id(), theirs = new_id();
  ASSERT_TRUE(claims(village, new_owner(village, "第一场"), {claim_of(mine, file)}));
  ASSERT_TRUE(claims(village, new_owner(village, "第二场"), {claim_of(theirs, file)}));
  ASSERT_TRUE(receives(village, mine, file));
  ASSERT_TRUE(receives(village, theirs, file));
  run_jobs();
  const auto items = json_of(get(path_of(mine, "/near-duplicates"))).at("items").as_array();
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].at("title").as_string(), "第二场");
  EXPECT_EQ(items[0].at("date").as_string(), "2023-10-20");
  EXPECT_EQ(items[0].at("distance").as_int64(), 0);
}

TEST_P(PhotosApiTest, judges_an_upload_by_its_picture) {
  const auto file = picture(6);
  const auto id = new_id();
  const auto announced = claim_of(id, file);
  ASSERT_TRUE(claims(village, new_owner(village), {announced}));
  const auto given = terms("village", upload_of(id, file));
  ASSERT_TRUE(given);
  EXPECT_EQ(given->subject, "photo:" + id.to_string());
  EXPECT_EQ(to_hex(given->sha256.value()), announced.sha256);
  EXPECT_TRUE(terms("village", upload_of(id, file, announced.sha256)));
  EXPECT_EQ(terms("village", upload_of(id, file, std::string(64, 'a'))).error().code(), ProblemCode::photo_differs);
  EXPECT_EQ(terms("village", upload_of(id, file, "ABC")).error().code(), ProblemCode::validation);
  EXPECT_EQ(terms("other", upload_of(id, file)).error().code(), ProblemCode::forbidden);
  EXPECT_EQ(terms("nobody", upload_of(id, file)).error().code(), ProblemCode::not_signed_in);
  EXPECT_FALSE(terms("village", upload_of(new_id(), file))->sha256);
  uploads::NewUpload nameless;
  nameless.size = 5;
  EXPECT_EQ(terms("village", nameless).error().code(), ProblemCode::validation);
  nameless.metadata = {{"photo", "not an id"}};
  EXPECT_EQ(terms("village", nameless).error().code(), ProblemCode::validation);
}

TEST_P(PhotosApiTest, looks_at_a_file_before_it_is_kept) {
  wujin::test::TemporaryDirectory folder;
  const auto judged = [&](const std::string& bytes) {
    const auto path = folder.path() / "file";
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    const auto result = hooks().inspect(path, {});
    return result ? ProblemCode::internal : result.error().code();
  };
  EXPECT_EQ(judged(picture(7)), ProblemCode::internal);
  EXPECT_EQ(judged(picture(7).substr(0, 3000)), ProblemCode::picture_truncated);
  EXPECT_EQ(judged("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), ProblemCode::picture_unknown);
  EXPECT_EQ(judged(picture(7) + "<script>"), ProblemCode::picture_with_script);
  EXPECT_EQ(judged(""), ProblemCode::picture_unknown);
}

TEST_P(PhotosApiTest, marks_a_picture_received_when_its_upload_ends) {
  const auto file = picture(8);
  const auto id = new_id();
  uploads::FinishedUpload upload;
  upload.uploader = village.account.uuid();
  upload.subject = "photo:" + id.to_string();
  upload.facts = vault().store(file);
  const auto given = hooks();
  ASSERT_TRUE(database().write_now([&](Transaction& transaction) { return given.finished(transaction, upload); }));
  EXPECT_TRUE(photo(id)->received_at);
  EXPECT_EQ(run_jobs(), 1);
}

}  // namespace
}  // namespace wujin::photos
