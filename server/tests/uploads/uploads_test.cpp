#include "uploads/uploads.h"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "base/text.h"
#include "database/engines.h"
#include "http/server_fixture.h"
#include "uploads/uploads_store.h"

namespace wujin::uploads {
namespace {

using http::Client;
using http::Request;

const Uuid first_person = Uuid::parse("11111111-1111-4111-8111-111111111111").value();
const Uuid second_person = Uuid::parse("22222222-2222-4222-8222-222222222222").value();

// The whole room on a real server: who uploads stands in the header X-Person; what is finished is listed.
class UploadsTest : public test::StoreTest {
 protected:
  UploadsTest() : StoreTest({jobs::migrations(), migrations()}) { boot(); }
  ~UploadsTest() override { halt(); }

  void boot() {
    vault = files::open_disk_vault(directory.path() / "files");
    pool = std::make_unique<http::WorkPool>(2, 64);
    own_server = std::make_unique<http::OwnServer>();
    Hooks hooks;
    hooks.authenticate = [](Request& request) -> Task<Result<Uuid>> {
      if (request.header("x-person") == "1") co_return first_person;
      if (request.header("x-person") == "2") co_return second_person;
      co_return Problem(ProblemCode::not_signed_in);
    };
    hooks.may_create = [this](Request&, const NewUpload& wanted) -> Task<Result<Terms>> {
      const auto photo = wanted.value("photo");
      if (!photo) co_return Problem::at("Upload-Metadata.photo", ProblemCode::required);
      if (*photo == "taken") co_return Problem(ProblemCode::conflict);
      co_return Terms{"photo:" + std::string(*photo), announced};
    };
    hooks.inspect = [](const std::filesystem::path& file, const FinishedUpload&) -> Result<> {
      std::ifstream stream(file);
      if (stream.get() == '!') return Problem(ProblemCode::unsupported_media_type);
      return {};
    };
    hooks.finished = [this](Transaction&, const FinishedUpload& upload) -> Result<> {
      const std::lock_guard lock(mutex);
      if (storage_is_full) throw StorageFull("pretended");
      if (cleanings > 0) {
        --cleanings;
        vault->remove(upload.facts.sha256);
      }
      if (!vault->exists(upload.facts.sha256)) return Problem(ProblemCode::busy);
      finished.push_back(upload);
      return {};
    };
    uploads = std::make_unique<Uploads>(database(), *vault, *pool, clock(), randomness(), hooks);
    uploads->add_routes(own_server->router);
    own_server->start();
  }

  void halt() {
    own_server.reset();
    uploads.reset();
    pool.reset();
  }

  // As after a crash: nothing is kept but the folder and the database.
  void restart() {
    halt();
    engine().reopen();
    boot();
  }

  std::unique_ptr<Client> client() { return std::make_unique<Client>(own_server->server->port()); }

  std::string head_of(std::string_view method, std::string_view path, std::string_view headers, int person = 1) {
    return std::string(method) + " " + std::string(path) +
           " HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nX-Person: " + std::to_string(person) + "\r\n" + std::string(headers) +
           "\r\n";
  }

  std::string ask(std::string_view method, std::string_view path, std::string_view headers = "", std::string_view body = "",
                  int person = 1) {
    const auto one = client();
    one->send(head_of(method, path, headers, person) + std::string(body));
    return one->read_answer(method != "HEAD");
  }

  static std::string chunk_headers(std::size_t offset, std::size_t length, std::string_view more = "") {
    return "Content-Type: application/offset+octet-stream\r\nUpload-Offset: " + std::to_string(offset) +
           "\r\nContent-Length: " + std::to_string(length) + "\r\n" + std::string(more);
  }
  std::string patch(std::string_view path, std::size_t offset, std::string_view body, std::string_view more = "",
                    int person = 1) {
    return ask("PATCH", path, chunk_headers(offset, body.size(), more), body, person);
  }
  std::string create(std::size_t size, std::string_view photo = "p1") {
    const auto answer = ask("POST", base,
                            "Content-Length: 0\r\nUpload-Length: " + std::to_string(size) + "\r\nUpload-Metadata: photo " +
                                to_base64(photo) + "\r\n");
    EXPECT_EQ(http::status_of(answer), 201u) << answer;
    return http::header_of(answer, "Location");
  }
  std::string offset_of(std::string_view path) { return http::header_of(ask("HEAD", path), "Upload-Offset"); }

