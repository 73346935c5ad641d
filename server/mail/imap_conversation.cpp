#include "mail/imap_conversation.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace wujin::mail {
namespace {

constexpr std::size_t longest_response = 1u << 20;
constexpr std::size_t most_literals = 1000;
constexpr std::uint64_t largest_held_literal = 64 * 1024;
constexpr std::uint64_t slowest_bytes_a_second = 8 * 1024;

bool ends_in(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Whether the literal that follows is the whole of a message.
bool is_body_next(std::string_view text) {
  return text.find(" FETCH (") < text.find('(') && (ends_in(text, " BODY[] ") || ends_in(text, "(BODY[] "));
}

}  // namespace

std::string Answer::cause() const {
  constexpr std::size_t longest_code = 32;
  const std::string_view word = verdict == Verdict::ok ? "OK" : verdict == Verdict::no ? "NO" : "BAD";
  const bool is_plain = std::all_of(code.begin(), code.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == '-'; });
  if (code.empty() || code.size() > longest_code || !is_plain) return std::string(word);
  return fmt::format("{} [{}]", word, code);
}

Task<Result<Response>> Conversation::greeting() {
  const Listener nobody;
  auto response = co_await receive(nobody);
  if (!response) co_return response;
  if (response->kind != Response::Kind::untagged) co_return fail(ProblemCode::mailbox_not_understood, "greeting");
  if (response->name == "BYE") co_return fail(ProblemCode::mailbox_dropped, "BYE as greeting");
  if (response->name != "OK" && response->name != "PREAUTH") co_return fail(ProblemCode::mailbox_not_understood, "greeting");
  co_return response;
}

Task<Result<Answer>> Conversation::ask(Command command, const Listener& listener) {
  auto sent = co_await send(std::move(command), listener);
  if (!sent) co_return sent.error();
  if (*sent) co_return std::move(**sent);
  co_return co_await finish(listener);
}

Task<Result<Answer>> Conversation::ask(Command command) {
  const Listener nobody;
  co_return co_await ask(std::move(command), nobody);
}

Task<Result<std::optional<Answer>>> Conversation::begin(Command command) {
  const Listener nobody;
  auto sent = co_await send(std::move(command), nobody);
  if (!sent || *sent) co_return sent;
  co_return co_await until_told_to_go_on(nobody);
}

Task<Result<Answer>> Conversation::go_on(std::string line, const Listener& listener) {
  const auto written = co_await wire_->write(std::move(line));
  if (!written) co_return fail(written.error());
  co_return co_await finish(listener);
}

Task<Result<Answer>> Conversation::finish(const Listener& listener) {
  const auto response = co_await next_step(listener);
  if (!response) co_return response.error();
  co_return to_answer(*response);
}

bool Conversation::take_news() { return std::exchange(has_news_, false); }

void Conversation::forget_folder() {
  messages_ = 0;
  has_news_ = false;
}

Task<Result<std::optional<Answer>>> Conversation::send(Command command, const Listener& listener) {
  if (is_over_) co_return Problem(ProblemCode::mailbox_dropped).because("the session is over");
  wire_->allow(limits_.answer, limits_.command);
  tag_ = fmt::format("W{}", ++commands_);
  const auto& pieces = command.pieces();
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    std::string line = pieces[at] + "\r\n";
    if (at == 0) line.insert(0, tag_ + " ");
    const auto written = co_await wire_->write(std::move(line));
    if (!written) co_return fail(written.error());
    if (at + 1 == pieces.size()) break;
    auto ended = co_await until_told_to_go_on(listener);
    if (!ended || *ended) co_return ended;
  }
  co_return std::optional<Answer>();
}

Task<Result<std::optional<Answer>>> Conversation::until_told_to_go_on(const Listener& listener) {
  const auto response = co_await next_step(listener);
  if (!response) co_return response.error();
  if (response->kind == Response::Kind::go_on) co_return std::optional<Answer>();
  const auto answer = to_answer(*response);
  if (!answer) co_return answer.error();
  co_return std::optional<Answer>(*answer);
}

