#include "mailbox/dispatch.h"

#include <optional>

#include "jobs/recurring.h"
#include "mailbox/jobs.h"
#include "mailbox/letter_trail.h"
#include "mailbox/letters_store.h"
#include "mailbox/replies_store.h"
#include "reminders/reminders_store.h"

namespace wujin::mailbox {
namespace {

const jobs::Recurring waking{"mailbox.wake", std::chrono::hours(1)};
constexpr int most_woken = 200;

struct Outcome {
  ReplyState state = ReplyState::sent;  // waiting: later
  std::string cause{};
};

Outcome outcome_of(const mail::Outcome& outcome) {
  switch (outcome.delivery) {
    case mail::Delivery::sent:
      return {ReplyState::sent};
    case mail::Delivery::later:
      return {ReplyState::waiting, outcome.cause};
    case mail::Delivery::refused:
      return {ReplyState::refused, outcome.cause};
    case mail::Delivery::uncertain:
      break;
  }
  return {ReplyState::uncertain, outcome.cause};
}

void settle(Transaction& transaction, Reply& reply, ReplyState state, std::string cause, Instant now) {
  reply.state = state;
  reply.cause = std::move(cause);
  const bool goes_on = state == ReplyState::waiting || state == ReplyState::sending || state == ReplyState::not_set_up;
  if (!goes_on) reply.settled_at = now;
  update(transaction, reply);
  const auto letter = goes_on ? std::nullopt : find_core(transaction, reply.letter);
  if (letter) note_reply(transaction, *letter, reply, now);
}

// What is about to be sent.
struct Begun {
  Reply reply;
  std::string in_reply_to;
  reminders::StoredMailbox mailbox;
};

// Marked so before anything leaves: if the program dies, the next attempt knows that this one may have arrived, and sends
// nothing.
std::optional<Begun> begin(Transaction& transaction, const Id<Reply>& id, Instant now) {
  auto reply = find_reply(transaction, id);
  if (!reply) return std::nullopt;
  if (reply->state == ReplyState::sending) {
    settle(transaction, *reply, ReplyState::uncertain, "the program ended while sending", now);
    return std::nullopt;
  }
  if (reply->state != ReplyState::waiting) return std::nullopt;
  const auto settings = reminders::read_settings(transaction, reply->town).settings;
  if (!settings.mailbox) {
    settle(transaction, *reply, ReplyState::not_set_up, "", now);
    return std::nullopt;
  }
  if (kept_address(settings.mailbox->from_address) == reply->receiver) {
    settle(transaction, *reply, ReplyState::refused, "the station's own address", now);
    return std::nullopt;
  }
  const auto letter = find_core(transaction, reply->letter);
  ++reply->attempts;
  settle(transaction, *reply, ReplyState::sending, reply->cause, now);
  return Begun{*reply, letter ? letter->message_id : "", *settings.mailbox};
}

Outcome send(const SendParts& parts, const Begun& begun) {
  const auto server = reminders::server_of(begun.mailbox, parts.key, begun.reply.town);
  if (!server) return {ReplyState::refused, "the password does not open"};
  mail::Message message;
  message.from_name = begun.mailbox.from_name;
  message.from = begun.mailbox.from_address;
  message.to = begun.reply.receiver;
  message.subject = begun.reply.subject;
  message.text = begun.reply.text;
  message.id = begun.reply.id.to_string() + "@wujin";
  message.at = parts.clock.now();
  message.in_reply_to = begun.in_reply_to;
  message.writer = begun.reply.kind == ReplyKind::receipt ? mail::Writer::machine_reply : mail::Writer::person;
  return outcome_of(mail::send(*server, message, parts.mail));
}

bool has_outgoing(Snapshot& snapshot, const PlaceId& town) {
  return reminders::read_settings(snapshot, town).settings.mailbox.has_value();
}

// Sends what waited for the town's outgoing mailbox, or gives up what waited too long; answers how many go.
int wake_town(Transaction& transaction, const SendParts& parts, const PlaceId& town) {
  const bool can_send = has_outgoing(transaction, town);
  const Instant now = parts.clock.now();
  int count = 0;
  for (Reply& reply : stuck_replies(transaction, town, most_woken)) {
    if (now >= reply.created_at + longest_stuck) {
      settle(transaction, reply, ReplyState::expired, "", now);
    } else if (can_send) {
      settle(transaction, reply, ReplyState::waiting, "", now);
      ask_to_send(transaction, parts.queue, reply.id);
      ++count;
    } else {
      break;  // the rest came later still
    }
  }
  return count;
}

}  // namespace

Result<> send_reply(const SendParts& parts, const jobs::Job& job) {
  const auto id = Id<Reply>::parse(job.payload);
  if (!id) return {};
  const auto begun = parts.database.write_now(
      [&](Transaction& transaction) -> Result<std::optional<Begun>> { return begin(transaction, *id, parts.clock.now()); });
  if (!begun) return begun.error();
  if (!*begun) return {};
  Outcome outcome = send(parts, **begun);
  const bool is_last = job.attempt >= job.attempts;
  if (outcome.state == ReplyState::waiting && is_last) outcome.state = ReplyState::given_up;
  Reply reply = (*begun)->reply;
  const auto kept = parts.database.write_now([&](Transaction& transaction) -> Result<> {
    settle(transaction, reply, outcome.state, outcome.cause, parts.clock.now());
    return {};
  });
  if (!kept) return kept.error();
  if (outcome.state == ReplyState::waiting) return Problem(ProblemCode::busy).because(outcome.cause);
  return {};
}

int wake_stuck(const SendParts& parts) {
  const auto woken = parts.database.write_now([&](Transaction& transaction) -> Result<int> {
    int count = 0;
    for (const PlaceId& town : towns_with_stuck_replies(transaction)) count += wake_town(transaction, parts, town);
    return count;
  });
  return woken.value();
}

void schedule_sending(const SendParts& parts) { jobs::ask_for_next(parts.database, parts.queue, waking); }

void add_send_jobs(jobs::Workers& workers, jobs::Workers& senders, const SendParts& parts) {
  senders.on(std::string(send_job), [parts](const jobs::Job& job) { return send_reply(parts, job); });
  jobs::on_recurring(workers, parts.database, parts.queue, waking, [parts] { wake_stuck(parts); });
}

}  // namespace wujin::mailbox
