#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mail/imap_response.h"
#include "mail/imap_text.h"
#include "mail/imap_wire.h"

namespace wujin::mail {

// Where the bytes of one message go as they come.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual void take(std::string_view piece) = 0;
};

// What is made of the responses while a command runs. All that was not asked for is read over.
struct Listener {
  std::function<bool(const Response&)> on_response = [](const Response&) { return true; };  // false: it is not understood
  BodySink* body = nullptr;                                                                 // the first BODY[] of a FETCH
  LowestUids* search = nullptr;                                                             // the numbers of a SEARCH
};

enum class Verdict : std::uint8_t { ok, no, bad };

// How a command ended.
struct Answer {
  Verdict verdict = Verdict::ok;
  std::string code{};
  std::string argument{};

  bool is_ok() const { return verdict == Verdict::ok; }
  std::string cause() const;  // for the log: NO [NONEXISTENT]
};

// Commands and their answers over one wire, one at a time. Every failure ends it for good: mailbox_dropped (also by BYE),
// mailbox_too_slow, mailbox_not_understood, and too_large for a message beyond the limits whose size had been told wrongly.
class Conversation {
 public:
  Conversation(std::shared_ptr<Wire> wire, const ImapLimits& limits) : wire_(std::move(wire)), limits_(limits) {}

  Wire& wire() { return *wire_; }
  const ImapLimits& limits() const { return limits_; }

  Task<Result<Response>> greeting();
  Task<Result<Answer>> ask(Command command, const Listener& listener);
  Task<Result<Answer>> ask(Command command);

  // The same in two steps, for commands that go on once the server has said so: none then, else how it ended at once.
  Task<Result<std::optional<Answer>>> begin(Command command);
  Task<Result<Answer>> go_on(std::string line, const Listener& listener);  // writes it, and waits for the end
  Task<Result<Answer>> finish(const Listener& listener);

  // What the server says by the way of the folder that is open.
  std::uint32_t messages() const { return messages_; }
  bool has_news() const { return has_news_; }  // messages were added since take_news()
  bool take_news();
  void forget_folder();

 private:
  Task<Result<std::optional<Answer>>> send(Command command, const Listener& listener);
  Task<Result<std::optional<Answer>>> until_told_to_go_on(const Listener& listener);
  Task<Result<Response>> receive(const Listener& listener);
  Task<Result<>> receive_literal(RawResponse& raw, std::uint64_t size, BodySink* body);
  // The next response that is not untagged.
  Task<Result<Response>> next_step(const Listener& listener);
  Result<Answer> to_answer(const Response& response);
  void note(const Response& response);
  Problem fail(Problem problem);
  Problem fail(ProblemCode code, std::string cause) { return fail(Problem(code).because(std::move(cause))); }

  std::shared_ptr<Wire> wire_;
  ImapLimits limits_;
  std::uint64_t commands_ = 0;
  std::string tag_;
  std::uint32_t messages_ = 0;
  bool has_news_ = false;
  bool is_over_ = false;
};

}  // namespace wujin::mail