Task<Result<Response>> Conversation::next_step(const Listener& listener) {
  while (true) {
    auto response = co_await receive(listener);
    if (!response || response->kind != Response::Kind::untagged) co_return response;
    if (response->name == "BYE") co_return fail(ProblemCode::mailbox_dropped, "BYE");
    note(*response);
    const bool is_numbers = response->name == "SEARCH" && listener.search;
    if ((is_numbers && !listener.search->add(*response)) || !listener.on_response(*response)) {
      co_return fail(ProblemCode::mailbox_not_understood, "a response to a command");
    }
  }
}

Result<Answer> Conversation::to_answer(const Response& response) {
  if (response.kind != Response::Kind::tagged || response.tag != tag_) {
    return fail(ProblemCode::mailbox_not_understood, "not the answer to the command");
  }
  const bool is_known = response.name == "OK" || response.name == "NO" || response.name == "BAD";
  if (!is_known) return fail(ProblemCode::mailbox_not_understood, "an answer of its own kind");
  const Verdict verdict = response.name == "OK" ? Verdict::ok : response.name == "NO" ? Verdict::no : Verdict::bad;
  return Answer{verdict, response.code, response.argument};
}

Task<Result<Response>> Conversation::receive(const Listener& listener) {
  Wire::Shorten shorten_search = [&](std::string& line) { return listener.search->shorten(line); };
  const Wire::Shorten* shorten = listener.search ? &shorten_search : nullptr;
  BodySink* body = listener.body;
  RawResponse raw;
  while (true) {
    auto line = co_await wire_->read_line(shorten);
    if (!line) co_return fail(line.error());
    const bool may_hold = !raw.text.empty() || may_hold_literals(*line);
    const auto size = may_hold ? take_announced_literal(*line) : std::nullopt;
    raw.text += *line;
    if (raw.text.size() > longest_response || raw.literals.size() == most_literals || size == too_many) {
      co_return fail(ProblemCode::mailbox_not_understood, "a response without end");
    }
    if (!size) break;
    BodySink* sink = is_body_next(raw.text) ? std::exchange(body, nullptr) : nullptr;
    const auto received = co_await receive_literal(raw, *size, sink);
    if (!received) co_return received.error();
  }
  auto response = parse_response(raw);
  if (!response) co_return fail(ProblemCode::mailbox_not_understood, "a response that breaks the grammar");
  co_return std::move(*response);
}

Task<Result<>> Conversation::receive_literal(RawResponse& raw, std::uint64_t size, BodySink* body) {
  if (body && size > limits_.largest_message) {
    const std::vector<ProblemParameter> limit{{"limit", std::to_string(limits_.largest_message)}};
    co_return fail(Problem(ProblemCode::too_large, limit).because("a message larger than was told"));
  }
  wire_->allow(limits_.answer, limits_.command + std::chrono::seconds(size / slowest_bytes_a_second));
  Literal& literal = raw.literals.emplace_back();
  literal.at = raw.text.size();
  literal.size = size;
  const bool is_held = !body && size <= largest_held_literal;
  const Wire::Take take = [&](std::string_view piece) {
    if (body) body->take(piece);
    if (is_held) literal.bytes += piece;
  };
  is_over_ = true;  // should the disk fail, nobody knows where the next line starts
  const auto received = co_await wire_->read_bytes(size, take);
  is_over_ = false;
  if (!received) co_return fail(received.error());
  co_return Result<>();
}

void Conversation::note(const Response& response) {
  if (response.name == "EXISTS") {
    has_news_ = has_news_ || response.number > messages_;
    messages_ = response.number;
  }
  if (response.name == "EXPUNGE" && messages_ > 0) --messages_;
}

Problem Conversation::fail(Problem problem) {
  is_over_ = true;
  wire_->close();
  return problem;
}

}  // namespace wujin::mail
