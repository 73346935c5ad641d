#include "mail/imap_opening.h"

#include <algorithm>

#include "base/text.h"

namespace wujin::mail {
namespace {

constexpr std::string_view capability = "CAPABILITY";

// What is said of capabilities while a command runs; kept only when it said any.
Listener listen_for_capabilities(Capabilities& into) {
  Listener listener;
  listener.on_response = [&into](const Response& response) {
    if (response.name != capability) return true;
    std::string words;
    for (const Value& value : response.values) words += value.text + " ";
    into.read(words);
    return true;
  };
  return listener;
}

// Signed in, a server may be able to do more: what it said before is asked anew.
Task<Result<>> learn_capabilities(Conversation& conversation, Capabilities& capabilities) {
  const Listener listener = listen_for_capabilities(capabilities);
  const Command command(capability);
  const auto answer = co_await conversation.ask(command, listener);
  if (!answer) co_return answer.error();
  if (!answer->is_ok()) co_return Problem(ProblemCode::mailbox_not_understood).because("CAPABILITY: " + answer->cause());
  co_return Result<>();
}

// The greeting, and TLS where it comes after it. What was said in the clear counts for nothing: it may be anybody's.
Task<Result<>> be_greeted(Conversation& conversation, Security security, Capabilities& capabilities) {
  const auto greeting = co_await conversation.greeting();
  if (!greeting) co_return greeting.error();
  const bool is_tls = security == Security::tls;
  if (greeting->name == "PREAUTH") {  // signed in as nobody knows whom, and too late for STARTTLS
    const auto code = is_tls ? ProblemCode::mailbox_not_understood : ProblemCode::mailbox_not_secure;
    co_return Problem(code).because("PREAUTH");
  }
  if (is_tls) {
    if (greeting->code == capability) capabilities.read(greeting->argument);
    co_return Result<>();
  }
  const Command command("STARTTLS");
  const auto answer = co_await conversation.ask(command);
  if (!answer) co_return answer.error();
  if (!answer->is_ok()) co_return Problem(ProblemCode::mailbox_not_secure).because("STARTTLS: " + answer->cause());
  conversation.wire().allow(conversation.limits().connect, conversation.limits().connect);
  co_return co_await conversation.wire().seal();
}

// SASL PLAIN (RFC 4616), the message with the command where that is known (RFC 4959).
Task<Result<Answer>> authenticate(Conversation& conversation, const Server& server, bool at_once, const Listener& listener) {
  constexpr char nought = '\0';
  const std::string message = to_base64(nought + server.login + nought + server.password);
  Command command("AUTHENTICATE PLAIN");
  if (at_once) {
    command.plain(message);
    co_return co_await conversation.ask(command, listener);
  }
  const auto begun = co_await conversation.begin(command);
  if (!begun) co_return begun.error();
  if (*begun) co_return **begun;
  co_return co_await conversation.go_on(message + "\r\n", listener);
}

Task<Result<Answer>> log_in(Conversation& conversation, const Server& server, const Listener& listener) {
  Command command("LOGIN");
  command.string(server.login).string(server.password);
  co_return co_await conversation.ask(command, listener);
}

Problem refused(const Answer& answer) {
  // The server's own trouble (RFC 5530) says nothing of the account.
  const bool is_passing =
      answer.code == "UNAVAILABLE" || answer.code == "INUSE" || answer.code == "LIMIT" || answer.code == "SERVERBUG";
  const auto code = is_passing ? ProblemCode::mailbox_dropped : ProblemCode::mailbox_login_refused;
  return Problem(code).because("signing in: " + answer.cause());
}

Task<Result<>> sign_in(Conversation& conversation, const Server& server, Capabilities& capabilities) {
  const std::string both = server.login + server.password;
  if (server.login.empty() || both.find('\0') != std::string::npos) {
    co_return Problem(ProblemCode::mailbox_login_refused).because("no login, or one with NUL");
  }
  Capabilities found;
  const Listener listener = listen_for_capabilities(found);
  const bool knows_plain = capabilities.has("AUTH=PLAIN");
  if (!knows_plain && capabilities.has("LOGINDISABLED")) {
    co_return Problem(ProblemCode::mailbox_login_refused).because("no way to sign in that is known here");
  }
  Result<Answer> answer = Answer{Verdict::bad};
  if (knows_plain) answer = co_await authenticate(conversation, server, capabilities.has("SASL-IR"), listener);
  // Once only with the same password: a second refusal would count against the account.
  if (answer && answer->verdict == Verdict::bad) answer = co_await log_in(conversation, server, listener);
  if (!answer) co_return answer.error();
  if (!answer->is_ok()) co_return refused(*answer);
  if (answer->code == capability) found.read(answer->argument);
  capabilities = std::move(found);
  if (!capabilities.names.empty()) co_return Result<>();
  co_return co_await learn_capabilities(conversation, capabilities);
}

// Who we are (RFC 2971). Whatever the server makes of it, it was said.
Task<Result<>> introduce(Conversation& conversation) {
  const Command command(R"(ID ("name" "Wujin" "version" "1" "vendor" "Wujin"))");
  const auto answer = co_await conversation.ask(command);
  if (!answer) co_return answer.error();
  co_return Result<>();
}

}  // namespace

void Capabilities::read(std::string_view words) {
  names.clear();
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    std::string name(words.substr(0, end));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    if (!name.empty()) names.insert(std::move(name));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

Task<Result<Opened>> open_conversation(Server server, ImapLimits limits) {
  auto wire = co_await Wire::connect(server.host, server.port, limits);
  if (!wire) co_return wire.error();
  (*wire)->allow(limits.connect, limits.connect);
  if (server.security == Security::tls) {
    const auto sealed = co_await (*wire)->seal();
    if (!sealed) co_return sealed.error();
    (*wire)->allow(limits.connect, limits.connect);
  }
  Opened opened;
  opened.conversation = std::make_unique<Conversation>(std::move(*wire), limits);
  Conversation& conversation = *opened.conversation;
  auto step = co_await be_greeted(conversation, server.security, opened.capabilities);
  if (step && opened.capabilities.names.empty()) step = co_await learn_capabilities(conversation, opened.capabilities);
  if (step) step = co_await sign_in(conversation, server, opened.capabilities);
  if (step && opened.capabilities.has("ID")) step = co_await introduce(conversation);
  if (!step) co_return step.error();
  co_return std::move(opened);
}

}  // namespace wujin::mail
