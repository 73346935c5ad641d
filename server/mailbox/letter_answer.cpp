#include "mailbox/letter_answer.h"

#include <algorithm>

#include "base/described_enum.h"
#include "base/text.h"

namespace wujin::mailbox {
namespace {

// What the contract lets one text of a letter hold.
constexpr std::size_t longest_shown = 200'000;

std::string name_at(const places::Tree& tree, const PlaceId& id) {
  const auto* place = tree.find(id);
  return place == nullptr ? id.text() : place->name;
}

std::string cut(const std::string& text) { return kept_text(text, longest_shown); }

std::vector<std::string> doubts_of(const Head& head) {
  std::vector<std::string> doubts;
  doubts.reserve(head.doubts.size() + head.cautions.size());
  for (const Doubt doubt : head.doubts) doubts.emplace_back(name_of(doubt));
  for (const Caution caution : head.cautions) doubts.emplace_back(name_of(caution));
  return doubts;
}

FiledAnswer answer_of(const CampaignId& campaign, const Filed& filed, const places::Tree& tree) {
  FiledAnswer answer;
  answer.campaign = campaign;
  answer.place = filed.place;
  answer.place_name = name_at(tree, filed.place);
  answer.deliverable = filed.deliverable;
  answer.period = filed.period;
  answer.version = filed.version;
  answer.activities = filed.activities;
  answer.pictures = filed.pictures;
  answer.left_out = filed.left_out;
  answer.on_time = filed.on_time;
  answer.late_days = filed.late_days;
  return answer;
}

std::optional<FiledAnswer> answer_of(const std::optional<FiledNote>& note, const places::Tree& tree) {
  if (!note) return std::nullopt;
  FiledAnswer answer = answer_of(note->campaign, note->filed, tree);
  answer.by = note->by;
  answer.at = note->at;
  return answer;
}

std::optional<TakenBackAnswer> answer_of(const std::optional<TakenBackNote>& note, const places::Tree& tree) {
  if (!note) return std::nullopt;
  const TakenBack& what = note->what;
  FiledAnswer filed = answer_of(note->campaign, what.filed, tree);
  filed.at = note->at;
  return TakenBackAnswer{std::move(filed),          what.removed, what.kept, what.hand_in_kept, what.was_replaced,
                         what.had_replaced_another, note->by,     note->at};
}

CoreAnswer core_of(const LetterCore& letter, const places::Tree& tree) {
  const Head& head = letter.head;
  return {letter.id,      etag_of(letter),   letter.town,  letter.channel,    letter.state,
          head.from_name, head.from_address, head.subject, letter.arrived_at, answer_of(letter.course.filed, tree)};
}

std::vector<AttachmentAnswer> attachments_of(const Contents& contents) {
  std::vector<AttachmentAnswer> answers;
  answers.reserve(contents.parts.size());
  for (std::size_t i = 0; i < contents.parts.size(); ++i) {
    const Part& part = contents.parts[i];
    answers.push_back({static_cast<int>(i) + 1, part.name, part.media_type, part.bytes, filled_or_none(part.archive),
                       part.is_document, part.is_picture, part.fault});
  }
  return answers;
}

std::vector<SourceAnswer> sources_of(const Contents& contents) {
  std::vector<SourceAnswer> answers;
  answers.reserve(contents.sources.size());
  for (std::size_t i = 0; i < contents.sources.size(); ++i) {
    const TextSource& source = contents.sources[i];
    answers.push_back(
        {static_cast<int>(i), source.name, cut(source.text), static_cast<int>(source.pictures.size()), source.faults});
  }
  return answers;
}

SenderAnswer answer_of(const std::vector<KnownSender>& senders) {
  const auto confirmed = std::ranges::find(senders, true, &KnownSender::is_confirmed);
  if (confirmed != senders.end()) return {true, confirmed->place};
  if (!senders.empty()) return {false, senders.front().place};
  return {};
}

std::optional<HinderedAnswer> answer_of(const std::optional<Hindered>& hindered, Language language) {
  if (!hindered) return std::nullopt;
  HinderedAnswer answer{hindered->hindrance, {}};
  answer.faults.reserve(hindered->faults.size());
  for (const KeptFault& fault : hindered->faults) {
    answer.faults.push_back({fault.field, fault.code, language == Language::chinese ? fault.chinese : fault.english});
  }
  return answer;
}

std::vector<ReplyAnswer> answers_of(const std::vector<Reply>& replies) {
  std::vector<ReplyAnswer> answers;
  answers.reserve(replies.size());
  for (const Reply& reply : replies) {
    answers.push_back({reply.kind, reply.text, reply.state, reply.created_at, reply.settled_at, reply.by,
                       filled_or_none(kept_text(reply.cause, 300))});
  }
  return answers;
}

UnderstandingAnswer answer_of(const Understanding& found, const Head& head) {
  return {found.place,    found.form,     found.month, found.activities, found.rows, found.no_activity_reason,
          found.unplaced, doubts_of(head)};
}

std::vector<std::string> rights_of(const Letter& letter) {
  std::vector<std::string> may;
  if (is_open(letter)) may = {"correct", "set_aside"};
  if (letter.state == LetterState::waiting) may.emplace_back("file");
  if (can_be_answered(letter)) may.emplace_back("answer");
  if (letter.state == LetterState::filed) may.emplace_back("take_back");
  return may;
}

}  // namespace

EntryAnswer entry_of(const LetterCore& letter, const places::Tree& tree) {
  EntryAnswer entry;
  static_cast<CoreAnswer&>(entry) = core_of(letter, tree);
  entry.place = letter.head.place;
  if (entry.place) entry.place_name = name_at(tree, *entry.place);
  entry.form = letter.head.form;
  entry.month = letter.head.month;
  entry.doubts = doubts_of(letter.head);
  entry.documents = letter.head.documents;
  entry.pictures = letter.head.pictures;
  if (letter.course.hindered) entry.hindrance = letter.course.hindered->hindrance;
  return entry;
}

LetterShown answer_of(const Letter& letter, const LetterSurroundings& around, const places::Tree& tree, Language language) {
  const Contents& contents = letter.contents;
  LetterShown answer;
  static_cast<CoreAnswer&>(answer) = core_of(letter, tree);
  answer.fetched_at = letter.fetched_at;
  answer.dated = contents.dated;
  answer.authentication = contents.authentication;
  answer.is_automatic = contents.is_automatic;
  answer.has_original = !letter.raw_sha256.empty();
  answer.text = cut(contents.text);
  answer.html = contents.html;
  answer.attachments = attachments_of(contents);
  answer.sources = sources_of(contents);
  answer.loose_pictures = static_cast<int>(contents.loose.size());
  answer.cloud_links = contents.cloud_links;
  answer.faults = contents.faults;
  answer.campaign = letter.campaign;
  answer.understanding = answer_of(letter.understanding, letter.head);
  answer.sender = answer_of(around.sender);
  answer.hindered = answer_of(letter.course.hindered, language);
  answer.set_aside = letter.course.set_aside;
  answer.taken_back = answer_of(letter.course.taken_back, tree);
  answer.replies = answers_of(around.replies);
  answer.may = rights_of(letter);
  return answer;
}

}  // namespace wujin::mailbox
