#include "mailbox/senders_api.h"

#include <memory>
#include <optional>

#include "base/json.h"
#include "mailbox/senders_actions.h"
#include "people/refusals.h"
#include "places/place_store.h"
#include "replays/replays.h"

namespace wujin::mailbox {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct RememberedSenderAnswer {
  std::string address;
  PlaceId place;
  std::optional<std::string> place_name;
  Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(RememberedSenderAnswer, (), (address, place, place_name, updated_at))

struct SenderListAnswer {
  std::vector<RememberedSenderAnswer> items;
};
BOOST_DESCRIBE_STRUCT(SenderListAnswer, (), (items))

PlaceId town_in(const Request& request) { return PlaceId{std::string(request.parameter("place"))}; }

SenderListAnswer answer_of(const std::vector<RememberedSender>& senders, const places::Tree& tree) {
  SenderListAnswer answer;
  for (const auto& sender : senders) {
    const auto* place = tree.find(sender.place);
    answer.items.push_back(
        {sender.address, sender.place, place != nullptr ? std::optional(place->name) : std::nullopt, sender.updated_at});
  }
  return answer;
}

Task<> note_refusal(const SenderApiParts& parts, const Actor& actor, std::string_view verb, const PlaceId& town,
                    const Problem& problem) {
  const people::Refusals::Subject subject{verb, "letter_sender", town.text(), town.text()};
  people::Refusals refusals(parts.database, parts.clock);
  co_await refusals.note(actor, subject, problem);
}

Task<Result<Response>> list(const SenderApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const PlaceId town = town_in(request);
  const Instant now = parts.clock.now();
  const auto read = [&](Snapshot& snapshot) -> Result<Response> {
    const auto senders = see_senders(snapshot, *actor, town, now);
    if (!senders) return senders.error();
    Response response = Response::of(answer_of(*senders, places::read_tree(snapshot, china_date(now))));
    response.with("Cache-Control", "no-store");
    return response;
  };
  auto response = co_await parts.database.read(std::cref(read));
  if (!response) co_await note_refusal(parts, *actor, "see_senders", town, response.error());
  co_return response;
}

Result<KnownSender> sender_in(const Request& request) {
  const auto address = request.query_value("address");
  if (!address || address->empty()) return Problem::at("address", ProblemCode::required);
  const auto of = request.query_value("of");
  if (!of || of->empty()) return Problem::at("of", ProblemCode::required);
  return KnownSender{kept_address(*address), PlaceId{std::string(*of)}};
}

Task<Result<Response>> forget(const SenderApiParts& parts, Request& request) {
  const auto actor = co_await parts.sessions.actor_of(request);
  if (!actor) co_return actor.error();
  const PlaceId town = town_in(request);
  const auto sender = sender_in(request);
  if (!sender) co_return sender.error();
  const Instant now = parts.clock.now();
  const auto attempt = replays::attempt(request, actor->account.uuid(), "senders/" + town.text());
  if (!attempt) co_return attempt.error();
  // What was learned again meanwhile may be forgotten again.
  const auto write = [&](Transaction& transaction) -> Result<Response> {
    return replays::once_if_keyed(transaction, *attempt, now, [&]() -> Result<Response> {
      const auto forgotten = forget_sender_of_town(transaction, *actor, town, *sender, now);
      if (!forgotten) return forgotten.error();
      return Response::empty();
    });
  };
  auto response = co_await parts.database.write(std::cref(write));
  if (!response) co_await note_refusal(parts, *actor, "forget_sender", town, response.error());
  co_return response;
}

}  // namespace

void add_sender_routes(http::Router& router, const SenderApiParts& given) {
  const auto parts = std::make_shared<const SenderApiParts>(given);
  const std::string_view at = "/api/v1/mailboxes/{place}/senders";
  router.add(Method::get, at, [parts](Request& request) { return list(*parts, request); });
  router.add(Method::delete_, at, [parts](Request& request) { return forget(*parts, request); });
}

}  // namespace wujin::mailbox
