#pragma once

#include <string>

#include "documents/value.h"

namespace wujin::campaigns {

// One row of a plan as people read it.
struct PlanRowWords {
  std::string week_label;  // 8月第三周
  std::string week_dates;  // 8月14—20日
  std::string places;      // 泸永桥村委会、龙凤桥村委会
  std::string focus;
  std::string in_charge;
};

// What the row of a plan form is filled with: exactly the tags of a row in plan_tags().
documents::Value::Object plan_row_values(const PlanRowWords& words);

}  // namespace wujin::campaigns
