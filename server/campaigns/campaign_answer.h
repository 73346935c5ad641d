#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/load.h"
#include "places/place.h"

// A campaign as the wire tells it (contract: Campaign).
namespace wujin::campaigns {

struct PhaseAnswer {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  Date starts_on;
  Date ends_on;
  std::string focus;
};
BOOST_DESCRIBE_STRUCT(PhaseAnswer, (), (id, name, name_en, starts_on, ends_on, focus))

struct WorkItemAnswer {
  std::string id;
  std::string number;
  std::string name;
  std::optional<std::string> name_en;
  std::string description;
  std::string lead;
  std::optional<std::string> support;
  std::string responsible;
  std::vector<PlaceKind> applies_to;
  std::optional<std::string> clause;
  std::vector<std::string> entries;
  std::vector<std::string> forms;
  std::vector<std::string> kinds;
};
BOOST_DESCRIBE_STRUCT(WorkItemAnswer, (),
                      (id, number, name, name_en, description, lead, support, responsible, applies_to, clause, entries, forms,
                       kinds))

struct QuotaAnswer {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  QuotaSubject subject = QuotaSubject::place;
  std::string measure;
  QuotaPeriod period = QuotaPeriod::year;
  int minimum = 1;
  bool optional = false;
  std::optional<std::string> clause;
};
BOOST_DESCRIBE_STRUCT(QuotaAnswer, (), (id, name, name_en, subject, measure, period, minimum, optional, clause))

struct DueDay {
  std::string period;
  Date due_on;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(DueDay, (), (period, due_on, due_at))

struct DeadlineAnswer {
  std::string id;
  Deliverable deliverable = Deliverable::report;
  std::string name;
  std::optional<std::string> name_en;
  std::string rule;
  bool inclusive = true;
  int grace_days = 0;
  std::optional<std::string> clause;
  std::vector<DueDay> dues;
};
BOOST_DESCRIBE_STRUCT(DeadlineAnswer, (), (id, deliverable, name, name_en, rule, inclusive, grace_days, clause, dues))

struct ReportWeekAnswer {
  int index = 1;
  std::string label;
  Date from;
  Date to;
};
BOOST_DESCRIBE_STRUCT(ReportWeekAnswer, (), (index, label, from, to))

struct ReportPeriodAnswer {
  Month month;
  std::string title;
  Date from;
  Date to;
  std::vector<ReportWeekAnswer> weeks;
};
BOOST_DESCRIBE_STRUCT(ReportPeriodAnswer, (), (month, title, from, to, weeks))

struct ReturnReasonAnswer {
  std::string id;
  std::string text;
  std::optional<std::string> text_en;
  bool free = false;
};
BOOST_DESCRIBE_STRUCT(ReturnReasonAnswer, (), (id, text, text_en, free))

struct OptionsAnswer {
  bool print_attachment_label = true;
  bool sign_off = false;
  EntryHeading entry_heading = EntryHeading::entry;
  PictureGrid picture_grid = PictureGrid::two_columns;
  int due_soon_days = 0;
  int return_days = 0;
  WeekLabel week_label = WeekLabel::with_month;
  std::string empty_week;
  bool keep_originals = false;
  SupplementRule supplement_rule = SupplementRule::same_month;
};
BOOST_DESCRIBE_STRUCT(OptionsAnswer, (),
                      (print_attachment_label, sign_off, entry_heading, picture_grid, due_soon_days, return_days, week_label,
                       empty_week, keep_originals, supplement_rule))

struct CampaignAnswer {
  CampaignId id;
  int version = 0;
  std::string etag;
  std::string document_number;
  std::string title;
  std::optional<std::string> title_en;
  std::string short_title;
  int year = 0;
  PlaceId town;
  std::string town_name;
  std::string station_name;
  std::optional<Issue> issue;
  Date starts_on;
  Date ends_on;
  bool sample = false;
  std::vector<PhaseAnswer> phases;
  std::vector<Choice> entries;
  std::vector<Choice> kinds;
  std::vector<Choice> forms;
  std::vector<Choice> audiences;
  std::vector<Choice> topics;
  std::vector<Choice> settings;
  std::vector<Choice> sectors;
  std::vector<WorkItemAnswer> work_items;
  std::vector<QuotaAnswer> quotas;
  std::vector<DeadlineAnswer> deadlines;
  std::vector<ReportPeriodAnswer> report_periods;
  std::vector<ReturnReasonAnswer> return_reasons;
  OptionsAnswer options;
  std::string brief;           // the pattern (campaigns/pattern.h) of a short notice for a chat group
  bool merged_report = false;  // it has a form for the month of all places together
  bool has_map = false;        // it carries outlines of places
  bool appraises = false;      // it says what a year-end appraisal looks at
};
BOOST_DESCRIBE_STRUCT(CampaignAnswer, (),
                      (id, version, etag, document_number, title, title_en, short_title, year, town, town_name, station_name,
                       issue, starts_on, ends_on, sample, phases, entries, kinds, forms, audiences, topics, settings, sectors,
                       work_items, quotas, deadlines, report_periods, return_reasons, options, brief, merged_report, has_map,
                       appraises))

QuotaAnswer answer_of(const Quota& quota);
DeadlineAnswer answer_of(const Campaign& campaign, const Deadline& deadline);
// `sample`: the server runs the sample town.
CampaignAnswer answer_of(const CampaignBundle& bundle, const places::Tree& tree, bool sample);
std::string etag_of(const Campaign& campaign);

}  // namespace wujin::campaigns
