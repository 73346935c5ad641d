#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "people/actor.h"
#include "reports/open_report.h"

// How reports look on the wire (contract: Report, ReportEntry, Receipt).
namespace wujin::reports {

struct ReportAnswer {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  Month month;
  std::string title;
  std::vector<std::string> title_lines;
  handins::Standing state = handins::Standing::not_due;
  std::string etag;
  std::vector<WeekPart> weeks;
  std::optional<std::string> no_activity_reason;
  std::optional<std::string> explanation;
  bool supplement = false;
  std::vector<handins::VersionAnswer> versions;  // newest first
  bool changed_since_hand_in = false;
  std::optional<handins::DueAnswer> deadline;
  std::optional<handins::ReturnNote> returned;
  std::optional<std::string> exempt_reason;
  std::vector<Comment> comments;
  int activities = 0;
  int photos = 0;
  int photos_missing = 0;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ReportAnswer, (),
                      (campaign, place, place_name, month, title, title_lines, state, etag, weeks, no_activity_reason,
                       explanation, supplement, versions, changed_since_hand_in, deadline, returned, exempt_reason, comments,
                       activities, photos, photos_missing, may))

// One line of the list of a month's reports.
struct ReportEntry {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  Month month;
  handins::Standing state = handins::Standing::not_due;
  int activities = 0;
  int photos = 0;
  int near_duplicates = 0;
  bool no_activity = false;
  std::optional<Instant> submitted_at;  // of the hand-in that counts
  std::optional<bool> on_time;
  std::optional<int> late_days;
  bool changed_since_hand_in = false;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(ReportEntry, (),
                      (campaign, place, place_name, month, state, activities, photos, near_duplicates, no_activity, submitted_at,
                       on_time, late_days, changed_since_hand_in, may))

struct Receipt {
  CampaignId campaign;
  PlaceId place;
  std::string place_name;
  Month month;
  std::string title;
  std::string station_name;
  int number = 1;
  Instant submitted_at;
  std::optional<Instant> first_submitted_at;
  std::string by;
  bool on_time = true;
  int late_days = 0;
  Instant due_at;
  std::string sha256;
  int activities = 0;
  int photos = 0;
  bool no_activity = false;
};
BOOST_DESCRIBE_STRUCT(Receipt, (),
                      (campaign, place, place_name, month, title, station_name, number, submitted_at, first_submitted_at, by,
                       on_time, late_days, due_at, sha256, activities, photos, no_activity))

ReportAnswer answer_of(const OpenReport& report, const people::Actor& actor, Instant now);

// What of a report follows from its records, its draft and the campaign alone: a list shows it without laying the report out.
struct Figures {
  int activities = 0;
  int photos = 0;           // chosen
  int near_duplicates = 0;  // pictures that look like another the actor may see
  std::string digest;       // content_digest
};
Figures figures_of(const OpenReport& report);

// A report as far as a list shows it. Borrows what it is told of.
struct ListedReport {
  const Frame& frame;
  const places::Place& place;
  std::vector<PlaceId> path;  // the place and its ancestors
  Month month;
  std::span<const handins::Version> versions;
  const handins::Exemption* exemption = nullptr;
  std::optional<campaigns::Due> due;
  bool has_open_comments = false;
  Figures figures;
};
ReportEntry entry_of(const ListedReport& report, const people::Actor& actor);
// Of the newest hand-in that stands. Errors: not_found when there is none.
Result<Receipt> receipt_of(const OpenReport& report);

}  // namespace wujin::reports
