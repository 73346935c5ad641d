#include "deadlines/board.h"

#include <algorithm>

namespace wujin::deadlines {
namespace {

using campaigns::Campaign;
using campaigns::Deadline;
using campaigns::Due;
using handins::Standing;

struct OwedColumn {
  const Deadline* deadline;
  Due due;
};

// A monthly deadline's columns carry their month, so that two of them can be told apart.
std::string name_of(const OwedColumn& owed) {
  if (!owed.due.month) return owed.deadline->name;
  return std::to_string(static_cast<unsigned>(owed.due.month->month())) + "月" + owed.deadline->name;
}

std::vector<OwedColumn> owed_columns(const Campaign& campaign) {
  std::vector<OwedColumn> columns;
  for (const Deadline& deadline : campaign.deadlines) {
    for (Due& due : campaigns::dues(campaign, deadline)) columns.push_back({&deadline, std::move(due)});
  }
  std::ranges::stable_sort(columns, {}, [](const OwedColumn& column) { return column.due.due_at; });
  return columns;
}

// What stands behind a cell.
std::string href_of(const Campaign& campaign, const places::Place& place, const Due& due) {
  const std::string record = campaign.id.text() + "/" + place.id.text();
  switch (due.deliverable) {
    case Deliverable::plan:
      return "/api/v1/plans/" + record;
    case Deliverable::report:
      return "/api/v1/reports/" + record + "/" + due.period;
    case Deliverable::summary:
      return "/api/v1/summaries/" + record;
  }
  return "";
}

Cell cell_of(const Campaign& campaign, const places::Place& place, const OwedColumn& owed, const Shelves& shelves, Instant now) {
  Cell cell;
  cell.deadline = owed.deadline->id;
  cell.deliverable = owed.due.deliverable;
  cell.period = owed.due.period;
  cell.name = name_of(owed);
  cell.due_at = owed.due.due_at;
  cell.days_left = campaigns::days_left(owed.due, now);
  if (std::ranges::find(owed.deadline->applies_to, place.kind) == owed.deadline->applies_to.end()) {
    cell.state = Standing::na;
    return cell;
  }
  const Due due = campaigns::of_place(owed.due, place);
  const auto shelf = shelves.find(owed.due.deliverable);
  const auto versions =
      shelf == shelves.end() ? std::span<const handins::Version>() : shelf->second.of(place.id, owed.due.period);
  const auto* exemption = shelf == shelves.end() ? nullptr : shelf->second.exemption_of(place.id, owed.due.period);
  cell.state = handins::standing_of(versions, &due, exemption, now, campaign.options.due_soon_days);
  if (cell.state == Standing::na) return cell;
  if (const auto timeliness = handins::timeliness_of(versions, &due)) {
    cell.on_time = timeliness->on_time;
    cell.late_days = timeliness->late_days;
    cell.submitted_at = handins::first_valid(versions)->submitted_at;
  }
  if (exemption != nullptr) cell.exempt_reason = exemption->reason;
  if (const auto* note = handins::open_return(versions)) cell.returned = *note;
  cell.href = href_of(campaign, place, owed.due);
  return cell;
}

bool is_none(const Cell& cell) { return cell.state == Standing::na; }

}  // namespace

bool owes_something(const Campaign& campaign, PlaceKind kind) {
  return std::ranges::any_of(campaign.deadlines, [&](const Deadline& deadline) {
    return std::ranges::find(deadline.applies_to, kind) != deadline.applies_to.end();
  });
}

Board draw_board(const Campaign& campaign, const std::vector<const places::Place*>& places, const Shelves& shelves, Instant now) {
  Board board;
  board.campaign = campaign.id;
  board.now = now;
  const auto owed = owed_columns(campaign);
  for (const OwedColumn& column : owed) {
    board.columns.push_back(
        {column.deadline->id, column.due.deliverable, column.due.period, name_of(column), column.due.due_on, column.due.due_at});
  }
  for (const places::Place* place : places) {
    if (!owes_something(campaign, place->kind)) continue;
    PlaceRow row;
    row.place = place->id;
    row.place_name = place->name;
    row.place_kind = place->kind;
    if (place->ending) row.ended_on = place->ending->on;
    for (const OwedColumn& column : owed) row.cells.push_back(cell_of(campaign, *place, column, shelves, now));
    if (!places::stands_on(*place, campaign.starts_on) && std::ranges::all_of(row.cells, is_none)) continue;
    board.rows.push_back(std::move(row));
  }
  return board;
}

bool put_in_order(Board& board, const http::ListOrder& order) {
  const auto is_meant = [&](const Column& column) { return column.deadline + "/" + column.period == order.head; };
  const auto found = std::ranges::find_if(board.columns, is_meant);
  if (found == board.columns.end()) return false;
  const auto column = static_cast<std::size_t>(found - board.columns.begin());
  http::put_in_order(board.rows, order.descending, [&](const PlaceRow& row) -> std::optional<std::pair<int, int>> {
    const Cell& cell = row.cells[column];
    if (cell.state == Standing::na) return std::nullopt;
    return std::pair(handins::urgency_of(cell.state), cell.late_days.value_or(cell.submitted_at ? 0 : cell.days_left));
  });
  return true;
}

}  // namespace wujin::deadlines
