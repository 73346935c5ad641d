#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/deliverable.h"

namespace wujin::campaigns {

// What a year-end appraisal looks at (N21): how a place reported. Quotas stand beside it, persons and time never enter
// (domain.md, the rules on burden).
enum class AppraisalMeasure : std::uint8_t {
  handed_in,  // something valid was handed in
  complete,   // what was handed in was accepted
  on_time     // the first valid hand-in came by its deadline
};
BOOST_DESCRIBE_ENUM(AppraisalMeasure, handed_in, complete, on_time)

enum class AppraisalScoring : std::uint8_t {
  share,  // the weight times what was met of what was owed
  whole   // the weight when all that was owed was met, else nothing
};
BOOST_DESCRIBE_ENUM(AppraisalScoring, share, whole)

struct AppraisalItem {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  AppraisalMeasure counts = AppraisalMeasure::handed_in;
  std::vector<Deliverable> deliverables;  // of these
  AppraisalScoring scoring = AppraisalScoring::share;
  int weight = 1;  // points, where the campaign scores at all
  bool enabled = true;
};

struct AppraisalRules {
  std::string note = "以下为报送情况依据，供考核参考，不作为唯一依据。";
  std::string note_en = "Evidence of how places reported, for the appraisal to consider; not its sole basis.";
  bool scores = false;
  std::vector<AppraisalItem> items;

  bool is_wanted() const { return !items.empty(); }
};

}  // namespace wujin::campaigns
