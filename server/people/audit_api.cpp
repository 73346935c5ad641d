#include "people/audit_api.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "base/json.h"
#include "http/page_limit.h"
#include "people/accounts_store.h"
#include "people/audit_actions.h"
#include "people/page.h"
#include "places/place_store.h"

namespace wujin::people {
namespace {

using http::Method;
using http::Request;
using http::Response;

struct EntryAnswer {
  std::int64_t id = 0;
  Instant at{};
  std::optional<Uuid> person;
  std::optional<std::string> person_name;
  std::string action;
  std::optional<std::string> subject_kind, subject, place, place_name;
  audit::Outcome result = audit::Outcome::done;
  std::optional<std::string> request_id, reason, before, after;
  bool sealed = false;
};
BOOST_DESCRIBE_STRUCT(EntryAnswer, (),
                      (id, at, person, person_name, action, subject_kind, subject, place, place_name, result, request_id, reason,
                       before, after, sealed))

struct EntryList {
  std::vector<EntryAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(EntryList, (), (items, next_cursor))

struct VerificationAnswer {
  bool valid = false;
  std::int64_t sealed = 0, unsealed = 0;
  std::optional<std::int64_t> first_broken;
  std::optional<std::string> head;
  Instant checked_at{};
};
BOOST_DESCRIBE_STRUCT(VerificationAnswer, (), (valid, sealed, unsealed, first_broken, head, checked_at))

std::optional<std::string> unless_empty(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

Result<std::optional<Instant>> instant_in(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  if (!text) return std::optional<Instant>();
  const auto instant = parse_instant(*text);
  if (!instant) return Problem::at(std::string(name), ProblemCode::invalid, {{"expected", "2023-10-26T09:00:00+08:00"}});
  return std::optional(*instant);
}

Result<audit::Filter> filter_in(const Request& request) {
  audit::Filter filter;
  const auto from = instant_in(request, "from"), to = instant_in(request, "to");
  if (!from) return from.error();
  if (!to) return to.error();
  filter.from = *from;
  filter.until = *to;
  if (const auto person = request.query_value("person")) {
    filter.account = Uuid::parse(*person);
    if (!filter.account) return Problem::at("person", ProblemCode::invalid, {{"expected", "UUID"}});
  }
  const auto action = request.query_value("action");
  if (action && !action->empty()) filter.verb = std::string(*action);
  return filter;
}

// Names of the accounts on a page, each looked up once.
class Names {
 public:
  explicit Names(Snapshot& snapshot) : snapshot_(snapshot) {}
  std::optional<std::string> of(const Uuid& uuid) {
    const auto known = names_.find(uuid);
    if (known != names_.end()) return known->second;
    const auto account = find_account(snapshot_, Id<Account>(uuid));
    return names_[uuid] = account ? std::optional(account->display_name) : std::nullopt;
  }

 private:
  Snapshot& snapshot_;
  std::map<Uuid, std::optional<std::string>> names_;
};

EntryAnswer answer_of(const audit::ListedEntry& listed, Names& names, const places::Tree& tree) {
  const auto& entry = listed.entry;
  EntryAnswer answer;
  answer.id = listed.number;
  answer.at = entry.at;
  if (entry.account) {
    answer.person = *entry.account;
    answer.person_name = names.of(*entry.account);
  }
  answer.action = entry.verb;
  answer.subject_kind = unless_empty(entry.kind);
  answer.subject = unless_empty(entry.record);
  answer.place = unless_empty(entry.place);
  if (const auto* place = tree.find(PlaceId(entry.place))) answer.place_name = place->name;
  answer.result = entry.outcome;
  answer.request_id = unless_empty(entry.request_id);
  answer.reason = unless_empty(entry.problem);
  answer.before = unless_empty(entry.before);
  answer.after = unless_empty(entry.after);
  answer.sealed = listed.position.has_value();
  return answer;
}

VerificationAnswer answer_of(const audit::Verification& found, const std::vector<audit::Head>& heads, Instant now) {
  VerificationAnswer answer;
  answer.valid = found.findings.empty();
  answer.sealed = found.sealed;
  answer.unsealed = found.unsealed;
  if (!found.findings.empty()) answer.first_broken = std::max<std::int64_t>(1, found.findings.front().position);
  // With several towns there are several heads; the longest chain's is the one to keep outside the server.
  std::int64_t longest = 0;
  for (const auto& head : heads) {
    if (head.position <= longest) continue;
    longest = head.position;
    answer.head = head.digest;
  }
  answer.checked_at = now;
  return answer;
}

}  // namespace

void AuditApi::add_routes(http::Router& router) {
  router.add(Method::get, "/api/v1/audit", [this](Request& request) { return list_entries(request); });
  router.add(Method::get, "/api/v1/audit/verification", [this](Request& request) { return verify(request); });
}

Task<Result<Response>> AuditApi::list_entries(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  const auto limit = http::page_limit(request);
  if (!limit) co_return limit.error();
  const auto below = number_of(request);
  if (!below) co_return below.error();
  const auto filter = filter_in(request);
  if (!filter) co_return filter.error();
  auto look = [&](Snapshot& snapshot) -> Result<Response> {
    const auto tree = places::read_tree(snapshot, china_date(clock_.now()));
    const auto entries = see_trail(*who, *filter, *below, *limit + 1, snapshot, tree);
    if (!entries) return entries.error();
    Names names(snapshot);
    EntryList list;
    for (const auto& entry : *entries) {
      if (list.items.size() == static_cast<std::size_t>(*limit)) {
        list.next_cursor = cursor_of(list.items.back().id);
        break;
      }
      list.items.push_back(answer_of(entry, names, tree));
    }
    return Response::of(list);
  };
  auto response = co_await database_.read(look);
  Refusals::Subject subject;
  subject.verb = "read_trail";
  subject.kind = "trail";
  if (!response) co_await refusals_.note(*who, subject, response.error());
  co_return response;
}

// The whole chain is walked: away from the loops, and once at a time, so that half the pool is left to everybody else.
Task<Result<audit::Verified>> AuditApi::verified() {
  if (is_verifying_.exchange(true)) co_return Problem(ProblemCode::busy);
  const std::unique_ptr<std::atomic<bool>, void (*)(std::atomic<bool>*)> ending(&is_verifying_,
                                                                                [](auto* flag) { *flag = false; });
  auto walk = [&] { return database_.read_now(audit::verify_with_heads); };
  co_return co_await pool_.run(walk);
}

Task<Result<Response>> AuditApi::verify(Request& request) {
  const auto who = co_await sessions_.actor_of(request);
  if (!who) co_return who.error();
  Refusals::Subject subject;
  subject.verb = "verify_trail";
  subject.kind = "trail";
  const auto allowed = may_verify(*who);
  if (!allowed) {
    co_await refusals_.note(*who, subject, allowed.error());
    co_return allowed.error();
  }
  const auto now = clock_.now();
  const auto found = co_await verified();
  if (!found) co_return found.error();
  const auto answer = answer_of(found->verification, found->heads, now);
  auto note = [&](Transaction& transaction) {
    return note_verification(*who, answer.valid, transaction, places::read_tree(transaction, china_date(now)), now);
  };
  const auto noted = co_await database_.write(note);
  if (!noted) co_return noted.error();
  co_return Response::of(answer);
}

}  // namespace wujin::people
