#pragma once

#include <vector>

#include "mail/letter.h"
#include "mail/letter_files.h"
#include "mail/letter_header.h"

namespace wujin::mail {

// A node of the tree a message is.
struct Part {
  Content content;
  Fields fields;  // of a message, those a reader asks for; of the messages within, the subject alone
  Range body;
  // Of a multipart its parts, of a message/rfc822 the one message.
  std::vector<Part> children;
  bool is_left_out = false;  // lies too deep
};

// Finds where the parts of a message stand. Reads the file once from front to back, in pieces: memory is bounded by the limits
// whatever the message is, which GMime's own parser does not promise (it keeps every header, and a part for every boundary).
// `parts` counts them, over all messages of one letter.
Part find_parts(const InputFile& file, const LetterLimits& limits, std::size_t& parts, std::vector<Fault>& faults);

}  // namespace wujin::mail
