#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "activities/activity.h"
#include "base/id.h"

// What people changed in a month's report. The activities themselves are never touched by it.
namespace wujin::reports {

using activities::Activity;
using photos::Photo;

struct ChosenPhoto {
  Id<Photo> id;
  std::optional<std::string> caption;  // words after 图片1
  bool operator==(const ChosenPhoto&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChosenPhoto, (), (id, caption))

struct SectionEdit {
  Id<Activity> activity;
  std::optional<std::string> text;                 // instead of the activity's own
  std::optional<std::vector<ChosenPhoto>> photos;  // the printed ones, in order; absent: all, as recorded
  bool operator==(const SectionEdit&) const = default;
};
BOOST_DESCRIBE_STRUCT(SectionEdit, (), (activity, text, photos))

struct WeekEdit {
  int index = 1;
  std::string empty_text;
  bool operator==(const WeekEdit&) const = default;
};
BOOST_DESCRIBE_STRUCT(WeekEdit, (), (index, empty_text))

struct Edits {
  std::vector<WeekEdit> weeks;
  std::vector<SectionEdit> sections;
  bool operator==(const Edits&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edits, (), (weeks, sections))

struct Draft {
  Edits edits;
  std::string no_activity_reason;  // 情况说明
  std::string explanation;         // why it comes late
  std::int64_t version = 0;        // 0: nobody changed anything yet
};

// The body of PATCH (contract: ReportChange); what is absent stays as it is.
struct SectionChange {
  Id<Activity> activity;
  std::optional<std::string> text;
  std::optional<bool> reset_text;  // back to the activity's own
  std::optional<std::vector<ChosenPhoto>> photos;
};
BOOST_DESCRIBE_STRUCT(SectionChange, (), (activity, text, reset_text, photos))

struct ReportChange {
  std::optional<std::vector<WeekEdit>> weeks;
  std::optional<std::vector<SectionChange>> sections;
  std::optional<std::string> no_activity_reason;
  std::optional<std::string> explanation;

  // An explanation may be given after the hand-in too; anything else then has to wait for a withdrawal.
  bool is_only_explanation() const { return !weeks && !sections && !no_activity_reason; }
};
BOOST_DESCRIBE_STRUCT(ReportChange, (), (weeks, sections, no_activity_reason, explanation))

}  // namespace wujin::reports
