// Files and TLS on the wire: ranges, conditions, squeezing, and the same over a certificate made for the test.
#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include <openssl/ssl.h>
#include <zlib.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace wujin::http {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A file in turns of bytes of its own and parts of a file on the disk, each of a length of its own.
class Patchwork final : public Pieces {
 public:
  Patchwork(fs::path file, const std::string& content, bool piece_missing)
      : file_(std::move(file)), content_(content), piece_missing_(piece_missing) {}

  std::uint64_t size() const override { return content_.size(); }
  Piece at(std::uint64_t offset) const override {
    const std::uint64_t turn = offset / turn_bytes;
    const std::uint64_t left = std::min(size(), (turn + 1) * turn_bytes) - offset;
    if (turn % 2 == 0) return content_.substr(offset, left);
    return FilePart{piece_missing_ && turn == 3 ? file_.parent_path() / "gone" : file_, offset, left};
  }

 private:
  static constexpr std::uint64_t turn_bytes = 99'991;
  const fs::path file_;
  const std::string& content_;
  const bool piece_missing_;
};

class Files : public ServerTest {
 protected:
  Files() {
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i * 7 % 26);
    std::ofstream(folder / "picture", std::ios::binary) << content;
    const auto picture = [this](Request&) -> Task<Result<Response>> {
      Response response;
      response.body = FileBody{folder / "picture", content.size()};
      co_return std::move(response.with("Content-Type", "image/jpeg").tagged("abc"));
    };
    router.add(Method::get, "/picture", picture);
    const auto gone = [this](Request&) -> Task<Result<Response>> {
      Response response;
      response.body = FileBody{folder / "gone", 5};
      co_return response;
    };
    router.add(Method::get, "/gone", gone);
    const auto pieced = [this](Request&) -> Task<Result<Response>> {
      Response response;
      response.body = PiecedBody(std::make_shared<const Patchwork>(folder / "picture", content, piece_missing));
      co_return std::move(response.with("Content-Type", "application/zip").tagged("abc"));
    };
    router.add(Method::get, "/pieced", pieced);
    const auto list = [](Request&) -> Task<Result<Response>> {
      Response response = Response::json("[" + std::string(5000, ' ') + "]");
      co_return std::move(response.tagged("v1"));
    };
    router.add(Method::get, "/list", list);
    router.add(Method::get, "/broken", [](Request&) -> Task<Result<Response>> {
      Response response = Response::json("{}");
      co_return std::move(response.with("X-Evil", "a\r\nSet-Cookie: b=c"));
    });
  }
  ~Files() override { fs::remove_all(folder); }

  static fs::path make_folder() {
    std::string name = fs::temp_directory_path() / "wujin-http-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    return name;
  }
  std::string ask(const std::string& path, const std::string& headers = "") {
    if (!server) start();
    return Client(server->port()).exchange("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
  }

  const fs::path folder = make_folder();
  std::string content = std::string(3'000'000, '\0');
  bool piece_missing = false;
};

TEST_F(Files, are_sent_whole) {
  const auto answer = ask("/picture");
  EXPECT_EQ(status_of(answer), 200u);
  EXPECT_TRUE(body_of(answer) == content);
  EXPECT_EQ(header_of(answer, "ETag"), "\"abc\"");
  EXPECT_EQ(header_of(answer, "Accept-Ranges"), "bytes");
}

