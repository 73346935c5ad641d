#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "people/actor.h"
#include "reports/report_answer.h"

namespace wujin::reports {

// The figures of a month's reports, one place after another. Laying a report out reads every record of its month, so what follows
// from it is kept until a record, a draft, a name or the campaign changes.
class MonthFigures {
 public:
  MonthFigures(Snapshot& snapshot, const Frame& frame, const people::Actor& actor, Month month);

  // Errors: as open_report.
  Result<Figures> of(const PlaceId& place);

 private:
  Snapshot& snapshot_;
  const Frame& frame_;
  const people::Actor& actor_;
  Month month_;
  std::string name_;   // of what is kept, without its place
  std::string stamp_;  // likewise
  std::map<PlaceId, std::int64_t> drafts_;
  std::map<PlaceId, std::string> records_;
};

}  // namespace wujin::reports
