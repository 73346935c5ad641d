#pragma once

#include "documents/reading.h"

// What a person wrote in a letter: without the letter it answers, greetings, signature, and what programs add. Pure.
namespace wujin::mailbox {

documents::Reading own_words(const documents::Reading& letter);

}  // namespace wujin::mailbox
