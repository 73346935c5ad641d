#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "campaigns/due.h"
#include "handins/handin.h"
#include "handins/handins_store.h"
#include "http/list_order.h"
#include "places/place.h"

// The deadline board: every place and everything it owes, each with how it stands (contract: DeadlineBoard). Pure.
namespace wujin::deadlines {

using campaigns::CampaignId;
using campaigns::Deliverable;
using places::PlaceId;
using places::PlaceKind;

struct Column {
  std::string deadline;
  Deliverable deliverable = Deliverable::report;
  std::string period;
  std::string name;
  std::optional<Date> due_on;
  Instant due_at;
};
BOOST_DESCRIBE_STRUCT(Column, (), (deadline, deliverable, period, name, due_on, due_at))

struct Cell {
  std::string deadline;
  Deliverable deliverable = Deliverable::report;
  std::string period;
  std::string name;
  handins::Standing state = handins::Standing::not_due;
  Instant due_at;
  int days_left = 0;
  std::optional<bool> on_time;  // of the first valid hand-in
  std::optional<int> late_days;
  std::optional<Instant> submitted_at;
  std::optional<handins::ReturnNote> returned;
  std::optional<std::string> exempt_reason;
  std::optional<std::string> href;
};
BOOST_DESCRIBE_STRUCT(Cell, (),
                      (deadline, deliverable, period, name, state, due_at, days_left, on_time, late_days, submitted_at, returned,
                       exempt_reason, href))

struct PlaceRow {
  PlaceId place;
  std::string place_name;
  PlaceKind place_kind = PlaceKind::village;
  std::vector<Cell> cells;         // one for each column
  std::optional<Date> ended_on{};  // the last day of a place that was merged or dissolved
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (place, place_name, place_kind, cells, ended_on))

struct Board {
  CampaignId campaign;
  Instant now;
  std::vector<Column> columns;  // by due date
  std::vector<PlaceRow> rows;   // in the places' own order
};
BOOST_DESCRIBE_STRUCT(Board, (), (campaign, now, columns, rows))

// What was handed in, by deliverable.
using Shelves = std::map<Deliverable, handins::Shelf>;

// Whether a place of this kind has a line on the board.
bool owes_something(const campaigns::Campaign& campaign, PlaceKind kind);

// A deadline that does not apply to a place's kind, or falls after its ending, stands as `na`, never as owed; what was handed in
// all the same stands as any other. A place that ended before the campaign began has no line.
Board draw_board(const campaigns::Campaign& campaign, const std::vector<const places::Place*>& places, const Shelves& shelves,
                 Instant now);

// The rows by how urgent their cells in one column are ("monthly/2023-10"), what is late the longest first within what is late;
// places that owe nothing there come last. False when the board has no such column.
bool put_in_order(Board& board, const http::ListOrder& order);

}  // namespace wujin::deadlines
