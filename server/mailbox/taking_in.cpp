#include "mailbox/taking_in.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "jobs/recurring.h"
#include "mail/message.h"
#include "mailbox/jobs.h"
#include "mailbox/letter_trail.h"
#include "mailbox/letters_actions.h"
#include "mailbox/mailboxes_store.h"
#include "mailbox/pictures.h"
#include "mailbox/replies_store.h"
#include "places/place_store.h"
#include "reminders/reminders_store.h"

namespace wujin::mailbox {
namespace {

const jobs::Recurring cleaning{"mailbox.clean", std::chrono::hours(6)};
constexpr std::chrono::hours forgotten_after{24};
// What brought a worker down twice does not get a third chance.
constexpr int most_readings = 2;
constexpr int most_receipts_a_day = 3;

// ── reading ──

ReadLetter read(const LetterJobParts& parts, const LetterCore& letter, const std::vector<ImportedFile>& files) {
  const auto folder = parts.vault.staging() / ("reading-" + letter.id.to_string());
  if (letter.channel == Channel::import) return read_import(parts.vault, parts.modernise, letter, files, folder);
  return read_mail(parts.vault, parts.modernise, letter, folder);
}

std::vector<Caution> cautions_of(const Letter& letter, const std::vector<KnownSender>& senders) {
  std::vector<Caution> cautions;
  if (!letter.campaign) cautions.push_back(Caution::no_campaign);
  if (letter.channel == Channel::import) {
    cautions.push_back(Caution::arrival_unconfirmed);
    return cautions;
  }
  const auto& place = letter.understanding.place.value;
  const auto confirms = [&](const KnownSender& sender) {
    return sender.is_confirmed && place && sender.place == *place && sender.address == letter.contents.from_address;
  };
  if (std::ranges::none_of(senders, confirms)) cautions.push_back(Caution::sender_unconfirmed);
  if (is_suspicious(letter.contents.authentication)) cautions.push_back(Caution::sender_suspicious);
  if (letter.contents.is_automatic) cautions.push_back(Caution::from_machine);
  return cautions;
}

void add_doubts(Understanding& understanding, const std::vector<Doubt>& doubts) {
  for (const Doubt doubt : doubts) {
    if (std::ranges::count(understanding.doubts, doubt) == 0) understanding.doubts.push_back(doubt);
  }
}

// The letter as understood by what is known at this moment.
void understand_letter(Snapshot& snapshot, const LetterJobParts& parts, Letter& letter, const ReadLetter& read, Instant now) {
  const auto bundle = campaign_for(snapshot, parts.catalogue, letter.town, read.incoming.received_on);
  const auto senders = senders_of(snapshot, letter.town);
  letter.contents = read.contents;
  if (bundle != nullptr) {
    letter.campaign = bundle->campaign.id;
    const auto tree = places::read_tree(snapshot, china_date(now));
    letter.understanding = understand(read.incoming, bundle->campaign, tree, senders);
  }
  add_doubts(letter.understanding, read.doubts);
  if (bound(letter.understanding)) add_doubts(letter.understanding, {Doubt::unreadable});
  letter.head = head_of(letter.contents, letter.understanding, cautions_of(letter, senders));
}

Result<> keep_read(Transaction& transaction, const LetterJobParts& parts, const Id<Letter>& id, const ReadLetter& read) {
  auto letter = find_letter(transaction, id);
  if (!letter || letter->state != LetterState::reading) return {};
  understand_letter(transaction, parts, *letter, read, parts.clock.now());
  const bool is_clear = letter->head.doubts.empty() && letter->head.cautions.empty();
  letter->state = is_clear ? LetterState::filing : LetterState::waiting;
  if (is_clear) letter->course.asked = FilingAsked();
  ++letter->version;
  update_whole(transaction, *letter);
  if (is_clear) ask_to_file_later(transaction, parts.queue, id);
  return {};
}

Result<> give_up_reading(Transaction& transaction, const Id<Letter>& id) {
  auto letter = find_letter(transaction, id);
  if (!letter || letter->state != LetterState::reading) return {};
  letter->state = LetterState::failed;
  letter->understanding.doubts = {Doubt::unreadable};
  letter->head.doubts = letter->understanding.doubts;
  ++letter->version;
  update_understanding(transaction, *letter);
  return {};
}

// ── filing ──

Letterhead letterhead_of(const Letter& letter) {
  Letterhead head;
  head.id = letter.id;
  head.town = letter.town;
  head.campaign = *letter.campaign;
  head.arrived_at = letter.course.asked->arrived_at.value_or(letter.arrived_at);
  head.channel = letter.channel == Channel::mail ? "邮件" : "人工导入";
  return head;
}

int weeks_of(const Understanding& understanding) {
  std::set<int> weeks;
  for (const FoundActivity& activity : understanding.activities) weeks.insert(activity.week.value.value_or(0));
  return static_cast<int>(weeks.size());
}

// The station's own addresses: to write to them would come back as a letter.
bool is_our_own(Snapshot& snapshot, const PlaceId& town, const std::string& address, const MailboxSettings& settings) {
  if (settings.server && kept_address(settings.server->login) == address) return true;
  const auto outgoing = reminders::read_settings(snapshot, town).settings.mailbox;
  return outgoing && kept_address(outgoing->from_address) == address;
}

// Never in answer to a machine or to ourselves, never twice a letter, to nobody more than a few a day.
bool is_owed_a_receipt(Snapshot& snapshot, const Letter& letter, Instant now) {
  const MailboxSettings settings = read_mailbox(snapshot, letter.town).settings;
  if (!can_be_answered(letter) || !settings.receipts) return false;
  if (is_our_own(snapshot, letter.town, letter.contents.reply_to, settings)) return false;
  if (has_receipt(snapshot, letter.id)) return false;
  const Instant day_before = now - std::chrono::hours(24);
  return receipts_since(snapshot, letter.town, letter.contents.reply_to, day_before) < most_receipts_a_day;
}

void write_receipt(Transaction& transaction, const LetterJobParts& parts, const Letter& letter, Instant now) {
  const auto bundle = parts.catalogue.latest(transaction, letter.course.filed->campaign);
  const auto tree = places::read_tree(transaction, china_date(now));
  const auto* place = tree.find(letter.course.filed->filed.place);
  Reply reply;
  reply.id = Id<Reply>::random(parts.randomness);
  reply.letter = letter.id;
  reply.town = letter.town;
  reply.kind = ReplyKind::receipt;
  reply.receiver = letter.contents.reply_to;
  reply.subject = reply_subject(letter.contents.subject);
  reply.text =
      receipt_text(*letter.course.filed, place == nullptr ? "" : place->name,
                   bundle == nullptr ? "" : bundle->campaign.short_title, letter.arrived_at, weeks_of(letter.understanding));
  reply.created_at = now;
  if (insert(transaction, reply)) ask_to_send(transaction, parts.queue, reply.id);
}

void keep_filed(Transaction& transaction, const LetterJobParts& parts, Letter& letter, const Filed& filed, Instant now) {
  letter.state = LetterState::filed;
  letter.course.filed = FiledNote{*letter.campaign, filed, letter.course.asked->by, now};
  letter.course.hindered.reset();
  letter.course.taken_back.reset();
  letter.head.cautions.clear();
  ++letter.version;
  update_course(transaction, letter);
  const bool has_sender = letter.channel == Channel::mail && !letter.contents.from_address.empty();
  if (has_sender && letter.course.asked->by) {
    learn_sender(transaction, letter.town, {letter.contents.from_address, filed.place, true}, now);
  }
  note_filed(transaction, letter, now);
  if (is_owed_a_receipt(transaction, letter, now)) write_receipt(transaction, parts, letter, now);
}

Hindered kept(const Unfiled& unfiled) {
  Hindered hindered{unfiled.hindrance, {}};
  hindered.faults.reserve(unfiled.faults.size());
  for (const Fault& fault : unfiled.faults) {
    hindered.faults.push_back({fault.field, std::string(slug(fault.code)),
                               sentence(fault.code, fault.parameters, Language::chinese),
                               sentence(fault.code, fault.parameters, Language::english)});
  }
  return hindered;
}

void put_back(Transaction& transaction, Letter& letter, const Unfiled& unfiled, Instant now) {
  letter.state = LetterState::waiting;
  letter.course.hindered = kept(unfiled);
  ++letter.version;
  update_course(transaction, letter);
  note_hindered(transaction, letter, now);
}

Result<> keep_outcome(Transaction& transaction, const LetterJobParts& parts, const Id<Letter>& id, const FilingOutcome& outcome) {
  auto letter = find_letter(transaction, id);
  if (!letter || letter->state != LetterState::filing) return {};
  const Instant now = parts.clock.now();
  if (const auto* filed = std::get_if<Filed>(&outcome)) {
    keep_filed(transaction, parts, *letter, *filed, now);
  } else {
    put_back(transaction, *letter, std::get<Unfiled>(outcome), now);
  }
  return {};
}

Result<FilingOutcome> file_now(const LetterJobParts& parts, const Letter& letter) {
  const PictureSource pictures = [&](const PictureRef& picture) { return picture_of(parts.vault, letter.contents, picture); };
  // Somebody who was not told yet of what people recorded there is told first.
  const auto by = letter.course.asked->beside_people ? FiledBy::person : FiledBy::program;
  return parts.filing.file(letterhead_of(letter), letter.understanding, pictures, parts.clock.now(), by);
}

// ── cleaning ──

// The sweep passes over what came within a day: nothing that is being taken in at this moment.
bool is_kept(const LetterJobParts& parts, std::string_view sha256) {
  const std::string hex = to_hex(sha256);
  return parts.database.read_now([&](Snapshot& snapshot) { return is_referenced(snapshot, hex); });
}

// What a crash left of a letter that was being fetched or read.
void sweep_staging(const files::Vault& vault) {
  namespace fs = std::filesystem;
  const auto newest = fs::file_time_type::clock::now() - forgotten_after;
  std::vector<fs::path> left;
  for (const auto& entry : fs::directory_iterator(vault.staging())) {
    if (entry.last_write_time() < newest) left.push_back(entry.path());
  }
  for (const fs::path& path : left) fs::remove_all(path);
}

}  // namespace

Result<> read_letter(const LetterJobParts& parts, const jobs::Job& job) {
  const auto id = Id<Letter>::parse(job.payload);
  if (!id) return {};
  std::vector<ImportedFile> files;
  const auto letter = parts.database.read_now([&](Snapshot& snapshot) {
    files = imports_of(snapshot, *id);
    return find_core(snapshot, *id);
  });
  if (!letter || letter->state != LetterState::reading) return {};
  if (job.attempt > most_readings) {
    return parts.database.write_now([&](Transaction& transaction) { return give_up_reading(transaction, *id); });
  }
  const ReadLetter read_now = read(parts, *letter, files);
  return parts.database.write_now([&](Transaction& transaction) { return keep_read(transaction, parts, *id, read_now); });
}

Result<> file_letter(const LetterJobParts& parts, const jobs::Job& job) {
  const auto id = Id<Letter>::parse(job.payload);
  if (!id) return {};
  const auto letter = parts.database.read_now([&](Snapshot& snapshot) { return find_letter(snapshot, *id); });
  if (!letter || letter->state != LetterState::filing) return {};
  auto outcome = file_now(parts, *letter);
  const bool is_last = job.attempt >= job.attempts;
  if (!outcome && !is_last) return outcome.error();
  const FilingOutcome settled = outcome ? std::move(*outcome) : FilingOutcome(Unfiled());
  return parts.database.write_now([&](Transaction& transaction) { return keep_outcome(transaction, parts, *id, settled); });
}

int clean_letters(const LetterJobParts& parts) {
  sweep_staging(parts.vault);
  const Instant before = parts.clock.now() - forgotten_after;
  const auto drop = [&](Transaction& transaction) -> Result<std::int64_t> { return drop_forgotten_imports(transaction, before); };
  (void)parts.database.write_now(drop);
  const auto is_wanted = [&](std::string_view sha256) { return is_kept(parts, sha256); };
  return static_cast<int>(parts.vault.sweep(forgotten_after, is_wanted));
}

void schedule_cleaning(const LetterJobParts& parts) { jobs::ask_for_next(parts.database, parts.queue, cleaning); }

void add_letter_jobs(jobs::Workers& workers, const LetterJobParts& parts) {
  workers.on(std::string(read_job), [parts](const jobs::Job& job) { return read_letter(parts, job); });
  workers.on(std::string(file_job), [parts](const jobs::Job& job) { return file_letter(parts, job); });
  jobs::on_recurring(workers, parts.database, parts.queue, cleaning, [parts] { clean_letters(parts); });
}

}  // namespace wujin::mailbox
