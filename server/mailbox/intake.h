#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "base/randomness.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "mail/imap.h"
#include "mailbox/letter.h"

// A mail as it came becomes a letter: its bytes in the vault, a row, and work for whoever reads it. Nothing is parsed here.
namespace wujin::mailbox {

// What the bytes of a mail are known by.
struct MailFacts {
  files::FileFacts raw;
  std::string body_sha256;  // in hexadecimal; of what follows the header, which changes with the way a mail took
};
MailFacts facts_of_mail(const std::filesystem::path& file);

struct ArrivedMail {
  PlaceId town;
  mail::Envelope envelope;
  Instant fetched_at;
};

struct TakenIn {
  Id<Letter> letter;
  bool is_new = false;
};

// The letter of a mail whose bytes the vault keeps already. The same mail again, from another folder or under another number, is
// the same letter: its Message-ID and its body say so; of one that names no id all bytes must be the same.
TakenIn take_in(Transaction& transaction, jobs::Queue& queue, Randomness& randomness, const ArrivedMail& mail,
                const MailFacts& facts);
// One that is larger than is ever fetched: a letter that only says so.
TakenIn take_in_unfetched(Transaction& transaction, Randomness& randomness, const ArrivedMail& mail);

}  // namespace wujin::mailbox
