#pragma once

#include <string>

#include "database/database.h"
#include "mailbox/letter.h"
#include "people/actor.h"

// What the trail keeps of letters: neither who wrote one nor what stands in it.
namespace wujin::mailbox {

// A letter as the trail keeps it.
std::string traced(const LetterCore& letter);

// What somebody did to a letter. `before` as it was traced; empty: there was none.
void note(Transaction& transaction, const people::Actor& actor, std::string verb, const LetterCore& letter, std::string before,
          Instant now);
// That it was filed, by whoever asked for it or by nobody.
void note_filed(Transaction& transaction, const LetterCore& letter, Instant now);

}  // namespace wujin::mailbox
