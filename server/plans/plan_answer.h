#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/database.h"
#include "plans/open_plan.h"
#include "plans/plan_calendar.h"

// How plans look on the wire (contract: Plan, PlanRow, PlanEntry).
namespace wujin::plans {

// Done beside planned: an activity that names the row.
struct DoneAnswer {
  Uuid activity;
  std::string title;
  Instant started_at;
};
BOOST_DESCRIBE_STRUCT(DoneAnswer, (), (activity, title, started_at))

struct RowAnswer {
  Id<PlanRow> id;
  Month month;
  std::string week_label;
  Date from;
  Date to;
  std::vector<PlaceId> places;
  std::vector<std::string> place_names;
  std::string focus;
  std::optional<std::string> topic;
  std::string in_charge;
  int order = 0;
  std::string etag;
  std::vector<DoneAnswer> done;
  Instant updated_at;
  std::optional<std::string> updated_by;
};
BOOST_DESCRIBE_STRUCT(RowAnswer, (),
                      (id, month, week_label, from, to, places, place_names, focus, topic, in_charge, order, etag, done,
                       updated_at, updated_by))

struct CalendarWeekAnswer {
  int number = 0;
  std::string label;
  Date from;
  Date to;
};
BOOST_DESCRIBE_STRUCT(CalendarWeekAnswer, (), (number, label, from, to))

struct CalendarItemAnswer {
  Id<PlanRow> id;
  Date from;
  Date to;
  std::string focus;
  std::string in_charge;
};
BOOST_DESCRIBE_STRUCT(CalendarItemAnswer, (), (id, from, to, focus, in_charge))

struct CalendarRowAnswer {
  PlaceId place;
  std::string place_name;
  std::vector<std::vector<CalendarItemAnswer>> weeks;
};
BOOST_DESCRIBE_STRUCT(CalendarRowAnswer, (), (place, place_name, weeks))

struct CalendarAnswer {
  CampaignId campaign;
  Month month;
  std::vector<CalendarWeekAnswer> weeks;
  std::vector<CalendarRowAnswer> rows;
};
BOOST_DESCRIBE_STRUCT(CalendarAnswer, (), (campaign, month, weeks, rows))

struct SignOffAnswer {
  bool wanted = false;
  std::optional<Instant> at;
  std::optional<std::string> by;
  std::optional<bool> changed_since;
};
BOOST_DESCRIBE_STRUCT(SignOffAnswer, (), (wanted, at, by, changed_since))

struct PlanAnswer {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  std::string title;
  handins::Standing state = handins::Standing::not_due;
  std::string etag;
  std::optional<std::string> note;
  campaigns::WeekLabel week_label = campaigns::WeekLabel::plain;
  std::vector<RowAnswer> rows;
  std::vector<handins::VersionAnswer> versions;  // newest first
  bool changed_since_hand_in = false;
  std::optional<handins::DueAnswer> deadline;
  std::optional<handins::ReturnNote> returned;
  std::optional<std::string> exempt_reason;
  SignOffAnswer sign_off;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(PlanAnswer, (),
                      (campaign, place, place_name, title, state, etag, note, week_label, rows, versions, changed_since_hand_in,
                       deadline, returned, exempt_reason, sign_off, may))

// One line of the list of a campaign's plans.
struct PlanEntry {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  handins::Standing state = handins::Standing::not_due;
  int rows = 0;
  int rows_done = 0;
  std::optional<Instant> submitted_at;  // of the hand-in that counts
  std::optional<bool> on_time;
  std::optional<int> late_days;
  bool changed_since_hand_in = false;
  std::optional<bool> signed_off;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(PlanEntry, (),
                      (campaign, place, place_name, state, rows, rows_done, submitted_at, on_time, late_days,
                       changed_since_hand_in, signed_off, may))

PlanAnswer answer_of(Snapshot& snapshot, const OpenPlan& plan, const people::Actor& actor, Instant now);
RowAnswer answer_of(Snapshot& snapshot, const OpenPlan& plan, const PlanRow& row);
CalendarAnswer answer_of(const PlanCalendar& calendar, const CampaignId& campaign, Month month);
PlanEntry entry_of(Snapshot& snapshot, const OpenPlan& plan, const people::Actor& actor, Instant now);

}  // namespace wujin::plans
