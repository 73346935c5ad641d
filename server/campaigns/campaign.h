#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "campaigns/appraisal_rules.h"
#include "campaigns/deliverable.h"
#include "campaigns/reminder_words.h"
#include "campaigns/summary_words.h"
#include "places/place.h"

// A campaign as data: everything a notice orders, in types. Nothing of any one notice stands in the program.
namespace wujin::campaigns {

using places::PlaceId;
using places::PlaceKind;

struct Campaign;
using CampaignId = Key<Campaign>;  // the folder's name

// One of the things a person may pick: an entry, a form, an audience …
struct Choice {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  std::optional<std::string> short_;        // the shortest name, as on a chip
  std::optional<std::string> picture_hint;  // what a picture of it should not show, said where pictures are picked
  std::optional<std::string> picture_hint_en;
  bool operator==(const Choice&) const = default;
};
BOOST_DESCRIBE_STRUCT(Choice, (), (id, name, name_en, short_, picture_hint, picture_hint_en))

// Phases may overlap.
struct Phase {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  Date starts_on;
  Date ends_on;  // inclusive
  std::string focus;
};

enum class LeadKind : std::uint8_t { office_holder, unit };
BOOST_DESCRIBE_ENUM(LeadKind, office_holder, unit)

// A line of work with who answers for it.
struct WorkItem {
  std::string id;
  std::string number;  // as in the notice: 1a
  std::string name;
  std::optional<std::string> name_en;
  std::string description;
  LeadKind lead_kind = LeadKind::office_holder;
  std::string lead;
  std::optional<std::string> support;  // a notice may name none
  std::string responsible;
  std::vector<PlaceKind> applies_to;  // for a place of another kind the item is 不适用
  std::string clause;
  std::vector<std::string> entries;  // what suggests this item when recording
  std::vector<std::string> forms;
  std::vector<std::string> kinds;
};

// What can be counted.
struct Metric {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  std::string unit;          // 场, 人次
  bool approximate = false;  // shown with 约
};

enum class QuotaSubject : std::uint8_t { station, place, village, community };
BOOST_DESCRIBE_ENUM(QuotaSubject, station, place, village, community)
enum class QuotaPeriod : std::uint8_t { week, month, year, campaign };
BOOST_DESCRIBE_ENUM(QuotaPeriod, week, month, year, campaign)

// At least `minimum` of a metric, by each subject, in each period. A week is a true Monday–Sunday week.
struct Quota {
  std::string id;
  std::string name;
  std::optional<std::string> name_en;
  QuotaSubject subject = QuotaSubject::place;
  std::string measure;             // a metric's id
  std::vector<std::string> kinds;  // only activities of these kinds; none: all
  std::vector<std::string> forms;  // only of these forms; none: all
  QuotaPeriod period = QuotaPeriod::year;
  int minimum = 1;
  bool optional = false;  // good to have, never red
  std::string clause;
};

enum class OffDayShift : std::uint8_t { none, earlier, later };
BOOST_DESCRIBE_ENUM(OffDayShift, none, earlier, later)

// By when something is to be handed in: once on a date, or each month by a day.
struct Deadline {
  std::string id;
  Deliverable deliverable = Deliverable::report;
  std::string name;
  std::optional<std::string> name_en;
  std::string rule;                  // in words, as people are told
  std::optional<Date> on;            // once; else every month by `day`
  int day = 0;                       // 1–31, clipped to the month's length
  std::optional<Month> first_month;  // with `day`
  std::optional<Month> last_month;   // inclusive
  bool inclusive = true;             // "28日前" is on or before the 28th, 24:00; else before the 28th, 00:00
  int grace_days = 0;                // still on time this many days after
  OffDayShift off_day_shift = OffDayShift::none;
  std::vector<PlaceKind> applies_to;  // who owes it; of the town itself only when it says town
  std::string clause;
};

// Days on which offices are shut or open against the weekday; weekends are derived.
struct OfficeDays {
  std::vector<Date> off;
  std::vector<Date> working;
};

// How a form divides a month into weeks (forms.md, section 1).
enum class WeekRule : std::uint8_t {
  joined,    // Monday weeks clipped to the month, an end piece under four days joined to its neighbour
  thursday,  // whole Monday–Sunday weeks, of the month their Thursday is in; may cross months
  sevens,    // 1–7, 8–14, 15–21, 22–28, 29–
  by_hand    // as `report_weeks` of the campaign say
};
BOOST_DESCRIBE_ENUM(WeekRule, joined, thursday, sevens, by_hand)

struct HandWeek {
  Month month;
  Date from;
  Date to;
};

// Where the days after a month's cut-off day belong.
enum class SupplementRule : std::uint8_t {
  same_month,  // a period is the calendar month; the last days are handed in as a supplement
  next_month   // a period runs from the day after the cut-off to the cut-off
};
BOOST_DESCRIBE_ENUM(SupplementRule, same_month, next_month)

struct ReportPeriods {
  Month first;
  Month last;
  SupplementRule supplement = SupplementRule::same_month;
  int cut_off_day = 31;  // 31 when no day of a month is left over
  WeekRule week_rule = WeekRule::joined;
  std::vector<HandWeek> hand_weeks;  // of WeekRule::by_hand
};

struct ReturnReason {
  std::string id;
  std::string text;  // may hold {week}, {n}, {date}, {month}
  std::optional<std::string> text_en;
  bool free = false;  // asks for words of its own
};

enum class EntryHeading : std::uint8_t { entry, point };
BOOST_DESCRIBE_ENUM(EntryHeading, entry, point)
enum class PictureGrid : std::uint8_t { two_columns, three_columns };
BOOST_DESCRIBE_ENUM(PictureGrid, two_columns, three_columns)
enum class WeekLabel : std::uint8_t { plain, with_month, running };
BOOST_DESCRIBE_ENUM(WeekLabel, plain, with_month, running)
enum class EmptyWeek : std::uint8_t { line, heading_only, omit };
BOOST_DESCRIBE_ENUM(EmptyWeek, line, heading_only, omit)

struct Options {
  bool print_attachment_label = true;
  bool sign_off = false;  // a leader's sign-off on plans is asked for; it never gates "on time"
  EntryHeading entry_heading = EntryHeading::entry;
  PictureGrid picture_grid = PictureGrid::two_columns;
  int due_soon_days = 3;
  int return_days = 3;  // to correct what was returned (补正期限)
  WeekLabel week_label = WeekLabel::with_month;
  EmptyWeek empty_week = EmptyWeek::line;
  std::string empty_week_text;
  bool keep_originals = false;  // phones send pictures as picked
};

// A Word form of the campaign. Patterns hold placeholders in braces: {town} {village} (empty for the town's own) {place} {year}
// {month}; campaigns/pattern.h fills them.
struct DocumentForm {
  std::string template_;                 // the file in the campaign's folder
  std::vector<std::string> title_lines;  // broken as the form has it
  std::string attachment_label;          // 附件1; empty when the form is no annex
  std::string file_name;                 // without extension; {title} is the title as one line
};

// The words of the forms.
struct Documents {
  DocumentForm plan;
  DocumentForm report;
  std::optional<DocumentForm> summary;
  std::optional<DocumentForm> merged;  // the month of all places of a town
  std::optional<DocumentForm> appraisal;
  std::string plan_village_name;  // how a plan names a village: {place}; likewise below
  std::string plan_community_name;
  std::string plan_town_name;
  std::string entry_heading;        // of an activity in a report: {entry}
  std::string point_heading;        // {point}
  std::string picture_caption;      // {n}
  std::string supplement_heading;   // {month} {from} {to}
  std::string no_activity_heading;  // over the reason when a month had nothing
  std::string ledger_file_name;     // of an exported list, without extension: {town} {year} {ledger}
  std::string brief;  // a short notice for a chat group: {date} {place} {partners} {point} {entry} {text} {people} {leaflets}
  // What was held in a period: {from} {to} {scope} {n} {entries} {people} {leaflets} {places} {points}, one of these _alone.
  std::string figures =
      "{from}至{to}，{scope}共开展活动{n}场[，其中{entries}][；参加群众约{people}人次][，发放宣传资料{leaflets}份]"
      "[；覆盖{places}个村（社区）、{points}个点位][；覆盖{places_alone}个村（社区）][；覆盖{points_alone}个点位]。";
  std::string figures_entry = "{entry}{n}场";         // one of {entries}
  std::string dated_heading = "{heading}（{date}）";  // of an activity in a merged report
  std::string merged_closing =
      "[截至{date}，{missing}未报送。][{returned}已退回补正，未列入。][{exempt}免报。]";  // who is not in it
};

// Where a town's campaign comes from: a model of its district, in one of its versions.
struct Issue {
  CampaignId model;
  int version = 0;
  bool operator==(const Issue&) const = default;
};
BOOST_DESCRIBE_STRUCT(Issue, (), (model, version))

struct Campaign {
  CampaignId id;
  int version = 0;             // 0 until it is kept
  bool is_model = false;       // its town is a district: it is issued to towns, and nothing is recorded in it
  std::optional<Issue> issue;  // of a campaign that was issued
  std::string document_number;
  std::string title;
  std::optional<std::string> title_en;
  std::string short_title;
  int year = 0;
  PlaceId town;
  std::string station_name;  // {town} in it and in the titles becomes the name of the place
  Date starts_on;
  Date ends_on;  // inclusive
  std::vector<Phase> phases;
  std::vector<Choice> entries;
  std::vector<Choice> kinds;
  std::vector<Choice> forms;
  std::vector<Choice> audiences;
  std::vector<Choice> topics;
  std::vector<Choice> settings;  // places of emphasis
  std::vector<Choice> sectors;
  std::vector<WorkItem> work_items;
  std::vector<Metric> metrics;
  std::vector<Quota> quotas;
  std::vector<Deadline> deadlines;
  OfficeDays office_days;
  ReportPeriods report_periods;
  std::vector<ReturnReason> return_reasons;
  Options options;
  Documents documents;
  ReminderWords reminders;
  SummaryWords summary;  // of a campaign whose places owe one
  AppraisalRules appraisal;

  // The deadline of a kind of deliverable for a kind of place; nothing when none is owed.
  const Deadline* deadline_for(Deliverable deliverable, PlaceKind kind) const;
  // True when a month is one of the report's.
  bool has_month(Month month) const { return month >= report_periods.first && month <= report_periods.last; }
};

// The day of the campaign nearest to a day: the day itself while it runs.
inline Date nearest_day(const Campaign& campaign, Date day) { return std::clamp(day, campaign.starts_on, campaign.ends_on); }

const Choice* find_choice(const std::vector<Choice>& choices, const std::string& id);

}  // namespace wujin::campaigns
