#include "mailbox/letter_trail.h"

#include "audit/trail.h"
#include "base/json.h"

namespace wujin::mailbox {
namespace {

struct TrailLetter {
  Channel channel = Channel::mail;
  LetterState state = LetterState::reading;
  std::optional<PlaceId> place;
  std::optional<Deliverable> form;
  std::optional<Month> month;
};
BOOST_DESCRIBE_STRUCT(TrailLetter, (), (channel, state, place, form, month))

struct TrailFiled {
  Filed filed;
  bool by_itself = false;
};
BOOST_DESCRIBE_STRUCT(TrailFiled, (), (filed, by_itself))

struct TrailHindered {
  Hindrance hindrance = Hindrance::not_settled;
  std::vector<std::string> fields;
  bool by_itself = false;
};
BOOST_DESCRIBE_STRUCT(TrailHindered, (), (hindrance, fields, by_itself))

struct TrailReply {
  ReplyKind kind = ReplyKind::receipt;
  ReplyState state = ReplyState::sent;
  int attempts = 0;
};
BOOST_DESCRIBE_STRUCT(TrailReply, (), (kind, state, attempts))

audit::Entry entry_of(const LetterCore& letter, std::string verb, Instant now) {
  audit::Entry entry;
  entry.at = now;
  entry.town = letter.town.text();
  entry.verb = std::move(verb);
  entry.kind = "letter";
  entry.record = letter.id.to_string();
  entry.place = letter.head.place.value_or(letter.town).text();
  return entry;
}

}  // namespace

std::string traced(const LetterCore& letter) {
  return encode_json(TrailLetter{letter.channel, letter.state, letter.head.place, letter.head.form, letter.head.month});
}

void note(Transaction& transaction, const people::Actor& actor, std::string verb, const LetterCore& letter, std::string before,
          Instant now) {
  audit::Entry entry = entry_of(letter, std::move(verb), now);
  entry.account = actor.account.uuid();
  entry.before = std::move(before);
  entry.after = traced(letter);
  entry.request_id = actor.request_id;
  audit::record(transaction, entry);
}

void note_taken_in(Transaction& transaction, const LetterCore& letter, Instant now) {
  audit::Entry entry = entry_of(letter, "letter_taken_in", now);
  entry.after = traced(letter);
  audit::record(transaction, entry);
}

void note_filed(Transaction& transaction, const LetterCore& letter, Instant now) {
  const FiledNote& filed = *letter.course.filed;
  audit::Entry entry = entry_of(letter, "letter_filed", now);
  entry.account = letter.course.asked->account;
  entry.place = filed.filed.place.text();
  entry.after = encode_json(TrailFiled{filed.filed, !filed.by});
  audit::record(transaction, entry);
}

void note_hindered(Transaction& transaction, const LetterCore& letter, Instant now) {
  const Hindered& hindered = *letter.course.hindered;
  audit::Entry entry = entry_of(letter, "letter_hindered", now);
  entry.account = letter.course.asked->account;
  TrailHindered trail{hindered.hindrance, {}, !letter.course.asked->by};
  for (const KeptFault& fault : hindered.faults) trail.fields.push_back(fault.field);
  entry.after = encode_json(trail);
  audit::record(transaction, entry);
}

void note_reply(Transaction& transaction, const LetterCore& letter, const Reply& reply, Instant now) {
  audit::Entry entry = entry_of(letter, "letter_reply_settled", now);
  entry.after = encode_json(TrailReply{reply.kind, reply.state, reply.attempts});
  audit::record(transaction, entry);
}

}  // namespace wujin::mailbox
