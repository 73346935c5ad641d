#include "mailbox/intake.h"

#include <array>
#include <fstream>
#include <span>

#include "base/digest.h"
#include "base/text.h"
#include "files/digests.h"
#include "mailbox/jobs.h"
#include "mailbox/letter_trail.h"
#include "mailbox/letters_store.h"

namespace wujin::mailbox {
namespace {

constexpr std::size_t piece_bytes = 256 * 1024;
constexpr std::size_t longest_id = 998;  // of a header line (RFC 5322)

// Finds where a mail's header ends, whatever pieces it comes in: at an empty line.
class HeaderEnd {
 public:
  // The part of `piece` that belongs to the body.
  std::span<const char> body_of(std::span<const char> piece) {
    for (std::size_t i = 0; i < piece.size() && !is_past_; ++i) {
      if (piece[i] == '\n') {
        is_past_ = is_line_empty_;
        is_line_empty_ = true;
        if (is_past_) return piece.subspan(i + 1);
      } else if (piece[i] != '\r') {
        is_line_empty_ = false;
      }
    }
    return is_past_ ? piece : std::span<const char>();
  }

 private:
  bool is_line_empty_ = false;
  bool is_past_ = false;
};

Letter letter_of(const ArrivedMail& mail, Randomness& randomness) {
  Letter letter;
  letter.id = Id<Letter>::random(randomness);
  letter.town = mail.town;
  letter.channel = Channel::mail;
  letter.message_id = kept_text(mail.envelope.message_id, longest_id);
  letter.arrived_at = mail.envelope.arrived_at;
  letter.fetched_at = mail.fetched_at;
  letter.raw_bytes = static_cast<std::int64_t>(mail.envelope.bytes);
  return letter;
}

}  // namespace

MailFacts facts_of_mail(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("a fetched mail cannot be opened");
  files::Digests raw;
  files::Digests body;
  HeaderEnd header;
  std::string buffer(piece_bytes, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    const std::span<const char> piece(buffer.data(), static_cast<std::size_t>(in.gcount()));
    raw.append(piece);
    body.append(header.body_of(piece));
  }
  return {raw.facts(), to_hex(body.facts().sha256)};
}

TakenIn take_in(Transaction& transaction, jobs::Queue& queue, Randomness& randomness, const ArrivedMail& mail,
                const MailFacts& facts) {
  Letter letter = letter_of(mail, randomness);
  letter.raw_sha256 = to_hex(facts.raw.sha256);
  letter.raw_bytes = static_cast<std::int64_t>(facts.raw.size);
  letter.body_sha256 = letter.message_id.empty() ? letter.raw_sha256 : facts.body_sha256;
  if (const auto same = find_same(transaction, mail.town, letter.message_id, letter.body_sha256)) return {*same, false};
  insert(transaction, letter);
  note_taken_in(transaction, letter, mail.fetched_at);
  ask_to_read(transaction, queue, letter.id);
  return {letter.id, true};
}

TakenIn take_in_unfetched(Transaction& transaction, Randomness& randomness, const ArrivedMail& mail) {
  Letter letter = letter_of(mail, randomness);
  const std::string known_by = to_string(mail.envelope.arrived_at) + "/" + std::to_string(mail.envelope.bytes);
  letter.body_sha256 = to_hex(sha256(known_by));
  letter.state = LetterState::failed;
  letter.contents.faults = {mail::Fault::too_large};
  letter.understanding.doubts = {Doubt::unreadable};
  letter.head = head_of(letter.contents, letter.understanding, {});
  if (const auto same = find_same(transaction, mail.town, letter.message_id, letter.body_sha256)) return {*same, false};
  insert(transaction, letter);
  note_taken_in(transaction, letter, mail.fetched_at);
  return {letter.id, true};
}

}  // namespace wujin::mailbox
