#pragma once

#include <string>

#include "database/database.h"
#include "mailbox/letter.h"
#include "mailbox/reply.h"
#include "people/actor.h"

// What the trail keeps of letters: neither who wrote one nor what stands in it.
namespace wujin::mailbox {

// A letter as the trail keeps it.
std::string traced(const LetterCore& letter);

// What somebody did to a letter. `before` as it was traced; empty: there was none.
void note(Transaction& transaction, const people::Actor& actor, std::string verb, const LetterCore& letter, std::string before,
          Instant now);
// That it came by mail.
void note_taken_in(Transaction& transaction, const LetterCore& letter, Instant now);
// That it was filed, by whoever asked for it or by nobody.
void note_filed(Transaction& transaction, const LetterCore& letter, Instant now);
// That it was to be filed and could not be; why is with the letter.
void note_hindered(Transaction& transaction, const LetterCore& letter, Instant now);
// How it ended with what was written back: to whom and what is with the letter.
void note_reply(Transaction& transaction, const LetterCore& letter, const Reply& reply, Instant now);

}  // namespace wujin::mailbox
