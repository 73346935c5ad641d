#include "reminders/reminders_actions.h"

#include <algorithm>

#include "audit/trail.h"
#include "base/json.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "people/may.h"
#include "places/place_store.h"
#include "reminders/dispatch.h"

namespace wujin::reminders {
namespace {

using people::Actor;
using people::Verb;

// WeCom takes 2,048 bytes: so many Chinese characters.
constexpr std::size_t longest_text = 680;

void note(Transaction& transaction, const Actor& actor, const PlaceId& town, std::string verb, std::string record,
          std::string before, std::string after, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = town.text();
  entry.account = actor.account.uuid();
  entry.verb = std::move(verb);
  entry.kind = "reminder";
  entry.record = std::move(record);
  entry.place = town.text();
  entry.before = std::move(before);
  entry.after = std::move(after);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
}

struct OpenCampaign {
  campaigns::Catalogue::Bundle bundle;
  places::Tree tree;
};
Result<OpenCampaign> open_campaign(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const CampaignId& id,
                                   Instant now) {
  const auto bundle = campaigns::visible_campaign(snapshot, catalogue, actor, id, now);
  if (!bundle) return bundle.error();
  OpenCampaign open{*bundle, places::read_tree(snapshot, china_date(now))};
  const auto judged = people::check_may_in_town(actor, Verb::remind, open.tree, open.bundle->campaign.town);
  if (!judged) return judged.error();
  return open;
}

Result<> check_places(const std::vector<PlaceId>& places, const places::Tree& tree, const PlaceId& town) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (tree.find(places[i]) != nullptr && tree.is_within(places[i], town)) continue;
    return Problem::at("places[" + std::to_string(i) + "]", ProblemCode::unknown_place, {{"place", places[i].text()}});
  }
  return {};
}

struct TrailSend {
  CampaignId campaign;
  Date due_on;
  Kind kind = Kind::before;
  int messages = 0;
};
BOOST_DESCRIBE_STRUCT(TrailSend, (), (campaign, due_on, kind, messages))

// What the trail keeps of settings: neither secrets nor the places' addresses.
struct TrailSettings {
  std::optional<std::string> address;
  std::optional<std::string> mail_server;
  std::vector<std::string> robots;
  int addresses = 0;
  Schedule schedule;
};
BOOST_DESCRIBE_STRUCT(TrailSettings, (), (address, mail_server, robots, addresses, schedule))

std::string traced(const Settings& settings) {
  TrailSettings trail;
  trail.address = settings.address;
  if (settings.mailbox) trail.mail_server = settings.mailbox->host;
  for (const StoredRobot& robot : settings.robots) trail.robots.push_back(robot.name);
  trail.addresses = static_cast<int>(settings.addresses.size());
  trail.schedule = settings.schedule;
  return encode_json(trail);
}

Message message_to(const Preview& shown, const Actor& actor, Channel channel, Randomness& randomness, Instant now) {
  Message message;
  message.id = Id<Message>::random(randomness);
  message.town = shown.town.campaign().town;
  message.campaign = shown.town.campaign().id;
  message.due_on = shown.town.day.on;
  message.kind = shown.kind;
  message.channel = channel;
  message.by = actor.display_name;
  message.created_at = now;
  return message;
}

Result<> add_robots(const Preview& shown, const SendRequest& request, const Message& blank, Randomness& randomness,
                    std::vector<Message>& messages) {
  if (!request.robots.empty() && shown.kind == Kind::after) return Problem(ProblemCode::reminder_not_to_group);
  const auto& town = shown.town;
  const std::string text = request.text.value_or(group_text(town.campaign(), town.day, shown.owing, town.telling));
  for (std::size_t i = 0; i < request.robots.size(); ++i) {
    const StoredRobot* robot = town.kept.settings.find_robot(request.robots[i]);
    if (robot == nullptr) {
      return Problem::at("robots[" + std::to_string(i) + "]", ProblemCode::unknown_choice, {{"value", request.robots[i]}});
    }
    Message message = blank;
    message.id = Id<Message>::random(randomness);
    message.channel = Channel::robot;
    message.receiver = robot->id.to_string();
    message.receiver_name = robot->name;
    message.text = text;
    messages.push_back(std::move(message));
  }
  return {};
}

void add_mails(const Preview& shown, const Message& blank, Randomness& randomness, std::vector<Message>& messages) {
  const auto& town = shown.town;
  if (!town.kept.settings.mailbox) return;
  for (const Owing& one : shown.owing) {
    if (town.kept.settings.address_of(one.place) == nullptr) continue;
    Message message = blank;
    message.id = Id<Message>::random(randomness);
    message.channel = Channel::mail;
    message.receiver = one.place.text();
    message.receiver_name = one.name;
    message.subject = subject_of(town.campaign(), town.day, town.telling);
    message.text = place_text(town.campaign(), town.day, one, town.telling);
    messages.push_back(std::move(message));
  }
}

}  // namespace

Result<Preview> preview(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const Asked& asked,
                        const std::string& address, Instant now) {
  const auto open = open_campaign(snapshot, catalogue, actor, asked.campaign, now);
  if (!open) return open.error();
  if (asked.places) {
    const auto sound = check_places(*asked.places, open->tree, open->bundle->campaign.town);
    if (!sound) return sound.error();
  }
  auto town = due_town(snapshot, open->bundle, open->tree, asked.due_on, address, now);
  if (!town) return Problem::at("due_on", ProblemCode::unknown_choice, {{"value", to_string(asked.due_on)}});
  auto owing = asked.places ? among(town->owing, *asked.places) : town->owing;
  const Kind kind = kind_of(town->day, owing, now);
  return Preview{std::move(*town), kind, std::move(owing)};
}

