#include "ledgers/ledgers_actions.h"

#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/pattern.h"
#include "documents/file_name.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::ledgers {
Result<Order> open_order(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                         const campaigns::CampaignId& campaign, Ledger ledger, Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, campaign, now);
  if (!bundle) return bundle.error();
  Order order{*bundle, places::read_tree(snapshot, china_date(now)), {}};
  order.chosen = find_chosen(snapshot, order.bundle->campaign.town, ledger);
  return order;
}

Result<Order> choose_columns(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const campaigns::CampaignId& campaign, Ledger ledger, const std::vector<std::string>& ids,
                             std::string_view if_match, Instant now) {
  auto order = open_order(transaction, catalogue, actor, campaign, ledger, now);
  if (!order) return order.error();
  const places::PlaceId& town = order->bundle->campaign.town;
  if (!people::may(actor, people::Verb::choose_columns, order->tree.place_and_ancestors(town))) {
    return Problem(ProblemCode::forbidden);
  }
  if (if_match.empty()) return Problem(ProblemCode::if_match_required);
  if (if_match != "*" && if_match != etag_of(order->chosen)) return Problem(ProblemCode::stale);
  const auto columns = chosen_columns(ledger, ids);
  if (!columns) return columns.error();
  audit::Entry entry;
  entry.at = now;
  entry.town = town.text();
  entry.account = actor.account.uuid();
  entry.verb = "choose_columns";
  entry.kind = "ledger";
  entry.record = boost::describe::enum_to_string(ledger, "");
  entry.place = town.text();
  entry.before = encode_json(ids_of(order->chosen.columns));
  entry.after = encode_json(ids);
  order->chosen = {order->chosen.version + 1, *columns};
  keep_chosen(transaction, town, ledger, order->chosen);
  audit::record(transaction, entry);
  return order;
}

std::string etag_of(const Chosen& chosen) { return '"' + std::to_string(chosen.version) + '"'; }

std::string file_name(const Order& order, Ledger ledger, spreadsheets::Format format, Language language) {
  return documents::file_name(campaigns::ledger_title(order.bundle->campaign, order.tree, std::string(name_of(ledger, language))),
                              spreadsheets::extension_of(format));
}

std::string photos_file_name(const Order& order, Month month, const std::optional<places::PlaceId>& place, Language language) {
  const auto* of_place = place ? order.tree.find(*place) : nullptr;
  std::string what = of_place != nullptr && of_place->id != order.bundle->campaign.town ? of_place->name : "";
  const int year = static_cast<int>(month.year());
  if (language == Language::english) {
    what += " pictures " + to_string(month);
  } else {
    if (year != order.bundle->campaign.year) what += std::to_string(year) + "年";
    what += std::to_string(static_cast<unsigned>(month.month())) + "月照片原图";
  }
  return documents::file_name(campaigns::ledger_title(order.bundle->campaign, order.tree, what), ".zip");
}

}  // namespace wujin::ledgers
