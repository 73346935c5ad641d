// What clients may do on the wire, well or badly: all on real sockets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/server_fixture.h"

namespace wujin::http {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Wire : public ServerTest {
 protected:
  Wire() {
    router.add(Method::get, "/thing", [](Request&) -> Task<Result<Response>> { co_return Response::json("{\"thing\":1}"); });
    router.add(Method::get, "/echo", [](Request& request) -> Task<Result<Response>> {
      std::string text;
      for (const auto& [name, value] : request.query) text += name + "=" + value + ";";
      co_return Response::json(text);
    });
    const auto count = [](Request& request) -> Task<Result<Response>> {
      co_return Response::json(std::to_string(request.body.size()), Status::created);
    };
    router.add(Method::post, "/things", count, {.body_limit = 100});
    const auto total = [](Request& request) -> Task<Result<Response>> {
      std::size_t bytes = 0;
      while (true) {
        const auto piece = co_await request.stream->next();
        if (!piece) co_return piece.error();
        if (piece->empty()) break;
        bytes += piece->size();
      }
      co_return Response::json(std::to_string(bytes));
    };
    router.add(Method::put, "/stream", total, {.body_limit = 5'000'000, .streams = true});
    const auto ignore = [](Request&) -> Task<Result<Response>> { co_return Problem(ProblemCode::forbidden); };
    router.add(Method::put, "/ignored", ignore, {.body_limit = 50'000'000, .streams = true});
  }
  std::string ask(std::string_view bytes) {
    if (!server) start();
    return Client(server->port()).exchange(bytes);
  }
};

TEST_F(Wire, refuses_what_is_no_request) {
  struct Case {
    std::string bytes;
    unsigned status;
  };
  const std::string host = "Host: x\r\n";
  const Case cases[] = {
      {"nonsense\r\n\r\n", 400},
      {"GET\r\n\r\n", 400},
      {"GET /thing\r\n\r\n", 400},
      {"GET /thing HTTP/9.9\r\n" + host + "\r\n", 400},
      {"GET /thing HTTP/0.9\r\n" + host + "\r\n", 400},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400},
      {"\x16\x03\x01\x02\x00\x01", 400},
      {"GET /thing HTTP/1.1\n" + host + "\n", 400},
      {"GET /thing HTTP/1.1\r\nHost : x\r\n\r\n", 400},
      {"GET /thing HTTP/1.1\r\n" + host + "Folded: a\r\n b\r\n\r\n", 400},
      {"GET /thing HTTP/1.1\r\n" + host + "No colon\r\n\r\n", 400},
      {"GET /thing HTTP/1.1\r\n" + host + "Na\x01me: x\r\n\r\n", 400},
      {"GET /thing HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n"s, 400},
      {"GET /thing HTTP/1.1\r\n\r\n", 400},
      {"GET /thing HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"GET thing HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /../thing HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /%2e%2e/thing HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /a%2fthing HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /a%5cthing HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /%00 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /%zz HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /% HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /%ff HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /thing#x HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET /echo?a=%ff HTTP/1.1\r\n" + host + "\r\n", 400},
      {"BREW /thing HTTP/1.1\r\n" + host + "\r\n", 405},
      {"GET /nothing HTTP/1.1\r\n" + host + "\r\n", 404},
      {"GET /thing/ HTTP/1.1\r\n" + host + "\r\n", 404},
      {"DELETE /thing HTTP/1.1\r\n" + host + "\r\n", 405},
  };
  for (const Case& one : cases) {
    const auto answer = ask(one.bytes);
    EXPECT_EQ(status_of(answer), one.status) << one.bytes << "\n" << answer;
    EXPECT_EQ(header_of(answer, "Content-Type"), "application/problem+json") << one.bytes;
    EXPECT_THAT(body_of(answer), HasSubstr("\"request_id\":\"" + header_of(answer, "X-Request-Id"))) << one.bytes;
  }
}

// Whatever two servers in a row might cut differently is refused, and nothing after it on that connection is read.
TEST_F(Wire, refuses_to_be_smuggled_past) {
  const std::string tail = "\r\n5\r\nhello\r\n0\r\n\r\nGET /thing HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const std::string& headers :
       {std::string("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
        std::string("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        std::string("Content-Length: 5\r\nContent-Length: 5\r\n"), std::string("Content-Length: 5\r\nContent-Length: 6\r\n"),
        std::string("Content-Length: 5, 5\r\n"), std::string("Content-Length: +5\r\n"), std::string("Content-Length: -1\r\n"),
        std::string("Content-Length: 5 \x0b\r\n"), std::string("Content-Length: 0x5\r\n"),
        std::string("Content-Length: 18446744073709551621\r\n"), std::string("Transfer-Encoding: gzip, chunked\r\n"),
        std::string("Transfer-Encoding: chunked, chunked\r\n"), std::string("Transfer-Encoding: identity\r\n"),
        std::string("Transfer-Encoding: xchunked\r\n"),
        std::string("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
        std::string("Transfer-Encoding:\x0b"
                    "chunked\r\n")}) {
    if (!server) start();
    Client client(server->port());
    client.send("POST /things HTTP/1.1\r\nHost: x\r\n" + headers + tail);
    const auto answers = client.read_all();
    EXPECT_EQ(status_of(answers), 400u) << headers << answers;
    EXPECT_THAT(answers, Not(HasSubstr("{\"thing\":1}"))) << headers;
  }
  const auto old = ask("POST /things HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(old), 400u);
}

TEST_F(Wire, refuses_chunks_that_are_none) {
  for (const std::string& body :
       {std::string("z\r\nhello\r\n0\r\n\r\n"), std::string("5\nhello\n0\n\n"), std::string("5\r\nhelloo\r\n0\r\n\r\n"),
        std::string("-5\r\nhello\r\n0\r\n\r\n"), std::string("11111111111111111\r\n")}) {
    EXPECT_EQ(status_of(ask("POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body)), 400u) << body;
  }
}

TEST_F(Wire, reads_bodies_of_every_framing) {
  EXPECT_EQ(body_of(ask("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello")), "5");
  EXPECT_EQ(body_of(ask("POST /things HTTP/1.1\r\nHost: x\r\n\r\n")), "0");
  EXPECT_EQ(
      body_of(ask(
          "POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n")),
      "11");
}

TEST_F(Wire, answers_too_large_before_it_reads) {
  const auto announced = ask("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n");
  EXPECT_EQ(status_of(announced), 413u);
  EXPECT_THAT(body_of(announced), HasSubstr("100"));
  const auto chunked = ask("POST /things HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" +
                           std::string(101, 'x') + "\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(chunked), 413u);
}

TEST_F(Wire, is_heard_by_a_client_that_is_still_sending) {
  start();
  Client client(server->port());
  client.send("PUT /ignored HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n");
  client.send(std::string(3'000'000, 'x'));
  EXPECT_EQ(status_of(client.read_all()), 403u);
}

TEST_F(Wire, asks_for_the_body_only_when_it_wants_it) {
  start();
  Client client(server->port());
  client.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_THAT(client.read_answer(false), StartsWith("HTTP/1.1 100 "));
  client.send("hello");
  EXPECT_EQ(body_of(client.read_answer()), "5");
  Client large(server->port());
  large.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status_of(large.read_all()), 413u);
}

TEST_F(Wire, refuses_headers_without_end) {
  const auto long_line = ask("GET /thing HTTP/1.1\r\nHost: x\r\nLong: " + std::string(17'000, 'x') + "\r\n\r\n");
  EXPECT_EQ(status_of(long_line), 431u);
  EXPECT_EQ(status_of(ask("GET /" + std::string(17'000, 'x') + " HTTP/1.1\r\n")), 431u);
  std::string many = "GET /thing HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 200; ++i) many += "A: b\r\n";
  EXPECT_EQ(status_of(ask(many + "\r\n")), 400u);
}

TEST_F(Wire, answers_pipelined_requests_in_order) {
  start();
  Client client(server->port());
  client.send(
      "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabcGET /thing HTTP/1.1\r\nHost: x\r\n\r\n"
      "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n\r\nGET /echo?n=4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "3");
  EXPECT_EQ(body_of(client.read_answer()), "{\"thing\":1}");
  EXPECT_EQ(status_of(client.read_answer()), 404u);
  EXPECT_EQ(body_of(client.read_answer()), "n=4;");
  EXPECT_EQ(client.read_all(), "");
}

TEST_F(Wire, answers_a_client_that_has_closed_its_half) {
  start();
  Client client(server->port());
  client.send("GET /thing HTTP/1.1\r\nHost: x\r\n\r\n");
  client.end();
  EXPECT_EQ(body_of(client.read_all()), "{\"thing\":1}");
  Client cut(server->port());
  cut.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel");
  cut.end();
  EXPECT_EQ(status_of(cut.read_all()), 400u);
}

TEST_F(Wire, cuts_a_client_that_sends_a_byte_at_a_time) {
  config.limits.header = std::chrono::milliseconds(60);
  config.limits.pause = std::chrono::milliseconds(60);
  config.limits.least_rate = 100'000;
  start();
  Client header(server->port());
  header.send("GET /thing HTTP/1.1\r\n");
  EXPECT_EQ(status_of(header.read_all()), 408u);
  Client silent(server->port());
  silent.send("PUT /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_EQ(status_of(silent.read_all()), 408u);
  // Every byte comes well within the pause; it is the rate that is too low.
  Client crawling(server->port());
  crawling.send("PUT /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
  std::string answer;
  for (int i = 0; i < 100'000 && answer.empty(); ++i) {
    crawling.send("x");
    answer = crawling.read_within(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(status_of(answer), 408u);
}

TEST_F(Wire, closes_an_idle_connection_without_a_word) {
  config.limits.idle = std::chrono::milliseconds(500);  // a busy machine must still get the first request through
  start();
  Client client(server->port());
  EXPECT_EQ(status_of(client.exchange("GET /thing HTTP/1.1\r\nHost: x\r\n\r\n")), 200u);
  EXPECT_EQ(client.read_all(), "");
}

TEST_F(Wire, streams_a_large_body) {
  start();
  Client client(server->port());
  client.send("PUT /stream HTTP/1.1\r\nHost: x\r\nContent-Length: 4000000\r\n\r\n");
  client.send(std::string(4'000'000, 'x'));
  EXPECT_EQ(body_of(client.read_answer()), "4000000");
  client.send("PUT /stream HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 20; ++i) client.send("186a0\r\n" + std::string(100'000, 'x') + "\r\n");
  client.send("0\r\n\r\n");
  EXPECT_EQ(body_of(client.read_answer()), "2000000");
}

TEST_F(Wire, keeps_old_clients_only_when_they_ask) {
  const auto old = ask("GET /thing HTTP/1.0\r\n\r\n");
  EXPECT_EQ(status_of(old), 200u);
  EXPECT_EQ(header_of(old, "Connection"), "close");
}

TEST_F(Wire, answers_head_as_get_without_the_body) {
  start();
  Client client(server->port());
  client.send("HEAD /thing HTTP/1.1\r\nHost: x\r\n\r\nGET /echo?a=b HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client.read_answer(false);
  EXPECT_EQ(header_of(head, "Content-Length"), "11");
  EXPECT_EQ(body_of(client.read_answer()), "a=b;");
}

TEST_F(Wire, says_which_methods_a_path_has) {
  const auto options = ask("OPTIONS /thing HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(options), 204u);
  EXPECT_EQ(header_of(options, "Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(header_of(ask("PUT /thing HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"), "Allow"), "GET, HEAD, OPTIONS");
}

TEST_F(Wire, decodes_the_query) {
  EXPECT_EQ(body_of(ask("GET /echo?a=%E4%B8%89+b&c&&d==e HTTP/1.1\r\nHost: x\r\n\r\n")), "a=三 b;c=;d==e;");
  EXPECT_EQ(body_of(ask("GET http://x/echo?a=1 HTTP/1.1\r\nHost: x\r\n\r\n")), "a=1;");
}

TEST_F(Wire, refuses_writes_begun_by_other_sites) {
  config.allowed_origins = {"https://friend.example"};
  struct Case {
    std::string headers;
    unsigned status;
  };
  const Case cases[] = {{"", 201},
                        {"Origin: http://town.example:8080\r\n", 201},
                        {"Origin: https://town.example:8080\r\nSec-Fetch-Site: same-origin\r\n", 201},
                        {"Sec-Fetch-Site: none\r\n", 201},
                        {"Origin: https://friend.example\r\nSec-Fetch-Site: cross-site\r\n", 201},
                        {"Origin: http://town.example\r\n", 421},
                        {"Origin: http://evil.example\r\n", 421},
                        {"Origin: http://evil.town.example:8080\r\n", 421},
                        {"Origin: null\r\n", 421},
                        {"Sec-Fetch-Site: cross-site\r\n", 421},
                        {"Sec-Fetch-Site: same-site\r\nOrigin: http://town.example:8080\r\n", 421}};
  for (const Case& one : cases) {
    const auto answer = ask("POST /things HTTP/1.1\r\nHost: town.example:8080\r\nContent-Length: 1\r\n" + one.headers + "\r\nx");
    EXPECT_EQ(status_of(answer), one.status) << one.headers << answer;
  }
}

TEST_F(Wire, answers_only_for_its_own_names) {
  config.allowed_hosts = {"town.example"};
  for (const char* host : {"town.example", "TOWN.example:8080", "localhost:9", "127.0.0.1:80", "[::1]:80"}) {
    EXPECT_EQ(status_of(ask("GET /thing HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")), 200u) << host;
  }
  for (const char* host : {"evil.example", "town.example.evil.example", "", "10.0.0.1"}) {
    EXPECT_EQ(status_of(ask("GET /thing HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n")), 421u) << host;
  }
}

TEST_F(Wire, lets_requests_under_way_finish_when_it_stops) {
  start();
  Client client(server->port());
  client.send("POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
  client.read_answer(false);  // it is under way
  Client idle(server->port());
  idle.exchange("GET /thing HTTP/1.1\r\nHost: x\r\n\r\n");
  std::thread stopping([&] { server->stop(); });
  EXPECT_EQ(idle.read_all(), "") << "nothing is lost with an idle connection";
  client.send("hello");
  const auto answer = client.read_all();
  EXPECT_EQ(body_of(answer), "5");
  EXPECT_EQ(header_of(answer, "Connection"), "close");
  stopping.join();
}

TEST_F(Wire, writes_one_line_a_request_that_names_nobody) {
  const auto answer = ask("GET /nothing/of/Wang?phone=13800000000 HTTP/1.1\r\nHost: x\r\nCookie: s=secret\r\n\r\n");
  const std::string id = header_of(answer, "X-Request-Id");
  ask("GET /thing HTTP/1.1\r\nHost: x\r\n\r\n");
  server->stop();
  EXPECT_THAT(log_text.str(), HasSubstr("request=" + id + " method=GET route=- status=404"));
  EXPECT_THAT(log_text.str(), HasSubstr("route=/thing status=200"));
  for (const char* secret : {"Wang", "13800000000", "secret", "127.0.0.1"}) EXPECT_THAT(log_text.str(), Not(HasSubstr(secret)));
}

TEST_F(Wire, counts_what_it_answers) {
  for (int i = 0; i < 3; ++i) ask("GET /thing HTTP/1.1\r\nHost: x\r\n\r\n");
  ask("GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  metrics.counter("wujin_tries_total", "Tries.", "kind=\"good\"").add(2);
  metrics.counter("wujin_others_total", "Others.").add();
  metrics.counter("wujin_tries_total", "Tries.", "kind=\"bad\"").add();
  metrics.gauge("wujin_depth", "Depth.", [] { return 1.5; });
  server->stop();
  const std::string text = metrics.render();
  EXPECT_THAT(text, HasSubstr("wujin_http_requests_total{route=\"/thing\",method=\"GET\",status=\"2xx\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("wujin_http_requests_total{route=\"\",method=\"\",status=\"4xx\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("wujin_http_request_seconds_bucket{route=\"/thing\",method=\"GET\",le=\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("wujin_http_requests_in_flight 0\n"));
  EXPECT_THAT(text, HasSubstr("wujin_tries_total{kind=\"good\"} 2\nwujin_tries_total{kind=\"bad\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("wujin_depth 1.5\n"));
  EXPECT_THAT(text, HasSubstr("process_resident_memory_bytes "));
}

}  // namespace
}  // namespace wujin::http
