#include "mailbox/mailboxes_api.h"

#include "base/json.h"
#include "base/text.h"
#include "http/if_match.h"
#include "mailbox/letter.h"
#include "mailbox/mailboxes_actions.h"
#include "mailbox/trial.h"
#include "people/refusals.h"
#include "replays/replays.h"

namespace wujin::mailbox {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct ServerAnswer {
  std::string host;
  int port = 993;
  mail::Security security = mail::Security::tls;
  std::string login;
  bool has_password = false;
};
BOOST_DESCRIBE_STRUCT(ServerAnswer, (), (host, port, security, login, has_password))

struct ProblemAnswer {
  std::string code;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ProblemAnswer, (), (code, text))

struct StateAnswer {
  std::optional<Instant> last_looked_at;
  std::optional<Instant> last_letter_at;
  std::optional<ProblemAnswer> problem;
  int waiting = 0;
};
BOOST_DESCRIBE_STRUCT(StateAnswer, (), (last_looked_at, last_letter_at, problem, waiting))

struct MailboxAnswer {
  PlaceId town;
  std::optional<ServerAnswer> server;
  std::string folder;
  Done done = Done::leave;
  std::optional<std::string> done_folder;
  bool receipts = true;
  bool enabled = false;
  StateAnswer state;
  bool can_send = false;
  std::string etag;
};
BOOST_DESCRIBE_STRUCT(MailboxAnswer, (), (town, server, folder, done, done_folder, receipts, enabled, state, can_send, etag))

struct StepAnswer {
  Step step = Step::reach;
  bool ok = true;
  std::optional<ProblemAnswer> problem;
};
BOOST_DESCRIBE_STRUCT(StepAnswer, (), (step, ok, problem))

struct TrialAnswer {
  std::vector<StepAnswer> steps;
  std::vector<std::string> folders;
  std::optional<std::int64_t> messages;
};
BOOST_DESCRIBE_STRUCT(TrialAnswer, (), (steps, folders, messages))

std::optional<ProblemAnswer> answer_of(const std::optional<Problem>& problem, Language language) {
  if (!problem) return std::nullopt;
  return ProblemAnswer{std::string(slug(problem->code())), sentence(problem->code(), problem->parameters(), language)};
}

MailboxAnswer answer_of(const PlaceId& town, const SeenMailbox& seen, Language language) {
  const MailboxSettings& settings = seen.kept.settings;
  MailboxAnswer answer;
  answer.town = town;
  if (settings.server) {
    const StoredServer& server = *settings.server;
    answer.server = ServerAnswer{server.host, server.port, server.security, server.login, !server.sealed_password.empty()};
  }
  answer.folder = settings.folder;
  answer.done = settings.done;
  answer.done_folder = settings.done_folder;
  answer.receipts = settings.receipts;
  answer.enabled = settings.enabled;
  answer.state = {seen.state.last_looked_at, seen.state.last_letter_at, answer_of(seen.state.problem, language), seen.waiting};
  answer.can_send = seen.can_send;
  answer.etag = etag_of(seen.kept);
  return answer;
}

TrialAnswer answer_of(const Trial& trial, Language language) {
  constexpr std::size_t most_folders = 1000;
  constexpr std::size_t longest_folder = 1000;
  TrialAnswer answer;
  for (const TriedStep& tried : trial.steps) {
    answer.steps.push_back({tried.step, tried.is_ok, answer_of(tried.problem, language)});
  }
  for (const std::string& folder : trial.folders) {
    const std::string name = kept_text(folder, longest_folder);
    if (!name.empty() && answer.folders.size() < most_folders) answer.folders.push_back(name);
  }
  if (trial.messages) answer.messages = *trial.messages;
  return answer;
}

Response response_of(const MailboxAnswer& answer) {
  Response response = Response::of(answer);
  response.with("ETag", answer.etag).with("Cache-Control", "no-store");
  return response;
}

PlaceId town_in(const Request& request) { return PlaceId{std::string(request.parameter("place"))}; }

Task<> note_refusal(const MailboxApiParts& parts, const Actor& actor, std::string_view verb, const PlaceId& town,
                    const Problem& problem) {
  const people::Refusals::Subject subject{verb, "mailbox", town.text(), town.text()};
  people::Refusals refusals(parts.database, parts.clock);
  co_await refusals.note(actor, subject, problem);
}

Task<Result<Response>> get(const MailboxApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const PlaceId town = town_in(request);
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    const auto seen = see_mailbox(snapshot, *actor, town, now);
    if (!seen) return seen.error();
    return response_of(answer_of(town, *seen, request.language));
  };
  auto response = co_await parts.database.read(std::cref(read));
  if (!response) co_await note_refusal(parts, *actor, "see_mailbox", town, response.error());
  co_return response;
}

Task<Result<Response>> put(const MailboxApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto change = decode_json<MailboxChange>(request.body);
  if (!change) co_return change.error();
  const PlaceId town = town_in(request);
  const auto etag = http::if_match_of(request);
  const Instant now = parts.clock.now();
  const auto attempt = replays::attempt(request, actor->account.uuid(), "mailbox/" + town.text());
  if (!attempt) co_return attempt.error();
  const MailboxTools tools{parts.key, parts.randomness, parts.changed};
  const auto act = [&](Transaction& transaction) -> Result<Response> {
    const auto seen = change_mailbox(transaction, tools, *actor, town, *change, etag, now);
    if (seen) return response_of(answer_of(town, *seen, request.language));
    Problem problem = seen.error();
    if (problem.code() == ProblemCode::stale || problem.code() == ProblemCode::if_match_required) {
      const auto current = see_mailbox(transaction, *actor, town, now);
      if (current) problem.carrying(encode_json(answer_of(town, *current, request.language)));
    }
    return problem;
  };
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    return replays::once(transaction, *attempt, now, [&] { return act(transaction); });
  };
  auto response = co_await parts.database.write(std::cref(write));
  if (!response) co_await note_refusal(parts, *actor, "change_mailbox", town, response.error());
  co_return response;
}

Task<Result<Response>> test(const MailboxApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const auto wanted = decode_json<TestRequest>(request.body);
  if (!wanted) co_return wanted.error();
  const PlaceId town = town_in(request);
  const Instant now = parts.clock.now();
  const auto find = [&](Snapshot& snapshot) { return server_to_try(snapshot, parts.key, *actor, town, *wanted, now); };
  const auto server = co_await parts.database.read(std::cref(find));
  if (!server) {
    co_await note_refusal(parts, *actor, "test_mailbox", town, server.error());
    co_return server.error();
  }
  const Trial trial = co_await try_mailbox(*server, *wanted, parts.limits);
  Response response = Response::of(answer_of(trial, request.language));
  response.with("Cache-Control", "no-store");
  co_return response;
}

}  // namespace

void add_mailbox_routes(http::Router& router, const MailboxApiParts& given) {
  const auto parts = std::make_shared<const MailboxApiParts>(given);
  router.add(Method::get, "/api/v1/mailboxes/{place}", [parts](Request& request) { return get(*parts, request); });
  router.add(Method::put, "/api/v1/mailboxes/{place}", [parts](Request& request) { return put(*parts, request); });
  router.add(Method::post, "/api/v1/mailboxes/{place}/test", [parts](Request& request) { return test(*parts, request); });
}

}  // namespace wujin::mailbox
