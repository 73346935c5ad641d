#include <algorithm>

#include "campaigns/form_values.h"
#include "summaries/summary.h"

namespace wujin::summaries {
namespace {

using tallies::Counts;
using tallies::Dimension;

void add(FigureRow& row, const Counts& counts) {
  row.activities += counts.activities;
  row.people += counts.people;
  row.leaflets += counts.leaflets;
}

FigureRow* find(std::vector<FigureRow>& rows, std::string_view id) {
  const auto found = std::ranges::find(rows, id, &FigureRow::id);
  return found == rows.end() ? nullptr : &*found;
}

FigureRow row_by_entry(const campaigns::Campaign& campaign, std::string id, std::string name) {
  FigureRow row{std::move(id), std::move(name), {}, 0, 0, 0};
  for (const campaigns::Choice& entry : campaign.entries) row.by_entry.push_back({entry.id, 0});
  return row;
}

// An entry that the campaign has dropped since is no column any more.
void add_entry(FigureRow& row, std::string_view entry, std::int64_t activities) {
  const auto found = std::ranges::find(row.by_entry, entry, &EntryCount::entry);
  if (found != row.by_entry.end()) found->activities += activities;
}

// Each activity is in exactly one `held` cell and in one of `entry`.
void add(FigureRow* row, Dimension dimension, std::string_view value, const Counts& counts) {
  if (row == nullptr) return;
  if (dimension == Dimension::held) add(*row, counts);
  if (dimension == Dimension::entry) add_entry(*row, value, counts.activities);
}

std::vector<FigureRow> months_of(const campaigns::Campaign& campaign, Date today) {
  std::vector<FigureRow> rows;
  const auto& periods = campaign.report_periods;
  for (Month month = periods.first; month <= periods.last && month <= month_of(today); month = plus_months(month, 1)) {
    rows.push_back(row_by_entry(campaign, to_string(month), std::to_string(static_cast<unsigned>(month.month())) + "月"));
  }
  return rows;
}

std::vector<FigureRow> work_items_of(const campaigns::Campaign& campaign, campaigns::PlaceKind kind) {
  std::vector<FigureRow> rows;
  for (const campaigns::WorkItem& item : campaign.work_items) {
    const bool applies = kind == campaigns::PlaceKind::town || std::ranges::find(item.applies_to, kind) != item.applies_to.end();
    if (applies) rows.push_back({item.id, item.name, {}, 0, 0, 0});
  }
  return rows;
}

}  // namespace

FigureRow sum_of(const campaigns::Campaign& campaign, const std::vector<FigureRow>& rows) {
  FigureRow sum = row_by_entry(campaign, "", "");
  for (const FigureRow& row : rows) {
    add(sum, {row.activities, row.people, row.leaflets});
    for (const EntryCount& one : row.by_entry) add_entry(sum, one.entry, one.activities);
  }
  return sum;
}

void count(Material& material, const std::vector<tallies::WeekTally>& tallies, const std::vector<const places::Place*>& places) {
  Tables& tables = material.tables;
  tables.months = months_of(material.campaign, material.today);
  tables.work_items = work_items_of(material.campaign, material.kind);
  for (const places::Place* place : places) {
    tables.places.push_back(row_by_entry(material.campaign, place->id.text(), place->name));
  }
  for (const tallies::WeekTally& tally : tallies) {
    FigureRow* month = find(tables.months, to_string(month_of(tally.first_day)));
    FigureRow* place = find(tables.places, tally.place);
    if (month == nullptr) continue;
    tallies::each_cell(tally.cells, [&](Dimension dimension, std::string_view value, const Counts& counts) {
      add(month, dimension, value, counts);
      add(place, dimension, value, counts);
      FigureRow* item = dimension == Dimension::work_item ? find(tables.work_items, value) : nullptr;
      if (item != nullptr) add(*item, counts);
    });
  }
  std::erase_if(tables.work_items, [](const FigureRow& row) { return row.activities == 0; });
  for (const places::Place* place : places) {
    if (places::stands_on(*place, material.campaign.starts_on)) continue;
    std::erase_if(tables.places, [&](const FigureRow& row) { return row.id == place->id.text() && row.activities == 0; });
  }

  const FigureRow sum = sum_of(material.campaign, tables.months);
  campaigns::Figures& figures = material.figures;
  figures.from = material.campaign.starts_on;
  figures.to = std::min(material.today, material.campaign.ends_on);
  figures.scope = campaigns::place_of(material.names);
  figures.activities = sum.activities;
  for (const EntryCount& one : sum.by_entry) figures.by_entry[one.entry] = one.activities;
  figures.people = sum.people;
  figures.leaflets = sum.leaflets;
  figures.places = std::ranges::count_if(tables.places, [](const FigureRow& row) { return row.activities > 0; });
}

}  // namespace wujin::summaries
