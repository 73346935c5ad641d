#pragma once

#include <string>
#include <vector>

#include "mailbox/campaign_words.h"
#include "mailbox/document_lines.h"
#include "mailbox/outline.h"
#include "mailbox/understanding.h"

// One text that came, read through once.
namespace wujin::mailbox {

struct ReadSource {
  int index = 0;  // among Incoming::sources
  bool is_letter = false;
  documents::Reading own;  // of a letter: what was written in it (mailbox/letter_text.h)
  DocumentLines lines;
  Outline outline;
  std::u32string name;   // of the file, without its extension
  std::u32string title;  // as one line
  std::u32string text;   // all of it
  CampaignWords::FormGuess form{};
  Why form_why = Why::nothing;
};

// A finding before it is weighed against others.
template <class T>
struct Evidence {
  T value;
  int percent = 0;
  Why why = Why::nothing;
  std::string words;
};

}  // namespace wujin::mailbox
