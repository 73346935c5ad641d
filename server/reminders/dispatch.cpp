#include "reminders/dispatch.h"

#include <limits>

#include "places/place_store.h"
#include "reminders/due_town.h"
#include "reminders/reminders_actions.h"
#include "reminders/reminders_store.h"

namespace wujin::reminders {
namespace {

constexpr std::string_view look_job = "reminders.look";
constexpr std::chrono::minutes looks_every{1};
// Over nine hours with the queue's backoff: a mail server that is down for a night's work is not given up.
constexpr int most_attempts = 20;

struct Outcome {
  State state = State::sent;  // waiting: later
  std::string cause{};
};

Outcome outcome_of(const mail::Outcome& outcome) {
  switch (outcome.delivery) {
    case mail::Delivery::sent:
      return {State::sent};
    case mail::Delivery::later:
      return {State::waiting, outcome.cause};
    case mail::Delivery::refused:
      return {State::refused, outcome.cause};
    case mail::Delivery::uncertain:
      return {State::uncertain, outcome.cause};
  }
  return {State::uncertain};
}

Outcome outcome_of(const webhooks::Outcome& outcome) {
  switch (outcome.delivery) {
    case webhooks::Delivery::sent:
      return {State::sent};
    case webhooks::Delivery::later:
      return {State::waiting, outcome.cause};
    case webhooks::Delivery::refused:
      return {State::refused, outcome.cause};
    case webhooks::Delivery::uncertain:
      return {State::uncertain, outcome.cause};
  }
  return {State::uncertain};
}

Outcome send_mail(const JobParts& parts, const Message& message, const Settings& settings) {
  const auto* address = settings.address_of(PlaceId(message.receiver));
  if (!settings.mailbox || address == nullptr) return {State::refused, "no mailbox or no address"};
  const auto server = server_of(*settings.mailbox, parts.key, message.town);
  if (!server) return {State::refused, "the password does not open"};
  mail::Message mail;
  mail.from_name = settings.mailbox->from_name;
  mail.from = settings.mailbox->from_address;
  mail.to = *address;
  mail.subject = message.subject;
  mail.text = message.text + "\n";
  mail.id = message.id.to_string() + "@wujin";
  mail.at = parts.clock.now();
  return outcome_of(mail::send(*server, mail, parts.mail));
}

Outcome send_to_robot(const JobParts& parts, const Message& message, const Settings& settings) {
  const StoredRobot* stored = settings.find_robot(message.receiver);
  if (stored == nullptr) return {State::refused, "no such robot"};
  const auto robot = robot_of(*stored, parts.key, message.town);
  if (!robot) return {State::refused, "the address does not open"};
  return outcome_of(webhooks::send(webhooks::post_of(*robot, message.text, parts.clock.now()), parts.webhooks));
}

void settle(Transaction& transaction, Message& message, State state, std::string cause, Instant now) {
  message.state = state;
  message.cause = std::move(cause);
  if (state != State::waiting && state != State::sending) message.settled_at = now;
  update(transaction, message);
}

// What a schedule asked for is worded anew for each attempt, and dropped when everything came in meanwhile.
bool is_still_wanted(Snapshot& snapshot, const JobParts& parts, Message& message, Instant now) {
  if (message.by) return true;
  const auto bundle = parts.catalogue.latest(snapshot, message.campaign);
  if (bundle == nullptr) return false;
  const auto tree = places::read_tree(snapshot, china_date(now));
  const auto town = due_town(snapshot, bundle, tree, message.due_on, "", now);
  if (!town || kind_of(town->day, town->owing, now) != message.kind) return false;
  if (message.channel == Channel::robot) {
    message.text = group_text(town->campaign(), town->day, town->owing, town->telling);
    return true;
  }
  const auto owing = among(town->owing, {PlaceId(message.receiver)});
  if (owing.empty()) return false;
  message.text = place_text(town->campaign(), town->day, owing.front(), town->telling);
  return true;
}

// The message about to be sent, marked so before anything leaves: if the program dies, the next attempt knows that this one may
// have succeeded, and a person decides.
std::optional<Message> begin(const JobParts& parts, const Id<Message>& id, Settings& settings) {
  const Instant now = parts.clock.now();
  return parts.database
      .write_now([&](Transaction& transaction) -> Result<std::optional<Message>> {
        auto message = find(transaction, id);
        if (!message) return std::optional<Message>();
        if (message->state == State::sending) {
          settle(transaction, *message, State::uncertain, "the program ended while sending", now);
          return std::optional<Message>();
        }
        if (message->state != State::waiting) return std::optional<Message>();
        if (!is_still_wanted(transaction, parts, *message, now)) {
          settle(transaction, *message, State::cancelled, "", now);
          return std::optional<Message>();
        }
        settings = read_settings(transaction, message->town).settings;
        ++message->attempts;
        settle(transaction, *message, State::sending, message->cause, now);
        return message;
      })
      .value();
}

void finish(const JobParts& parts, Message message, const Outcome& outcome) {
  const Instant now = parts.clock.now();
  parts.database
      .write_now([&](Transaction& transaction) -> Result<> {
        settle(transaction, message, outcome.state, outcome.cause, now);
        return {};
      })
      .value();
}

Result<> send(const JobParts& parts, const jobs::Job& job) {
  const auto id = Id<Message>::parse(job.payload);
  if (!id) return {};
  Settings settings;
  const auto message = begin(parts, *id, settings);
  if (!message) return {};
  Outcome outcome =
      message->channel == Channel::mail ? send_mail(parts, *message, settings) : send_to_robot(parts, *message, settings);
  const bool is_last = job.attempt >= job.attempts;
  if (outcome.state == State::waiting && is_last) outcome.state = State::given_up;
  finish(parts, *message, outcome);
  if (outcome.state == State::waiting) return Problem(ProblemCode::busy).because(outcome.cause);
  return {};
}

// ── the schedule ──

Message scheduled(const DueTown& town, Kind kind, Randomness& randomness, Instant now) {
  Message message;
  message.id = Id<Message>::random(randomness);
  message.town = town.campaign().town;
  message.campaign = town.campaign().id;
  message.due_on = town.day.on;
  message.kind = kind;
  message.created_at = now;
  return message;
}

int remind(Transaction& transaction, const JobParts& parts, const DueTown& town, Instant now) {
  const Kind kind = kind_of(town.day, town.owing, now);
  if (kind == Kind::all_in) return 0;
  const Settings& settings = town.kept.settings;
  int count = 0;
  const auto add = [&](Channel channel, const std::string& receiver, const std::string& name, std::string text) {
    Message message = scheduled(town, kind, parts.randomness, now);
    message.channel = channel;
    message.receiver = receiver;
    message.receiver_name = name;
    message.text = std::move(text);
    if (channel == Channel::mail) message.subject = subject_of(town.campaign(), town.day, town.telling);
    enqueue(transaction, parts.queue, message);
    ++count;
  };
  for (const StoredRobot& robot : settings.robots) {
    if (kind != Kind::before || !robot.scheduled) continue;
    add(Channel::robot, robot.id.to_string(), robot.name, group_text(town.campaign(), town.day, town.owing, town.telling));
  }
  if (!settings.mailbox || (kind == Kind::before && !settings.schedule.mail_before)) return count;
  for (const Owing& one : town.owing) {
    if (settings.address_of(one.place) == nullptr) continue;
    add(Channel::mail, one.place.text(), one.name, place_text(town.campaign(), town.day, one, town.telling));
  }
  return count;
}

int look_at(Transaction& transaction, const JobParts& parts, const campaigns::Catalogue::Bundle& bundle, const Settings& settings,
            Instant now) {
  const Campaign& campaign = bundle->campaign;
  const auto calendar = office_calendar(transaction, campaign);
  int count = 0;
  // Columns alone need no place.
  for (const DueDay& day : due_days(deadlines::draw_board(campaign, {}, {}, now))) {
    const auto due = slot(settings.schedule, day.on, calendar, *settings.on_since, now);
    if (!due || !take_slot(transaction, campaign.id, day.on, *due)) continue;
    const auto tree = places::read_tree(transaction, china_date(now));
    const auto town = due_town(transaction, bundle, tree, day.on, "", now);
    if (town) count += remind(transaction, parts, *town, now);
  }
  return count;
}

std::vector<PlaceId> towns_to_look_at(Snapshot& snapshot, Instant now) {
  auto towns = towns_with_settings(snapshot);
  std::erase_if(towns, [&](const PlaceId& town) {
    const auto kept = read_settings(snapshot, town);
    return !kept.settings.schedule.on || !kept.settings.on_since || is_quiet(kept.settings.schedule, now);
  });
  return towns;
}

}  // namespace

void ask_to_send(Transaction& transaction, jobs::Queue& queue, const Id<Message>& id) {
  jobs::NewJob job;
  job.kind = send_job;
  job.payload = id.to_string();
  job.attempts = most_attempts;
  queue.enqueue(transaction, job);
}

void ask_to_look(Transaction& transaction, jobs::Queue& queue) {
  jobs::NewJob job;
  job.kind = look_job;
  job.payload = "now";
  queue.enqueue(transaction, job);
}

int look(const JobParts& parts) {
  const Instant now = parts.clock.now();
  const auto towns = parts.database.read_now([&](Snapshot& snapshot) { return towns_to_look_at(snapshot, now); });
  int count = 0;
  for (const PlaceId& town : towns) {
    count += parts.database
                 .write_now([&](Transaction& transaction) -> Result<int> {
                   const auto kept = read_settings(transaction, town);
                   int made = 0;
                   for (const auto& bundle : parts.catalogue.all(transaction)) {
                     if (bundle->campaign.town == town) made += look_at(transaction, parts, bundle, kept.settings, now);
                   }
                   return made;
                 })
                 .value();
  }
  return count;
}

void schedule_looking(const JobParts& parts) {
  jobs::NewJob job;
  job.kind = look_job;
  job.key = "look";  // one waits at a time, however often the server starts
  job.delay = looks_every;
  job.attempts = std::numeric_limits<int>::max();  // a schedule that was given up would be forgotten
  parts.database
      .write_now([&](Transaction& transaction) -> Result<> {
        parts.queue.enqueue(transaction, job);
        return {};
      })
      .value();
}

void add_jobs(jobs::Workers& workers, jobs::Workers& senders, const JobParts& parts) {
  senders.on(std::string(send_job), [parts](const jobs::Job& job) { return send(parts, job); });
  workers.on(std::string(look_job), [parts](const jobs::Job& job) -> Result<> {
    look(parts);
    if (job.payload != "now") schedule_looking(parts);
    return {};
  });
}

}  // namespace wujin::reminders
