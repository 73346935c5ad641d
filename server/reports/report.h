#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "activities/activity_answer.h"
#include "base/calendar.h"
#include "base/result.h"
#include "campaigns/campaign.h"
#include "campaigns/pattern.h"
#include "reports/draft.h"

// The month's report laid out from what was recorded (forms.md, section 3). Pure.
namespace wujin::reports {

// What a report is made of.
struct Material {
  const campaigns::Campaign& campaign;
  campaigns::DocumentNames names;
  Month month;
  std::vector<activities::ActivityAnswer> activities;  // of the month, in any order
  Draft draft;
};

struct PrintedPhoto {
  Id<Photo> id;
  bool chosen = true;     // printed; the chosen ones come first, in their order
  bool received = false;  // a chosen one that is not here yet is left out of the document
  std::optional<std::string> caption;
  std::optional<int> order;  // from 1, of a chosen one
  std::vector<activities::NearDuplicateAnswer> near_duplicates;
};
BOOST_DESCRIBE_STRUCT(PrintedPhoto, (), (id, chosen, received, caption, order, near_duplicates))

struct Section {
  Id<Activity> activity;
  Instant started_at;
  int number = 1;         // runs on through the month
  std::string number_cn;  // （八）
  std::string heading;    // 消防宣传进农村
  std::string text;
  bool text_edited = false;   // differs from the activity's own
  bool text_drafted = false;  // made from what was tapped: the recorder wrote nothing
  bool supplement = false;
  std::vector<PrintedPhoto> photos;
};
BOOST_DESCRIBE_STRUCT(Section, (),
                      (activity, started_at, number, number_cn, heading, text, text_edited, text_drafted, supplement, photos))

struct WeekPart {
  int index = 1;
  std::string label;    // 10月第一周
  std::string heading;  // 一、10月第一周（10月1日—8日）
  Date from;
  Date to;
  bool supplement = false;  // the days left over from the month before
  std::string empty_text;   // printed when nothing was held
  std::vector<Section> sections;
};
BOOST_DESCRIBE_STRUCT(WeekPart, (), (index, label, heading, from, to, supplement, empty_text, sections))

struct Layout {
  std::vector<std::string> title_lines;
  std::string title;
  std::vector<WeekPart> weeks;
  int activities = 0;
  int photos = 0;          // chosen
  int photos_missing = 0;  // chosen, not yet received
  bool supplement = false;
};

Layout lay_out(const Material& material);

// Of everything the document is made from: two layouts that would print alike answer alike.
std::string content_digest(const Material& material, const Layout& layout);

// The draft with a change made to it. Errors: validation naming each wrong week, activity, picture or overlong text.
Result<Draft> changed(const Material& material, const Layout& layout, const ReportChange& change);

// Whether it may be handed in: not empty without a reason, no section without a text. Errors: validation.
Result<> check_complete(const Material& material, const Layout& layout);

// A sentence from what was tapped, for an activity without words; no figure appears that was not entered.
std::string drafted_text(const campaigns::Campaign& campaign, const activities::ActivityAnswer& activity);

}  // namespace wujin::reports
