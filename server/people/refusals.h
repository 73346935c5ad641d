#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/task.h"
#include "database/database.h"
#include "people/actor.h"

namespace wujin::people {

// Keeps in the trail that somebody was refused, in a write of its own: the refused one has been rolled back. Every api calls this
// with the problem an action answered; what does not concern rights is passed over.
class Refusals {
 public:
  Refusals(Database& database, const Clock& clock) : database_(database), clock_(clock) {}

  struct Subject {
    std::string_view verb;    // "accept_report"
    std::string_view kind;    // "report"
    std::string_view record;  // its id; empty: none
    std::string_view place;   // empty: none
  };
  // Never fails: a trail that cannot be written must not turn a refusal into another answer.
  Task<void> note(const Actor& who, Subject subject, const Problem& problem);

 private:
  Database& database_;
  const Clock& clock_;
};

}  // namespace wujin::people
