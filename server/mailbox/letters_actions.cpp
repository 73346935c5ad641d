#include "mailbox/letters_actions.h"

#include <algorithm>

#include "base/text.h"
#include "mailbox/jobs.h"
#include "mailbox/letter_trail.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::mailbox {
namespace {

using people::Actor;
using people::Verb;

constexpr int most_files = 100;
constexpr std::size_t longest_answer = 4000;
// How long after its last day a campaign's letters still come.
constexpr int trailing_days = 60;

Result<> judge_town(const Actor& actor, const places::Tree& tree, const PlaceId& town) {
  return people::check_may_in_town(actor, Verb::file_letters, tree, town);
}

Result<> match(const Letter& letter, const std::optional<std::string>& etag) {
  if (!etag) return Problem(ProblemCode::if_match_required);
  if (*etag != etag_of(letter)) return Problem(ProblemCode::stale);
  return {};
}

// A letter about to be changed by whoever read it as `etag`.
Result<Letter> open_letter(Snapshot& snapshot, const Actor& actor, const Id<Letter>& id, const std::optional<std::string>& etag,
                           Instant now) {
  auto letter = see_letter(snapshot, actor, id, now);
  if (!letter) return letter.error();
  if (!is_open(*letter)) return Problem(ProblemCode::letter_settled);
  if (const auto matched = match(*letter, etag); !matched) return matched.error();
  return letter;
}

// Filing may settle these: the person who files has seen them.
bool is_settled_by_filing(Caution caution) { return caution != Caution::no_campaign; }

Result<campaigns::Catalogue::Bundle> campaign_of(Snapshot& snapshot, const LetterTools& tools, const Letter& letter,
                                                 const LetterCorrection& correction) {
  const auto id = correction.campaign ? correction.campaign : letter.campaign;
  auto bundle = id ? tools.catalogue.latest(snapshot, *id) : nullptr;
  if (!id) bundle = campaign_for(snapshot, tools.catalogue, letter.town, china_date(letter.arrived_at));
  if (bundle != nullptr && bundle->campaign.town == letter.town) return bundle;
  return Problem::at("campaign", ProblemCode::unknown_choice, {{"value", id ? id->text() : ""}});
}

Result<> check_import(const ImportedFile& file) {
  std::vector<Fault> faults;
  if (file.number < 1 || file.number > most_files) {
    faults.push_back({"number", ProblemCode::out_of_range, {{"low", "1"}, {"high", std::to_string(most_files)}}});
  }
  if (trimmed(file.name).empty()) faults.push_back({"name", ProblemCode::required, {}});
  if (file.name.size() > longest_name) {
    faults.push_back({"name", ProblemCode::too_long, {{"limit", std::to_string(longest_name)}}});
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

// What is there already under the letter's id must be of the same person and town.
Result<> judge_files(const std::vector<ImportedFile>& files, const Actor& actor, const PlaceId& town) {
  const auto is_of_other = [&](const ImportedFile& file) { return file.account != actor.account.uuid() || file.town != town; };
  if (std::ranges::any_of(files, is_of_other)) return Problem(ProblemCode::conflict);
  return {};
}

}  // namespace

campaigns::Catalogue::Bundle campaign_for(Snapshot& snapshot, campaigns::Catalogue& catalogue, const PlaceId& town, Date day) {
  campaigns::Catalogue::Bundle newest;
  for (const auto& bundle : catalogue.all(snapshot)) {
    const auto& campaign = bundle->campaign;
    if (campaign.town != town) continue;
    if (newest == nullptr) newest = bundle;
    if (campaign.starts_on <= day && day <= plus_days(campaign.ends_on, trailing_days)) return bundle;
  }
  return newest;
}

Result<LetterPage> list_letters(Snapshot& snapshot, const Actor& actor, const PlaceId& town, std::optional<LetterState> state,
                                const std::optional<LetterPosition>& below, int limit, Instant now) {
  const auto judged = judge_town(actor, places::read_tree(snapshot, china_date(now)), town);
  if (!judged) return judged.error();
  return LetterPage{list_letters(snapshot, town, state, below, limit), count_waiting(snapshot, town)};
}

Result<Letter> see_letter(Snapshot& snapshot, const Actor& actor, const Id<Letter>& id, Instant now) {
  auto letter = find_letter(snapshot, id);
  if (!letter) return Problem(ProblemCode::not_found);
  if (!judge_town(actor, places::read_tree(snapshot, china_date(now)), letter->town)) return Problem(ProblemCode::not_found);
  return std::move(*letter);
}

Result<> may_keep_file(Snapshot& snapshot, const Actor& actor, const ImportedFile& file, Instant now) {
  const auto judged = judge_town(actor, places::read_tree(snapshot, china_date(now)), file.town);
  if (!judged) return judged.error();
  if (const auto checked = check_import(file); !checked) return checked.error();
  if (find_core(snapshot, file.letter)) return Problem(ProblemCode::conflict);
  return judge_files(imports_of(snapshot, file.letter), actor, file.town);
}

Result<> keep_file(Transaction& transaction, const Actor& actor, const ImportedFile& file, Instant now) {
  const auto judged = may_keep_file(transaction, actor, file, now);
  if (!judged) return judged.error();
  keep_import(transaction, file);
  return {};
}

Result<ImportedLetter> import_letter(Transaction& transaction, const LetterTools& tools, const Actor& actor, const Id<Letter>& id,
                                     const LetterImport& entered, Instant now) {
  const auto judged = judge_town(actor, places::read_tree(transaction, china_date(now)), entered.place);
  if (!judged) return judged.error();
  if (count_characters(entered.note.value_or("")) > 200) return Problem::at("note", ProblemCode::too_long, {{"limit", "200"}});
  const auto files = imports_of(transaction, id);
  if (auto before = find_letter(transaction, id)) {
    const bool is_same = before->channel == Channel::import && before->town == entered.place;
    if (!is_same || !judge_files(files, actor, entered.place)) return Problem(ProblemCode::conflict);
    return ImportedLetter{std::move(*before), false};
  }
  if (files.empty()) return Problem(ProblemCode::conflict);
  if (const auto owned = judge_files(files, actor, entered.place); !owned) return owned.error();
  Letter letter;
  letter.id = id;
  letter.town = entered.place;
  letter.channel = Channel::import;
  letter.body_sha256 = "import:" + id.to_string();
  letter.arrived_at = now;
  letter.fetched_at = now;
  letter.head.subject = kept_text(entered.note.value_or(""), 800);
  letter.contents.subject = letter.head.subject;
  insert(transaction, letter);
  ask_to_read(transaction, tools.queue, id);
  note(transaction, actor, "import_letter", letter, "", now);
  return ImportedLetter{std::move(letter), true};
}

Result<Letter> correct_letter(Transaction& transaction, const LetterTools& tools, const Actor& actor, const Id<Letter>& id,
                              const LetterCorrection& correction, const std::optional<std::string>& etag, Instant now) {
  auto letter = open_letter(transaction, actor, id, etag, now);
  if (!letter) return letter.error();
  const auto bundle = campaign_of(transaction, tools, *letter, correction);
  if (!bundle) return bundle.error();
  const auto& campaign = (*bundle)->campaign;
  const auto tree = places::read_tree(transaction, china_date(now));
  if (const auto checked = check(correction, letter->contents, campaign, tree); !checked) return checked.error();
  const std::string before = traced(*letter);
  letter->campaign = campaign.id;
  letter->understanding = corrected(correction);
  letter->understanding.doubts = doubts_of(letter->understanding, campaign);
  std::vector<Caution> cautions = letter->head.cautions;
  std::erase(cautions, Caution::no_campaign);
  letter->head = head_of(letter->contents, letter->understanding, std::move(cautions));
  letter->state = LetterState::waiting;
  letter->course.hindered.reset();
  letter->course.set_aside.reset();
  ++letter->version;
  update_understanding(transaction, *letter);
  note(transaction, actor, "correct_letter", *letter, before, now);
  return letter;
}

Result<Letter> ask_to_file(Transaction& transaction, const LetterTools& tools, const Actor& actor, const Id<Letter>& id,
                           const LetterFiling& filing, const std::optional<std::string>& etag, Instant now) {
  auto letter = open_letter(transaction, actor, id, etag, now);
  if (!letter) return letter.error();
  const bool is_import = letter->channel == Channel::import;
  if (is_import && !filing.arrived_on) return Problem::at("arrived_on", ProblemCode::required);
  if (filing.arrived_on && *filing.arrived_on > now) {
    return Problem::at("arrived_on", ProblemCode::out_of_range, {{"low", "…"}, {"high", to_string(now)}});
  }
  const auto& head = letter->head;
  const bool is_clear = letter->campaign && head.place && head.doubts.empty() &&
                        std::ranges::all_of(head.cautions, is_settled_by_filing) && letter->state == LetterState::waiting;
  if (!is_clear) return Problem(ProblemCode::letter_unclear);
  const std::string before = traced(*letter);
  FilingAsked asked;
  asked.by = actor.display_name;
  asked.account = actor.account.uuid();
  if (is_import) asked.arrived_at = filing.arrived_on;
  asked.beside_people = filing.beside_people.value_or(false);
  letter->course.asked = asked;
  letter->course.hindered.reset();
  letter->state = LetterState::filing;
  ++letter->version;
  update_course(transaction, *letter);
  ask_to_file_later(transaction, tools.queue, id);
  note(transaction, actor, "file_letter", *letter, before, now);
  return letter;
}

Result<Letter> take_back(Transaction& transaction, const LetterTools& tools, const Actor& actor, const Id<Letter>& id,
                         const std::optional<std::string>& etag, Instant now) {
  auto letter = see_letter(transaction, actor, id, now);
  if (!letter) return letter.error();
  if (letter->state != LetterState::filed) {
    return is_open(*letter) && letter->course.taken_back ? std::move(letter) : Problem(ProblemCode::letter_not_filed);
  }
  if (const auto matched = match(*letter, etag); !matched) return matched.error();
  const auto taken = tools.filing.take_back(transaction, letter->town, id, actor, now);
  if (!taken) return taken.error();
  const std::string before = traced(*letter);
  const FiledNote filed = *letter->course.filed;
  const TakenBack what = taken->value_or(TakenBack{filed.filed});
  letter->course = Course();
  letter->course.taken_back = TakenBackNote{filed.campaign, what, actor.display_name, now};
  letter->state = LetterState::waiting;
  letter->head.cautions = {letter->channel == Channel::mail ? Caution::sender_unconfirmed : Caution::arrival_unconfirmed};
  ++letter->version;
  update_course(transaction, *letter);
  forget_sender(transaction, letter->town, letter->contents.from_address, filed.filed.place);
  note(transaction, actor, "take_letter_back", *letter, before, now);
  return letter;
}

Result<Letter> set_aside(Transaction& transaction, const Actor& actor, const Id<Letter>& id, const LetterSettingAside& entered,
                         const std::optional<std::string>& etag, Instant now) {
  auto letter = open_letter(transaction, actor, id, etag, now);
  if (!letter) return letter.error();
  const std::string before = traced(*letter);
  letter->state = LetterState::set_aside;
  letter->course.set_aside = SetAside{entered.reason, actor.display_name, now};
  ++letter->version;
  update_course(transaction, *letter);
  note(transaction, actor, "set_letter_aside", *letter, before, now);
  return letter;
}

Result<Letter> answer(Transaction& transaction, const LetterTools& tools, const Actor& actor, const Id<Letter>& id,
                      const LetterAnswerRequest& entered, Instant now) {
  auto letter = see_letter(transaction, actor, id, now);
  if (!letter) return letter.error();
  const std::string text = kept_text(trimmed(entered.text), std::string::npos);
  if (text.empty()) return Problem::at("text", ProblemCode::required);
  if (count_characters(text) > longest_answer) {
    return Problem::at("text", ProblemCode::too_long, {{"limit", std::to_string(longest_answer)}});
  }
  if (!can_be_answered(*letter)) return Problem(ProblemCode::letter_no_answer);
  Reply reply;
  reply.id = Id<Reply>::random(tools.randomness);
  reply.letter = id;
  reply.town = letter->town;
  reply.kind = ReplyKind::answer;
  reply.receiver = letter->contents.reply_to;
  reply.subject = reply_subject(letter->contents.subject);
  reply.text = text + "\n";
  reply.by = actor.display_name;
  reply.created_at = now;
  insert(transaction, reply);
  ask_to_send(transaction, tools.queue, reply.id);
  note(transaction, actor, "answer_letter", *letter, traced(*letter), now);
  return letter;
}

}  // namespace wujin::mailbox
