#include "summaries/summary_document.h"

#include <algorithm>
#include <stdexcept>

#include "campaigns/form_tags.h"
#include "campaigns/form_values.h"
#include "documents/file_name.h"
#include "photos/photos_store.h"

namespace wujin::summaries {
namespace {

using documents::Value;

// A cell without a figure says so: nothing was entered is not the same as nobody came.
std::string cell(std::int64_t number) { return number > 0 ? std::to_string(number) : "—"; }

Value::Object row_of(const FigureRow& row, const char* first_column, const std::string& name) {
  Value::Object values = {{first_column, name},
                          {"total", std::to_string(row.activities)},
                          {"people", cell(row.people)},
                          {"leaflets", cell(row.leaflets)}};
  for (const EntryCount& one : row.by_entry) values[one.entry] = cell(one.activities);
  return values;
}

// A table and its last line; nothing when it has no rows.
Value::List table_of(const campaigns::Campaign& campaign, const char* first_column, const std::vector<FigureRow>& rows) {
  Value::List lines;
  if (rows.empty()) return lines;
  for (const FigureRow& row : rows) lines.emplace_back(row_of(row, first_column, row.name));
  lines.emplace_back(row_of(sum_of(campaign, rows), first_column, campaign.summary.sum_name));
  return lines;
}

Value::Object part_values(const Part& part) {
  return {{"heading", part.heading}, {"paragraphs", campaigns::paragraphs_of(part.text)}};
}

Value::List sections_of(const Layout& layout) {
  Value::List sections;
  for (const Section& section : layout.sections) {
    if (!section.is_printed()) continue;
    Value::Object values = part_values(section);
    Value::List parts;
    for (const Part& part : section.parts) {
      if (!part.text.empty()) parts.emplace_back(part_values(part));
    }
    values["parts"] = std::move(parts);
    sections.emplace_back(std::move(values));
  }
  return sections;
}

std::vector<campaigns::CaptionedPicture> shown_pictures(const OpenSummary& summary, const Pictures& pictures) {
  std::vector<campaigns::CaptionedPicture> shown;
  for (const ShownPicture& one : summary.layout.pictures) {
    const auto found = pictures.find(one.id);
    if (found == pictures.end()) continue;
    const std::size_t number = shown.size() + 1;
    campaigns::CaptionedPicture picture{found->second, campaigns::picture_caption(summary.campaign(), number, one.caption)};
    picture.picture.description = campaigns::place_of(summary.material.names) + picture.caption;
    shown.push_back(std::move(picture));
  }
  return shown;
}

documents::Chart months_chart(const campaigns::Campaign& campaign, const std::vector<FigureRow>& months) {
  documents::Chart chart;
  chart.title = campaign.summary.chart_title;
  for (const FigureRow& month : months) chart.categories.push_back(month.name);
  for (std::size_t i = 0; i < campaign.entries.size(); ++i) {
    documents::ChartSeries series{campaign.entries[i].name, {}};
    for (const FigureRow& month : months) series.values.push_back(static_cast<double>(month.by_entry[i].activities));
    chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace

Value::Object document_values(const OpenSummary& summary, const Pictures& pictures) {
  const campaigns::Campaign& campaign = summary.campaign();
  const Tables& tables = summary.layout.tables;
  const campaigns::PatternValues year = {{"year", std::to_string(campaign.year)},
                                         {"place", campaigns::place_of(summary.material.names)}};
  Value::Object values = campaigns::whose_values(campaign, *campaign.documents.summary, summary.material.names);
  values["opening"] = campaigns::paragraphs_of(summary.layout.opening.text);
  values["sections"] = sections_of(summary.layout);
  campaigns::add_pictures(values, shown_pictures(summary, pictures), campaign.options.picture_grid);
  if (summary.material.figures.activities == 0) return values;
  values["has_figures"] = true;
  values["figures_title"] = campaigns::fill_pattern(campaign.summary.figures_title, year);
  values["figures"] = table_of(campaign, "month", tables.months);
  if (!tables.work_items.empty()) {
    values["work_items_title"] = campaigns::fill_pattern(campaign.summary.work_items_title, year);
  }
  values["work_items"] = table_of(campaign, "name", tables.work_items);
  if (!tables.places.empty()) values["places_title"] = campaigns::fill_pattern(campaign.summary.places_title, year);
  values["places"] = table_of(campaign, "name", tables.places);
  values["chart"] = months_chart(campaign, tables.months);
  return values;
}

std::string document_name(const OpenSummary& summary) {
  const campaigns::DocumentForm& form = *summary.campaign().documents.summary;
  return documents::file_name(campaigns::file_title(form, summary.material.names), ".docx");
}

handins::Making prepare(Snapshot& snapshot, campaigns::FormTemplates& forms, const files::Vault& vault,
                        const OpenSummary& summary) {
  Pictures pictures;
  int undrawn = 0;
  for (const ShownPicture& one : summary.layout.pictures) {
    if (!one.received) continue;
    const auto rendition = photos::rendition(snapshot, one.id, photos::Size::large);
    if (!rendition) {
      ++undrawn;
      continue;
    }
    auto picture = handins::picture_of(vault, rendition->sha256, rendition->width, rendition->height);
    if (!picture) throw std::runtime_error("the vault has lost a rendition: " + rendition->sha256);
    pictures.emplace(one.id, std::move(*picture));
  }
  const campaigns::Campaign& campaign = summary.campaign();
  return {forms.of(*summary.bundle, *campaign.documents.summary, campaigns::summary_tags(campaign.entries)),
          document_values(summary, pictures),
          {summary.layout.title, campaigns::place_of(summary.material.names)},
          document_name(summary),
          summary.digest,
          undrawn};
}

}  // namespace wujin::summaries