  static constexpr std::string_view base = "/api/v1/uploads";
  test::TemporaryDirectory directory;
  std::unique_ptr<files::Vault> vault;
  std::unique_ptr<http::WorkPool> pool;
  std::unique_ptr<Uploads> uploads;
  std::unique_ptr<http::OwnServer> own_server;
  std::optional<std::string> announced;
  std::mutex mutex;  // the hook runs on a thread of the database
  std::vector<FinishedUpload> finished;
  std::atomic<bool> storage_is_full = false;
  int cleanings = 0;  // how often a cleaner comes between the vault and the room
};

WUJIN_ON_BOTH_ENGINES(UploadsTest);

TEST_P(UploadsTest, says_what_of_tus_it_speaks) {
  const auto answer = ask("OPTIONS", base);
  EXPECT_EQ(http::status_of(answer), 204u);
  EXPECT_EQ(http::header_of(answer, "Tus-Version"), "1.0.0");
  EXPECT_EQ(http::header_of(answer, "Tus-Extension"), "creation,creation-with-upload,checksum,termination,expiration");
  EXPECT_EQ(http::header_of(answer, "Tus-Max-Size"), "52428800");
  EXPECT_EQ(http::header_of(answer, "Tus-Checksum-Algorithm"), "sha1,sha256,crc32");
}

TEST_P(UploadsTest, takes_a_file_in_pieces_and_tells_the_room_when_it_is_whole) {
  const std::string path = create(11);
  EXPECT_EQ(offset_of(path), "0");
  const auto first = patch(path, 0, "hello ");
  EXPECT_EQ(http::status_of(first), 204u);
  EXPECT_EQ(http::header_of(first, "Upload-Offset"), "6");
  EXPECT_EQ(http::header_of(first, "Tus-Resumable"), "1.0.0");
  EXPECT_TRUE(finished.empty());
  EXPECT_EQ(http::header_of(patch(path, 6, "world"), "Upload-Offset"), "11");
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].uploader, first_person);
  EXPECT_EQ(finished[0].subject, "photo:p1");
  EXPECT_EQ(finished[0].facts.sha256, sha256("hello world"));
  EXPECT_EQ(finished[0].facts.size, 11u);
  EXPECT_EQ(vault->read(sha256("hello world")), "hello world");
  EXPECT_EQ(offset_of(path), "11") << "the client that lost the last answer learns that all is here";
}

TEST_P(UploadsTest, takes_the_first_bytes_with_the_creation) {
  const auto answer = ask("POST", base,
                          "Content-Type: application/offset+octet-stream\r\nContent-Length: 5\r\nUpload-Length: 5\r\n"
                          "Upload-Metadata: photo cDE=,filename 5LiJLmpwZw==\r\n",
                          "whole");
  EXPECT_EQ(http::status_of(answer), 201u) << answer;
  EXPECT_EQ(http::header_of(answer, "Upload-Offset"), "5");
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_THAT(finished[0].metadata, testing::Contains(testing::Pair("filename", "三.jpg")));
  EXPECT_EQ(offset_of(http::header_of(answer, "Location")), "5");
}

TEST_P(UploadsTest, goes_on_after_a_creation_with_some_of_the_bytes) {
  const auto answer = ask("POST", base,
                          "Content-Type: application/offset+octet-stream\r\nContent-Length: 4\r\nUpload-Length: 9\r\n"
                          "Upload-Metadata: photo cDE=\r\n",
                          "half");
  const std::string path = http::header_of(answer, "Location");
  EXPECT_EQ(http::header_of(answer, "Upload-Offset"), "4");
  EXPECT_EQ(http::status_of(patch(path, 4, " whole")), 413u) << "more than was announced";
  EXPECT_EQ(http::status_of(patch(path, 4, "whole")), 204u);
  EXPECT_EQ(finished.size(), 1u);
}

