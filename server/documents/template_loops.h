#pragma once

#include <vector>

#include "documents/known_tags.h"
#include "documents/template_tags.h"

namespace wujin::documents {

// Pairs what opens with what closes and judges every tag: unclosed, unopened, nested in itself or deeper than 12, on different
// levels, a picture in a wrong place and, given `known`, unknown or of the wrong kind. Then moves each loop's markers to where
// its repetition begins and ends, by docxtemplater's rules:
// - both in one paragraph: they stay, and what stands between them is repeated;
// - in different cells of one row, or in different rows: before the first row and after the last;
// - in paragraphs that hold nothing but loop tags: before and after those, which are dropped;
// - otherwise they stay where they are, and the text between them is repeated as it runs.
void arrange_loops(std::vector<Tag>& tags, const KnownTags* known, std::vector<Fault>& faults);

}  // namespace wujin::documents
