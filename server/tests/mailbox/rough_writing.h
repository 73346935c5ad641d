#pragma once

#include <cstdint>

#include "mailbox/incoming_cases.h"

// The same letter as a hand in a hurry types it: what it says is the same.
namespace wujin::mailbox::fixture {

// Spaces around figures, 号 for 日, brackets, dashes and commas of any width, indents typed as spaces, empty lines, lines broken
// within a paragraph, no full stops: some of them, by the seed, all through the letter.
void write_roughly(Incoming& incoming, std::uint32_t seed);

}  // namespace wujin::mailbox::fixture
