#pragma once

#include <span>
#include <vector>

#include "base/problem.h"
#include "campaigns/summary_words.h"
#include "mailbox/understanding.h"
#include "summaries/summary.h"

// Where in the campaign's summary a letter's parts are written. Pure.
namespace wujin::mailbox {

// A part goes to the section its heading names; one whose heading names none, or two, follows the part above it with its heading
// as a line of its own, so that nothing is lost and all keeps its order. Above the first is the opening; when no heading is the
// campaign's, all of it tells what was done. What gets too long leaves a fault at its activities[].text.
std::vector<summaries::TextEdit> summary_texts(std::span<const FoundActivity> parts, const campaigns::SummaryWords& words,
                                               std::vector<Fault>& faults);

}  // namespace wujin::mailbox
