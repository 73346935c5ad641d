#pragma once

#include <array>
#include <memory>
#include <optional>
#include <variant>

#include "http/config.h"
#include "http/loop.h"
#include "http/request.h"
#include "http/request_parser.h"
#include "http/transport.h"

namespace wujin::http {

// The bytes of one connection as they come: heads are read from here, and whatever of a body or of the next request came along
// stays here until it is asked for.
class Intake {
 public:
  Intake(Transport& transport, const Limits& limits);

  std::string_view view() const { return {buffer_.get() + begin_, end_ - begin_}; }
  void consume(std::size_t count) { begin_ += count; }
  // Waits for more until `deadline`; false at the end of the stream, when cut, or when there is no room.
  Task<bool> fill(Transport::Moment deadline);

  struct NoRequest {};  // the peer ended or idled: nothing to answer
  using Head = std::variant<NoRequest, Problem, RequestHead>;
  // The next head. Problems: `malformed`, `header_too_large`, `timeout` in the middle of one.
  Task<Head> next_head(RequestParser& parser);

  Transport& transport() { return transport_; }

 private:
  static constexpr std::size_t capacity = 64 * 1024;  // reserved at once: growing it step by step costs dearly on large bodies

  Transport& transport_;
  const Limits& limits_;
  std::unique_ptr<char[]> buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

// The body of the request under way. Keeps the least rate, the limit and the promise of 100 Continue.
class Body final : public BodyStream {
 public:
  Body(Intake& intake, RequestParser& parser, Loop& loop, const Limits& limits, const RequestHead& head, std::uint64_t limit);
  ~Body() override;
  Body(const Body&) = delete;

  // Problems: `too_large` (chunked), `timeout`, `malformed` when the peer left or the coding is wrong. Final once told.
  Task<Result<std::span<const char>>> next() override;
  // All of it. `out` must stay.
  Task<Result<>> read_whole(std::string& out);
  // Takes away what the handler left as far as it has come already; false when more is to come and the connection has to go.
  bool discard();

  bool is_done() const;

 private:
  Task<Result<std::span<const char>>> next_of_length();
  Task<Result<std::span<const char>>> next_chunk();
  Task<bool> send_continue();
  Transport::Moment deadline() const;
  Problem ended() const;

  Intake& intake_;
  RequestParser& parser_;
  Loop& loop_;
  const Limits& limits_;
  const std::uint64_t limit_;
  std::uint64_t received_ = 0;
  std::uint64_t remaining_ = 0;  // when the length is known
  const bool is_chunked_;
  bool owes_continue_;
  std::optional<Problem> failure_;
  Transport::Moment started_;
  Loop::Piece piece_;
  std::string decoded_;
};

// A deadline that moves with what has been transferred, so that a crawl is cut and a slow line is not.
Transport::Moment pace_deadline(Transport::Moment started, std::uint64_t transferred, const Limits& limits);

}  // namespace wujin::http
