#include "mailbox/senders_actions.h"

#include "audit/trail.h"
#include "base/json.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::mailbox {
namespace {

using people::Actor;
using people::Verb;

Result<> judge(Snapshot& snapshot, const Actor& actor, const PlaceId& town, Instant now) {
  return people::check_may_in_town(actor, Verb::file_letters, places::read_tree(snapshot, china_date(now)), town);
}

// The trail keeps no addresses.
struct TrailSender {
  PlaceId place;
};
BOOST_DESCRIBE_STRUCT(TrailSender, (), (place))

}  // namespace

Result<std::vector<RememberedSender>> see_senders(Snapshot& snapshot, const Actor& actor, const PlaceId& town, Instant now) {
  if (const auto judged = judge(snapshot, actor, town, now); !judged) return judged.error();
  return list_senders(snapshot, town, most_senders);
}

Result<> forget_sender_of_town(Transaction& transaction, const Actor& actor, const PlaceId& town, const KnownSender& sender,
                               Instant now) {
  if (const auto judged = judge(transaction, actor, town, now); !judged) return judged.error();
  if (!forget_sender(transaction, town, sender.address, sender.place)) return {};
  audit::Entry entry;
  entry.at = now;
  entry.town = town.text();
  entry.account = actor.account.uuid();
  entry.verb = "forget_sender";
  entry.kind = "letter_sender";
  entry.record = sender.place.text();
  entry.place = sender.place.text();
  entry.before = encode_json(TrailSender{sender.place});
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
  return {};
}

}  // namespace wujin::mailbox