TEST_P(UploadsTest, counts_every_byte_that_came_before_the_line_was_cut) {
  const std::string path = create(300'000);
  std::string body(300'000, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 26);
  {
    const auto phone = client();
    phone->send(head_of("PATCH", path, chunk_headers(0, body.size())) + body.substr(0, 123'457));
    phone->end();
    EXPECT_EQ(http::status_of(phone->read_answer()), 400u);
  }
  EXPECT_EQ(offset_of(path), "123457");
  EXPECT_EQ(http::status_of(patch(path, 123'457, body.substr(123'457))), 204u);
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].facts.sha256, sha256(body));
}

TEST_P(UploadsTest, tells_how_much_of_a_picture_has_come) {
  const auto received = [&](std::string_view subject) {
    return database().read_now([&](Snapshot& snapshot) { return received_bytes(snapshot, *vault, subject); });
  };
  EXPECT_EQ(received("photo:p1"), 0u);
  const std::string path = create(10), begun_anew = create(10);
  EXPECT_EQ(received("photo:p1"), 0u);
  patch(path, 0, "123456");
  patch(begun_anew, 0, "12");
  EXPECT_EQ(received("photo:p1"), 6u) << "of two begun, the one that came furthest";
  EXPECT_EQ(received("photo:p2"), 0u);
  ask("DELETE", path);
  EXPECT_EQ(received("photo:p1"), 2u);
  patch(begun_anew, 2, "34567890");
  EXPECT_EQ(received("photo:p1"), 0u) << "nothing is on its way any more";
}

TEST_P(UploadsTest, goes_on_after_a_restart) {
  const std::string path = create(10);
  patch(path, 0, "before");
  restart();
  EXPECT_EQ(offset_of(path), "6");
  EXPECT_EQ(http::status_of(patch(path, 6, "then")), 204u);
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_EQ(finished[0].facts.sha256, sha256("beforethen"));
}

TEST_P(UploadsTest, ends_at_the_next_question_what_a_full_disk_kept_from_ending) {
  const std::string path = create(4);
  storage_is_full = true;
  EXPECT_EQ(http::status_of(patch(path, 0, "full")), 507u);
  EXPECT_EQ(http::status_of(ask("HEAD", path)), 507u) << "never taken for done";
  storage_is_full = false;
  EXPECT_EQ(offset_of(path), "4");
  EXPECT_EQ(finished.size(), 1u);
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
}

TEST_P(UploadsTest, puts_a_file_into_the_vault_again_that_was_cleaned_away_as_it_arrived) {
  cleanings = 1;
  const std::string path = create(4);
  EXPECT_EQ(http::status_of(patch(path, 0, "twin")), 204u);
  ASSERT_EQ(finished.size(), 1u);
  EXPECT_TRUE(vault->exists(sha256("twin")));
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
}

TEST_P(UploadsTest, loses_no_byte_when_the_cleaner_comes_again_and_again) {
  cleanings = 3;
  const std::string path = create(4);
  EXPECT_EQ(http::status_of(patch(path, 0, "twin")), 503u);
  EXPECT_EQ(offset_of(path), "4") << "ended at the next question";
  EXPECT_EQ(finished.size(), 1u);
  EXPECT_TRUE(vault->exists(sha256("twin")));
}

TEST_P(UploadsTest, refuses_a_piece_at_the_wrong_place) {
  const std::string path = create(10);
  patch(path, 0, "12345");
  for (const std::size_t offset : {0u, 4u, 6u, 10u}) {
    const auto answer = patch(path, offset, "");
    EXPECT_EQ(http::status_of(answer), 409u) << offset;
    EXPECT_THAT(answer, testing::HasSubstr("\"code\":\"wrong_offset\""));
  }
  EXPECT_EQ(offset_of(path), "5");
}

TEST_P(UploadsTest, drops_a_piece_whose_checksum_does_not_match_and_takes_it_again) {
  const std::string path = create(9);
  patch(path, 0, "1234");
  const auto wrong = patch(path, 4, "5678X", "Upload-Checksum: sha256 FeKw08M4kezQvJlnfYsKO31LvKKfDsYVZxsVNL6ZfbU=\r\n");
  EXPECT_EQ(http::status_of(wrong), 460u) << wrong;
  EXPECT_EQ(http::header_of(wrong, "Tus-Resumable"), "1.0.0");
  EXPECT_EQ(offset_of(path), "4");
  const std::string right = "Upload-Checksum: sha256 " + to_base64(sha256("56789")) + "\r\n";
  EXPECT_EQ(http::status_of(patch(path, 4, "56789", right)), 204u);
  EXPECT_EQ(finished.at(0).facts.sha256, sha256("123456789"));
}

TEST_P(UploadsTest, refuses_a_file_that_is_not_the_announced_one) {
  announced = sha256("announced");
  const std::string path = create(9);
  const auto answer = patch(path, 0, "different");
  EXPECT_EQ(http::status_of(answer), 422u) << answer;
  EXPECT_THAT(answer, testing::HasSubstr("content_changed"));
  EXPECT_EQ(http::status_of(ask("HEAD", path)), 410u) << "begin anew";
  EXPECT_TRUE(finished.empty());
  EXPECT_FALSE(vault->exists(sha256("different")));
}

TEST_P(UploadsTest, drops_a_file_the_room_does_not_want) {
  const std::string path = create(4);
  EXPECT_EQ(http::status_of(patch(path, 0, "!bad")), 415u);
  EXPECT_TRUE(finished.empty());
  EXPECT_FALSE(vault->exists(sha256("!bad")));
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
}

TEST_P(UploadsTest, lets_one_request_at_a_time_write_to_an_upload) {
  const std::string path = create(10);
  const auto slow = client();
  slow->send(head_of("PATCH", path, chunk_headers(0, 5, "Expect: 100-continue\r\n")));
  EXPECT_THAT(slow->read_answer(false), testing::StartsWith("HTTP/1.1 100")) << "it has begun";
  EXPECT_EQ(http::status_of(patch(path, 0, "12345")), 423u);
  slow->send("abcde");
  EXPECT_EQ(http::status_of(slow->read_answer()), 204u);
  EXPECT_EQ(http::status_of(patch(path, 5, "12345")), 204u);
  EXPECT_EQ(finished.at(0).facts.sha256, sha256("abcde12345"));
}

TEST_P(UploadsTest, hides_an_upload_from_everybody_else) {
  const std::string path = create(10);
  EXPECT_EQ(http::status_of(ask("HEAD", path, "", "", 2)), 404u);
  EXPECT_EQ(http::status_of(patch(path, 0, "12345", "", 2)), 404u);
  EXPECT_EQ(http::status_of(ask("DELETE", path, "", "", 2)), 404u);
  EXPECT_EQ(http::status_of(ask("HEAD", path, "", "", 3)), 401u);
  EXPECT_EQ(offset_of(path), "0");
}

TEST_P(UploadsTest, gives_an_upload_up) {
  const std::string path = create(10);
  patch(path, 0, "12345");
  EXPECT_EQ(http::status_of(ask("DELETE", path)), 204u);
  EXPECT_EQ(http::status_of(ask("HEAD", path)), 410u);
  EXPECT_EQ(http::status_of(patch(path, 5, "12345")), 410u);
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
}

TEST_P(UploadsTest, ends_what_nobody_went_on_with) {
  const std::string old = create(10);
  patch(old, 0, "12345");
  clock().advance(std::chrono::hours(6 * 24));
  const std::string young = create(10, "p2");
  patch(old, 5, "6");  // moves its expiry on
  clock().advance(std::chrono::hours(3 * 24));
  EXPECT_EQ(uploads->expire(), 0);
  EXPECT_EQ(offset_of(old), "6");
  clock().advance(std::chrono::hours(5 * 24));
  EXPECT_EQ(http::status_of(ask("HEAD", old)), 410u) << "even before the job ran";
  EXPECT_EQ(uploads->expire(), 2);
  EXPECT_EQ(http::status_of(ask("HEAD", young)), 410u);
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
  clock().advance(std::chrono::hours(40 * 24));
  EXPECT_EQ(uploads->expire(), 0);
  EXPECT_EQ(http::status_of(ask("HEAD", old)), 404u) << "forgotten in the end";
}

TEST_P(UploadsTest, expires_by_itself_every_few_hours) {
  jobs::Queue queue(clock());
  jobs::Workers workers(database(), queue, clock(), randomness(), {}, [](std::string_view) {});
  uploads->add_jobs(workers, queue);
  const std::string path = create(10);
  patch(path, 0, "12345");
  EXPECT_EQ(workers.run_due(), 0);
  clock().advance(std::chrono::hours(8 * 24));
  EXPECT_EQ(workers.run_due(), 1);
  EXPECT_TRUE(std::filesystem::is_empty(vault->staging()));
  clock().advance(std::chrono::hours(7));
  EXPECT_EQ(workers.run_due(), 1) << "and again";
}

TEST_P(UploadsTest, refuses_what_it_cannot_take) {
  struct Case {
    const char* name;
    std::string headers;
    unsigned status;
    std::string_view code;
  };
  const std::string photo = "Upload-Metadata: photo cDE=\r\n";
  const Case cases[] = {
      {"no size", photo, 422, "validation"},
      {"nothing to upload", photo + "Upload-Length: 0\r\n", 422, "validation"},
      {"a negative size", photo + "Upload-Length: -5\r\n", 422, "validation"},
      {"too much", photo + "Upload-Length: 52428801\r\n", 413, "too_large"},
      {"no photo named", "Upload-Length: 5\r\n", 422, "validation"},
      {"metadata that is none", "Upload-Length: 5\r\nUpload-Metadata: photo ***\r\n", 422, "validation"},
      {"a picture that is here already", "Upload-Length: 5\r\nUpload-Metadata: photo dGFrZW4=\r\n", 409, "conflict"},
  };
  for (const Case& one : cases) {
    const auto answer = ask("POST", base, one.headers + "Content-Length: 0\r\n");
    EXPECT_EQ(http::status_of(answer), one.status) << one.name << "\n" << answer;
    EXPECT_THAT(answer, testing::HasSubstr("\"code\":\"" + std::string(one.code) + "\"")) << one.name;
    EXPECT_EQ(http::header_of(answer, "Tus-Resumable"), "1.0.0") << one.name;
  }
  EXPECT_EQ(
      http::status_of(ask("PATCH", create(5), "Content-Type: image/jpeg\r\nUpload-Offset: 0\r\nContent-Length: 5\r\n", "12345")),
      415u);
  EXPECT_EQ(http::status_of(patch("/api/v1/uploads/nonsense", 0, "12345")), 404u);
}

TEST_P(UploadsTest, speaks_only_the_one_version) {
  const auto one = client();
  one->send("POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nX-Person: 1\r\nTus-Resumable: 0.2.2\r\nContent-Length: 0\r\n\r\n");
  const auto answer = one->read_answer();
  EXPECT_EQ(http::status_of(answer), 412u);
  EXPECT_EQ(http::header_of(answer, "Tus-Version"), "1.0.0");
}

TEST_P(UploadsTest, takes_a_chunked_body_and_stops_it_where_the_upload_ends) {
  const std::string path = create(10);
  const std::string headers =
      "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_EQ(http::status_of(ask("PATCH", path, headers, "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")), 204u);
  EXPECT_EQ(offset_of(path), "5");
  const std::string more = "Content-Type: application/offset+octet-stream\r\nUpload-Offset: 5\r\nTransfer-Encoding: chunked\r\n";
  EXPECT_EQ(http::status_of(ask("PATCH", path, more, "6\r\nabcdef\r\n0\r\n\r\n")), 413u);
  EXPECT_EQ(offset_of(path), "5");
}

}  // namespace
}  // namespace wujin::uploads
