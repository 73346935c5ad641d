#include "http/server.h"

#include <gmock/gmock.h>

#include "http/server_fixture.h"

namespace wujin::http {
namespace {

using testing::HasSubstr;

class Answers : public ServerTest {
 protected:
  Answers() {
    router.add(Method::get, "/things/{thing}", [](Request& request) -> Task<Result<Response>> {
      co_return Response::json("{\"thing\":\"" + std::string(request.parameter("thing")) + "\"}");
    });
    router.add(Method::post, "/things",
               [](Request& request) -> Task<Result<Response>> {
                 co_return Response::json(std::to_string(request.body.size()), Status::created);
               },
               {.body_limit = 100});
    router.add(Method::get, "/broken", [](Request&) -> Task<Result<Response>> {
      throw std::runtime_error("a secret cause");
      co_return Response::empty();
    });
    router.add(Method::get, "/refused", [](Request&) -> Task<Result<Response>> { co_return Problem(ProblemCode::forbidden); });
    start();
  }
  std::string ask(std::string_view bytes) {
    Client client(server->port());
    return client.exchange(bytes);
  }
};

TEST_F(Answers, a_route_with_its_parameter_decoded) {
  const auto answer = ask("GET /things/%E4%B8%89%E7%BB%84 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200u);
  EXPECT_EQ(body_of(answer), "{\"thing\":\"三组\"}");
  EXPECT_EQ(header_of(answer, "Content-Type"), "application/json");
  EXPECT_EQ(header_of(answer, "X-Request-Id").size(), 16u);
  EXPECT_EQ(header_of(answer, "X-Content-Type-Options"), "nosniff");
}

TEST_F(Answers, two_requests_on_one_connection) {
  Client client(server->port());
  EXPECT_EQ(body_of(client.exchange("GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n")), "{\"thing\":\"1\"}");
  EXPECT_EQ(body_of(client.exchange("GET /things/2 HTTP/1.1\r\nHost: x\r\n\r\n")), "{\"thing\":\"2\"}");
}

TEST_F(Answers, an_exception_as_internal_without_its_cause) {
  const auto answer = ask("GET /broken HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\n\r\n");
  EXPECT_EQ(status_of(answer), 500u);
  EXPECT_THAT(body_of(answer), HasSubstr("\"code\":\"internal\""));
  EXPECT_THAT(body_of(answer), testing::Not(HasSubstr("secret")));
}

TEST_F(Answers, a_problem_in_the_language_asked_for) {
  EXPECT_THAT(ask("GET /refused HTTP/1.1\r\nHost: x\r\n\r\n"), HasSubstr("没有这项权限"));
  EXPECT_THAT(ask("GET /refused HTTP/1.1\r\nHost: x\r\nAccept-Language: en-GB, zh;q=0.5\r\n\r\n"), HasSubstr("no right"));
}

}  // namespace
}  // namespace wujin::http
