#include "mailbox/mailboxes_actions.h"

#include "audit/trail.h"
#include "base/json.h"
#include "mailbox/letters_store.h"
#include "people/may.h"
#include "places/place_store.h"
#include "reminders/reminders_store.h"

namespace wujin::mailbox {
namespace {

using people::Actor;
using people::Verb;

Result<> judge(Snapshot& snapshot, const Actor& actor, const PlaceId& town, Instant now) {
  return people::check_may_in_town(actor, Verb::keep_mailbox, places::read_tree(snapshot, china_date(now)), town);
}

// What the trail keeps of a mailbox: neither its password nor its account.
struct TrailMailbox {
  std::optional<std::string> host;
  std::string folder;
  Done done = Done::leave;
  bool receipts = true;
  bool enabled = false;
};
BOOST_DESCRIBE_STRUCT(TrailMailbox, (), (host, folder, done, receipts, enabled))

std::string traced(const MailboxSettings& settings) {
  TrailMailbox trail;
  if (settings.server) trail.host = settings.server->host;
  trail.folder = settings.folder;
  trail.done = settings.done;
  trail.receipts = settings.receipts;
  trail.enabled = settings.enabled;
  return encode_json(trail);
}

SeenMailbox seen(Snapshot& snapshot, const PlaceId& town, KeptMailbox kept) {
  return {std::move(kept), read_state(snapshot, town), count_waiting(snapshot, town),
          reminders::read_settings(snapshot, town).settings.mailbox.has_value()};
}

}  // namespace

Result<SeenMailbox> see_mailbox(Snapshot& snapshot, const Actor& actor, const PlaceId& town, Instant now) {
  if (const auto judged = judge(snapshot, actor, town, now); !judged) return judged.error();
  return seen(snapshot, town, read_mailbox(snapshot, town));
}

Result<SeenMailbox> change_mailbox(Transaction& transaction, const MailboxTools& tools, const Actor& actor, const PlaceId& town,
                                   const MailboxChange& change, const std::optional<std::string>& etag, Instant now) {
  if (const auto judged = judge(transaction, actor, town, now); !judged) return judged.error();
  KeptMailbox kept = read_mailbox(transaction, town);
  if (!etag) return Problem(ProblemCode::if_match_required);
  if (*etag != "*" && *etag != etag_of(kept)) return Problem(ProblemCode::stale);
  if (const auto checked = check(change, kept.settings); !checked) return checked.error();
  const std::string before = traced(kept.settings);
  kept.settings = changed(kept.settings, change, {tools.key, tools.randomness, town}, now);
  ++kept.version;
  write_mailbox(transaction, town, kept);
  forget_problem(transaction, town);
  audit::Entry entry;
  entry.at = now;
  entry.town = town.text();
  entry.account = actor.account.uuid();
  entry.verb = "change_mailbox";
  entry.kind = "mailbox";
  entry.record = town.text();
  entry.place = town.text();
  entry.before = before;
  entry.after = traced(kept.settings);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
  transaction.after_commit([tell = tools.changed, town] { tell(town); });
  return seen(transaction, town, std::move(kept));
}

Result<mail::Server> server_to_try(Snapshot& snapshot, const secrets::FieldKey& key, const Actor& actor, const PlaceId& town,
                                   const TestRequest& request, Instant now) {
  if (const auto judged = judge(snapshot, actor, town, now); !judged) return judged.error();
  const KeptMailbox kept = read_mailbox(snapshot, town);
  if (const auto checked = check(request, kept.settings); !checked) return checked.error();
  const auto server = server_of(request.server, kept.settings, key, town);
  if (!server) return Problem::at("server.password", ProblemCode::required);
  return *server;
}

std::string etag_of(const KeptMailbox& kept) { return "\"" + std::to_string(kept.version) + "\""; }

}  // namespace wujin::mailbox
