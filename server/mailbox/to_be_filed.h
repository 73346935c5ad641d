#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "activities/activity.h"
#include "base/id.h"
#include "mailbox/filing.h"
#include "plans/plan.h"
#include "summaries/summary.h"

// What was understood, as the records it is to become. Pure.
namespace wujin::mailbox {

struct ActivityToFile {
  activities::ActivityContent content;
  std::vector<PictureRef> pictures;
};

struct ToBeFiled {
  Deliverable deliverable = Deliverable::report;
  PlaceId place;
  Month month;                             // of a report
  std::vector<ActivityToFile> activities;  // in the letter's order; likewise the rows
  std::string no_activity_reason;          // only without activities
  std::vector<plans::RowChange> rows;
  std::vector<summaries::TextEdit> texts;  // of a summary, by its parts
  int unplaced = 0;                        // pictures that belong to no activity
};

// An activity of which only the week is known is put on that week's first day. Errors in the letter's own terms are Unfiled.
std::variant<ToBeFiled, Unfiled> to_be_filed(const Understanding& understanding, const campaigns::Campaign& campaign,
                                             const places::Tree& tree);

// Two that would be filed alike answer alike, as far as can be told without the pictures' bytes.
std::string digest_of(const ToBeFiled& wanted);

// An id that follows from a name: the first 16 bytes of its SHA-256, version 8 of RFC 9562.
Uuid named_uuid(std::string_view name);

}  // namespace wujin::mailbox