TEST_F(Files, made_of_pieces_are_sent_whole) {
  const auto answer = ask("/pieced");
  EXPECT_EQ(status_of(answer), 200u);
  EXPECT_TRUE(body_of(answer) == content);
  Client client(server->port());
  client.send("HEAD /pieced HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const auto head = client.read_all();
  EXPECT_EQ(header_of(head, "Content-Length"), "3000000");
  EXPECT_EQ(body_of(head), "");
}

TEST_F(Files, made_of_pieces_end_short_where_a_piece_is_gone) {
  piece_missing = true;
  start();
  Client client(server->port());
  client.send("GET /pieced HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto answer = client.read_all();
  EXPECT_EQ(header_of(answer, "Content-Length"), "3000000");
  EXPECT_TRUE(body_of(answer) == content.substr(0, body_of(answer).size()));
  EXPECT_LT(body_of(answer).size(), content.size()) << "nothing stands in for what is missing";
}

TEST_F(Files, are_refused_to_who_goes_on_with_another) {
  for (const char* tags : {"\"abc\"", "\"x\", \"abc\"", "*"}) {
    EXPECT_EQ(status_of(ask("/picture", "If-Match: " + std::string(tags) + "\r\nRange: bytes=5-9\r\n")), 206u) << tags;
  }
  for (const char* tags : {"\"old\"", "W/\"abc\""}) {
    const auto answer = ask("/picture", "If-Match: " + std::string(tags) + "\r\nRange: bytes=5-9\r\nIf-None-Match: *\r\n");
    EXPECT_EQ(status_of(answer), 412u) << tags;
    EXPECT_THAT(answer, HasSubstr("file_changed"));
    EXPECT_THAT(answer, testing::Not(HasSubstr("Content-Range")));
  }
}

TEST_F(Files, are_sent_in_the_range_asked_for) {
  struct Case {
    const char* headers;
    unsigned status;
    std::size_t offset;
    std::size_t length;
  };
  const std::size_t all = content.size();
  const Case cases[] = {
      {"Range: bytes=0-0\r\n", 206, 0, 1},
      {"Range: bytes=10-19\r\n", 206, 10, 10},
      {"Range: bytes=2999990-\r\n", 206, 2'999'990, 10},
      {"Range: bytes=99980-300050\r\n", 206, 99'980, 200'071},
      {"Range: bytes=-5\r\n", 206, 2'999'995, 5},
      {"Range: bytes=0-9999999\r\n", 206, 0, all},
      {"Range: bytes=-9999999\r\n", 206, 0, all},
      {"Range: bytes=2999999-2999999\r\n", 206, 2'999'999, 1},
      {"Range: bytes=5-3\r\n", 200, 0, all},
      {"Range: bytes=a-b\r\n", 200, 0, all},
      {"Range: bytes=0-1,5-6\r\n", 200, 0, all},
      {"Range: lines=0-1\r\n", 200, 0, all},
      {"Range: bytes=0-1\r\nIf-Range: \"abc\"\r\n", 206, 0, 2},
      {"Range: bytes=0-1\r\nIf-Range: \"old\"\r\n", 200, 0, all},
      {"Range: bytes=0-1\r\nIf-Range: W/\"abc\"\r\n", 200, 0, all},
      {"Range: bytes=0-1\r\nIf-Range: Thu, 26 Oct 2023 01:00:00 GMT\r\n", 200, 0, all},
  };
  for (const Case& one : cases) {
    for (const char* path : {"/picture", "/pieced"}) {
      const auto answer = ask(path, one.headers);
      EXPECT_EQ(status_of(answer), one.status) << path << one.headers;
      EXPECT_TRUE(body_of(answer) == content.substr(one.offset, one.length)) << path << one.headers;
      if (one.status != 206) continue;
      EXPECT_EQ(header_of(answer, "Content-Range"),
                "bytes " + std::to_string(one.offset) + "-" + std::to_string(one.offset + one.length - 1) + "/3000000");
    }
  }
  for (const char* range : {"bytes=3000000-", "bytes=9999999-99999999", "bytes=-0"}) {
    const auto answer = ask("/picture", "Range: " + std::string(range) + "\r\n");
    EXPECT_EQ(status_of(answer), 416u) << range;
    EXPECT_EQ(header_of(answer, "Content-Range"), "bytes */3000000") << range;
  }
}

TEST_F(Files, are_not_sent_to_who_has_them) {
  for (const char* tags : {"\"abc\"", "W/\"abc\"", "\"x\", \"abc\"", "*"}) {
    const auto answer = ask("/picture", "If-None-Match: " + std::string(tags) + "\r\n");
    EXPECT_EQ(status_of(answer), 304u) << tags;
    EXPECT_EQ(body_of(answer), "");
    EXPECT_EQ(header_of(answer, "ETag"), "\"abc\"");
  }
  EXPECT_EQ(status_of(ask("/picture", "If-None-Match: \"old\"\r\n")), 200u);
  EXPECT_EQ(status_of(ask("/list", "If-None-Match: \"v1\"\r\n")), 304u);
}

TEST_F(Files, are_not_kept_waiting_for_by_a_client_that_does_not_read) {
  config.limits.pause = std::chrono::milliseconds(50);
  content.resize(20'000'000, 'x');  // more than any socket's buffers
  std::ofstream(folder / "picture", std::ios::binary) << content;
  start();
  Client client(server->port(), 4096);
  client.send("GET /picture HTTP/1.1\r\nHost: x\r\n\r\n");
  while (metrics.render().find("route=\"/picture\",method=\"GET\",status=\"2xx\"} 1") == std::string::npos)
    std::this_thread::yield();
  EXPECT_LT(body_of(client.read_all()).size(), content.size()) << "it was cut";
}

TEST_F(Files, that_are_gone_are_our_fault) {
  const auto answer = ask("/gone");
  EXPECT_EQ(status_of(answer), 500u);
  EXPECT_THAT(answer, testing::Not(HasSubstr(folder.string())));
}

TEST_F(Files, headers_that_would_break_the_line_are_never_sent) {
  const auto answer = ask("/broken");
  EXPECT_EQ(status_of(answer), 500u);
  EXPECT_THAT(answer, testing::Not(HasSubstr("Set-Cookie")));
}

TEST_F(Files, json_is_squeezed_for_who_takes_it) {
  const auto plain = ask("/list");
  EXPECT_EQ(body_of(plain).size(), 5002u);
  EXPECT_EQ(header_of(plain, "Vary"), "Accept-Encoding");
  EXPECT_EQ(body_of(ask("/list", "Accept-Encoding: br, gzip;q=0\r\n")).size(), 5002u);
  const auto squeezed = ask("/list", "Accept-Encoding: deflate, gzip;q=0.8\r\n");
  EXPECT_EQ(header_of(squeezed, "Content-Encoding"), "gzip");
  std::string text(6000, '\0');
  std::string packed = body_of(squeezed);
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(text.substr(0, stream.total_out), "[" + std::string(5000, ' ') + "]");
  inflateEnd(&stream);
}

class Tls : public Files {
 protected:
  Tls() {
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost -keyout " +
        (folder / "key.pem").string() + " -out " + (folder / "certificate.pem").string() + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
    config.tls = TlsFiles{folder / "certificate.pem", folder / "key.pem"};
    router.add(Method::get, "/secure",
               [](Request& request) -> Task<Result<Response>> { co_return Response::json(request.secure ? "true" : "false"); });
    const auto count = [](Request& request) -> Task<Result<Response>> {
      co_return Response::json(std::to_string(request.body.size()));
    };
    router.add(Method::post, "/things", count, {.body_limit = 2'000'000});
    start();
    context = SSL_CTX_new(TLS_client_method());
  }
  ~Tls() override { SSL_CTX_free(context); }

  // One request over a fresh TLS connection, all of the answer; empty when there is none.
  std::string ask_sealed(const std::string& bytes, int highest_version = 0, const char* protocol = nullptr) {
    const Client socket(server->port());
    SSL* ssl = SSL_new(context);
    SSL_set_fd(ssl, socket.descriptor());
    if (highest_version != 0) SSL_set_max_proto_version(ssl, highest_version);
    if (protocol)
      SSL_set_alpn_protos(ssl, reinterpret_cast<const unsigned char*>(protocol), static_cast<unsigned>(std::strlen(protocol)));
    std::string answer;
    if (SSL_connect(ssl) == 1) {
      std::size_t sent = 0;
      SSL_write_ex(ssl, bytes.data(), bytes.size(), &sent);
      char piece[65536];
      int got = 0;
      while ((got = SSL_read(ssl, piece, sizeof piece)) > 0) answer.append(piece, static_cast<std::size_t>(got));
      said_goodbye = SSL_get_error(ssl, got) == SSL_ERROR_ZERO_RETURN;
    }
    SSL_free(ssl);
    return answer;
  }

  SSL_CTX* context = nullptr;
  bool said_goodbye = false;
};

TEST_F(Tls, answers_over_a_certificate_and_says_so) {
  const auto answer = ask_sealed("GET /secure HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 0, "\x08http/1.1");
  EXPECT_EQ(body_of(answer), "true");
  EXPECT_TRUE(said_goodbye) << "else the client must fear that the end was cut off";
}

TEST_F(Tls, sends_and_takes_large_bodies) {
  const auto whole = ask_sealed("GET /picture HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_TRUE(body_of(whole) == content);
  EXPECT_TRUE(body_of(ask_sealed("GET /pieced HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == content);
  const auto part = ask_sealed("GET /picture HTTP/1.1\r\nHost: x\r\nConnection: close\r\nRange: bytes=100000-299999\r\n\r\n");
  EXPECT_TRUE(body_of(part) == content.substr(100'000, 200'000));
  const auto taken = ask_sealed("POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1500000\r\n\r\n" +
                                std::string(1'500'000, 'x'));
  EXPECT_EQ(body_of(taken), "1500000");
}

TEST_F(Tls, refuses_old_versions_and_foreign_protocols) {
  const std::string request = "GET /secure HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  EXPECT_EQ(body_of(ask_sealed(request, TLS1_2_VERSION)), "true");
  EXPECT_EQ(ask_sealed(request, TLS1_1_VERSION), "");
  EXPECT_EQ(ask_sealed(request, 0, "\x02h2"), "");
}

TEST_F(Tls, closes_on_plain_http) {
  Client client(server->port());
  client.send("GET /secure HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.read_all(), testing::Not(HasSubstr("HTTP/1.1 200")));
}

TEST_F(Tls, does_not_start_with_a_key_of_another_certificate) {
  const std::string command = "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1 -out " +
                              (folder / "other.pem").string() + " 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  OwnServer other;
  other.config.tls = TlsFiles{folder / "certificate.pem", folder / "other.pem"};
  EXPECT_THROW(other.start(), std::exception);
}

}  // namespace
}  // namespace wujin::http