Result<std::vector<Message>> send_by_hand(Transaction& transaction, const Tools& tools, const Actor& actor,
                                          const SendRequest& request, const std::string& address, Instant now) {
  const auto shown = preview(transaction, tools.catalogue, actor, request, address, now);
  if (!shown) return shown.error();
  if (request.text && trimmed(*request.text).empty()) return Problem::at("text", ProblemCode::required);
  if (request.text && count_characters(*request.text) > longest_text) {
    return Problem::at("text", ProblemCode::too_long, {{"limit", std::to_string(longest_text)}});
  }
  const Message blank = message_to(*shown, actor, Channel::robot, tools.randomness, now);
  std::vector<Message> messages;
  const auto added = add_robots(*shown, request, blank, tools.randomness, messages);
  if (!added) return added.error();
  if (request.mail) add_mails(*shown, blank, tools.randomness, messages);
  if (messages.empty()) {
    return Problem(request.mail && shown->owing.empty() ? ProblemCode::reminder_not_owed : ProblemCode::reminder_no_receiver);
  }
  for (const Message& message : messages) enqueue(transaction, tools.queue, message);
  note(transaction, actor, blank.town, "send_reminder", request.campaign.text() + "/" + to_string(request.due_on), "",
       encode_json(TrailSend{blank.campaign, blank.due_on, blank.kind, static_cast<int>(messages.size())}), now);
  return messages;
}

Result<std::vector<Message>> list_messages(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor,
                                           const CampaignId& campaign, const std::optional<Position>& below, int limit,
                                           Instant now) {
  const auto open = open_campaign(snapshot, catalogue, actor, campaign, now);
  if (!open) return open.error();
  return list(snapshot, campaign, below, limit);
}

Result<Message> retry(Transaction& transaction, const Tools& tools, const Actor& actor, const Id<Message>& id, Instant now) {
  auto message = find(transaction, id);
  if (!message) return Problem(ProblemCode::not_found);
  const auto open = open_campaign(transaction, tools.catalogue, actor, message->campaign, now);
  if (!open) return open.error();
  if (!may_retry(message->state)) return Problem(ProblemCode::reminder_settled);
  message->state = State::waiting;
  message->settled_at.reset();
  update(transaction, *message);
  ask_to_send(transaction, tools.queue, message->id);
  note(transaction, actor, message->town, "retry_reminder", id.to_string(), "", "", now);
  return *message;
}

Result<KeptSettings> see_settings(Snapshot& snapshot, const Actor& actor, const PlaceId& town, Instant now) {
  const auto judged =
      people::check_may_in_town(actor, Verb::manage_reminders, places::read_tree(snapshot, china_date(now)), town);
  if (!judged) return judged.error();
  return read_settings(snapshot, town);
}

Result<KeptSettings> change_settings(Transaction& transaction, const SettingsTools& tools, const Actor& actor,
                                     const PlaceId& town, const SettingsChange& change, std::string_view if_match, Instant now) {
  const auto tree = places::read_tree(transaction, china_date(now));
  const auto judged = people::check_may_in_town(actor, Verb::manage_reminders, tree, town);
  if (!judged) return judged.error();
  auto kept = read_settings(transaction, town);
  if (if_match.empty()) return Problem(ProblemCode::if_match_required);
  if (if_match != "*" && if_match != etag_of(kept)) return Problem(ProblemCode::stale);
  std::vector<PlaceId> places;
  for (const auto* place : tree.subtree(town)) {
    if (place->id != town) places.push_back(place->id);
  }
  const auto sound = check(change, kept.settings, places, tools.limits);
  if (!sound) return sound.error();
  const auto before = traced(kept.settings);
  kept.settings = changed(kept.settings, change, {tools.key, tools.randomness, town}, now);
  ++kept.version;
  write_settings(transaction, town, kept);
  ask_to_look(transaction, tools.queue);
  note(transaction, actor, town, "change_reminder_settings", town.text(), before, traced(kept.settings), now);
  return kept;
}

Result<std::vector<OfficeDay>> set_office_days(Transaction& transaction, const Actor& actor, const PlaceId& town, int year,
                                               const std::string& csv, Instant now) {
  const auto judged =
      people::check_may_in_town(actor, Verb::manage_reminders, places::read_tree(transaction, china_date(now)), town);
  if (!judged) return judged.error();
  if (year < 2000 || year > 2100) return Problem::at("year", ProblemCode::out_of_range, {{"low", "2000"}, {"high", "2100"}});
  const auto days = read_office_days(csv, year);
  if (!days) return days.error();
  replace_office_days(transaction, town, year, *days);
  note(transaction, actor, town, "set_office_days", std::to_string(year), "", encode_json(*days), now);
  return office_days_of(transaction, town);
}

std::string etag_of(const KeptSettings& kept) { return "\"" + std::to_string(kept.version) + "\""; }

void enqueue(Transaction& transaction, jobs::Queue& queue, const Message& message) {
  insert(transaction, message);
  ask_to_send(transaction, queue, message.id);
}

}  // namespace wujin::reminders
