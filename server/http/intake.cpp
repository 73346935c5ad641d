#include "http/intake.h"

#include <cstring>

namespace wujin::http {
namespace {

using Steady = std::chrono::steady_clock;

}  // namespace

Transport::Moment pace_deadline(Transport::Moment started, std::uint64_t transferred, const Limits& limits) {
  const auto owed = std::chrono::milliseconds(transferred * 1000 / std::max<std::uint64_t>(1, limits.least_rate));
  return std::min(Steady::now() + limits.pause, started + limits.pause + owed);
}

Intake::Intake(Transport& transport, const Limits& limits)
    : transport_(transport), limits_(limits), buffer_(std::make_unique_for_overwrite<char[]>(capacity)) {}

Task<bool> Intake::fill(Transport::Moment deadline) {
  if (begin_ == end_) begin_ = end_ = 0;
  if (end_ == capacity && begin_ > 0) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == capacity) co_return false;
  transport_.wait_until(deadline);
  const std::span<char> room(buffer_.get() + end_, capacity - end_);
  const std::size_t got = co_await transport_.read_some(room);
  end_ += got;
  co_return got > 0;
}

Task<Intake::Head> Intake::next_head(RequestParser& parser) {
  auto deadline = Steady::now() + (view().empty() ? limits_.idle : limits_.header);
  bool has_begun = !view().empty();
  std::size_t seen = 0;
  while (true) {
    while (seen == 0 && view().starts_with("\r\n")) consume(2);  // RFC 9112: an empty line before a request is forgiven
    const std::string_view bytes = view();
    const auto end = find_head_end(bytes, seen);
    if (!end) co_return Head(end.error());
    if (*end && **end <= limits_.header_bytes) {
      auto head = parser.parse_head(bytes.substr(0, **end));
      if (!head) co_return Head(head.error());
      consume(**end);
      co_return Head(std::move(*head));
    }
    if (*end || bytes.size() > limits_.header_bytes) co_return Head(Problem(ProblemCode::header_too_large));
    seen = bytes.size();
    if (!has_begun && seen > 0) {
      has_begun = true;
      deadline = Steady::now() + limits_.header;
    }
    if (co_await fill(deadline)) continue;
    if (has_begun && transport_.is_cut()) co_return Head(Problem(ProblemCode::timeout));
    co_return Head(NoRequest());
  }
}

Body::Body(Intake& intake, RequestParser& parser, Loop& loop, const Limits& limits, const RequestHead& head, std::uint64_t limit)
    : intake_(intake),
      parser_(parser),
      loop_(loop),
      limits_(limits),
      limit_(limit),
      remaining_(head.content_length.value_or(0)),
      is_chunked_(head.chunked),
      owes_continue_(head.expects_continue && (head.chunked || remaining_ > 0)),
      started_(Steady::now()) {}

Body::~Body() { loop_.give_back(std::move(piece_)); }

bool Body::is_done() const { return is_chunked_ ? parser_.is_body_done() : remaining_ == 0; }

Transport::Moment Body::deadline() const { return pace_deadline(started_, received_, limits_); }

Problem Body::ended() const {
  if (intake_.transport().is_cut()) return Problem(ProblemCode::timeout);
  return Problem(ProblemCode::malformed, {{"what", "body"}});
}

Task<bool> Body::send_continue() {
  if (!owes_continue_) co_return true;
  owes_continue_ = false;
  static constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
  std::span<const char> rest(line);
  const std::span<const char> nothing;
  while (!rest.empty()) {
    intake_.transport().wait_until(Steady::now() + limits_.pause);
    const std::size_t sent = co_await intake_.transport().write_some(rest, nothing);
    if (sent == 0) co_return false;
    rest = rest.subspan(sent);
  }
  co_return true;
}

Task<Result<std::span<const char>>> Body::next() {
  if (failure_) co_return *failure_;
  if (is_done()) co_return std::span<const char>();
  if (!co_await send_continue()) {
    failure_ = ended();
    co_return *failure_;
  }
  Result<std::span<const char>> piece = std::span<const char>();
  if (is_chunked_) {
    piece = co_await next_chunk();
  } else {
    piece = co_await next_of_length();
  }
  if (!piece) failure_ = piece.error();
  co_return piece;
}

Task<Result<std::span<const char>>> Body::next_of_length() {
  std::span<const char> bytes(intake_.view());
  if (!bytes.empty()) {
    bytes = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), remaining_)));
    intake_.consume(bytes.size());
  } else {
    if (!piece_) piece_ = loop_.borrow_piece();
    const std::span<char> room(piece_.get(), static_cast<std::size_t>(std::min<std::uint64_t>(Loop::piece_bytes, remaining_)));
    intake_.transport().wait_until(deadline());
    const std::size_t got = co_await intake_.transport().read_some(room);
    if (got == 0) co_return ended();
    bytes = room.first(got);
  }
  remaining_ -= bytes.size();
  received_ += bytes.size();
  co_return bytes;
}

Task<Result<std::span<const char>>> Body::next_chunk() {
  decoded_.clear();
  while (true) {
    const auto taken = parser_.parse_body(intake_.view(), decoded_);
    if (!taken) co_return taken.error();
    intake_.consume(*taken);
    received_ += decoded_.size();
    if (received_ > limit_) co_return Problem(ProblemCode::too_large, {{"limit", std::to_string(limit_)}});
    if (!decoded_.empty() || parser_.is_body_done()) co_return std::span<const char>(decoded_);
    if (!co_await intake_.fill(deadline())) co_return ended();
  }
}

Task<Result<>> Body::read_whole(std::string& out) {
  if (!is_chunked_) out.reserve(static_cast<std::size_t>(remaining_));
  while (true) {
    const auto piece = co_await next();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return Result<>();
    out.append(piece->data(), piece->size());
  }
}

bool Body::discard() {
  if (is_done()) return true;
  if (failure_) return false;
  if (is_chunked_) {
    decoded_.clear();
    const auto taken = parser_.parse_body(intake_.view(), decoded_);
    if (!taken) return false;
    intake_.consume(*taken);
  } else {
    const auto here = std::min<std::uint64_t>(intake_.view().size(), remaining_);
    intake_.consume(static_cast<std::size_t>(here));
    remaining_ -= here;
  }
  return is_done();
}

}  // namespace wujin::http
