#include <algorithm>

#include "campaigns/form_values.h"
#include "summaries/summary.h"

namespace wujin::summaries {
namespace {

using campaigns::SummaryDraws;

const TextEdit* edit_of(const Draft& draft, const std::string& part) {
  const auto& texts = draft.edits.texts;
  const auto found = std::ranges::find(texts, part, &TextEdit::part);
  return found == texts.end() ? nullptr : &*found;
}

std::string some(std::int64_t number) { return number > 0 ? std::to_string(number) : ""; }

// A part with its draft, or with what a person wrote instead.
Part part_of(const Material& material, std::string id, std::string heading, std::string drafted) {
  const TextEdit* edit = edit_of(material.draft, id);
  Part part{std::move(id), std::move(heading), std::move(drafted), false};
  if (edit != nullptr) {
    part.edited = edit->text != part.text;
    part.text = edit->text;
  }
  return part;
}

campaigns::PatternValues whose(const Material& material) {
  return {{"place", campaigns::place_of(material.names)},
          {"year", std::to_string(material.campaign.year)},
          {"document_number", material.campaign.document_number}};
}

std::string gaps_of(const Material& material) {
  const auto& words = material.campaign.summary;
  std::string gaps;
  const auto add = [&](const std::string& sentence) { gaps += (gaps.empty() ? "" : "\n") + sentence; };
  std::string entries;
  for (const campaigns::Choice& entry : material.campaign.entries) {
    const auto found = material.figures.by_entry.find(entry.id);
    if (found == material.figures.by_entry.end() || found->second == 0) entries += (entries.empty() ? "" : "、") + entry.name;
  }
  if (!entries.empty()) add(campaigns::fill_pattern(words.gap_entries, {{"entries", entries}}));
  for (const auto& quota : material.quotas) {
    if (!quota.connected || quota.optional || quota.met >= quota.expected) continue;
    add(campaigns::fill_pattern(
        words.gap_quota,
        {{"quota", quota.name}, {"expected", std::to_string(quota.expected)}, {"met", std::to_string(quota.met)}}));
  }
  return gaps;
}

std::string drafted_text(const Material& material, SummaryDraws draws) {
  switch (draws) {
    case SummaryDraws::figures:
      return material.figures.activities > 0 ? campaigns::figures_sentence(material.campaign, material.figures) : "";
    case SummaryDraws::gaps:
      return gaps_of(material);
    case SummaryDraws::nothing:
    case SummaryDraws::work_items:
      return "";
  }
  return "";
}

std::string work_item_text(const Material& material, const FigureRow& row) {
  const auto& items = material.campaign.work_items;
  const auto item = std::ranges::find(items, row.id, &campaigns::WorkItem::id);
  return campaigns::fill_pattern(material.campaign.summary.work_item,
                                 {{"description", item == items.end() ? "" : item->description},
                                  {"n", std::to_string(row.activities)},
                                  {"people", some(row.people)},
                                  {"leaflets", some(row.leaflets)}});
}

Section section_of(const Material& material, const campaigns::SummarySection& skeleton) {
  Section section;
  static_cast<Part&>(section) = part_of(material, skeleton.id, skeleton.heading, drafted_text(material, skeleton.draws));
  if (skeleton.draws != SummaryDraws::work_items) return section;
  for (const FigureRow& row : material.tables.work_items) {
    section.parts.push_back(part_of(material, skeleton.id + "." + row.id, row.name, work_item_text(material, row)));
  }
  return section;
}

// Only what is printed is numbered, so that a part left empty leaves no gap.
void number(std::vector<Section>& sections) {
  int sections_so_far = 0;
  for (Section& section : sections) {
    if (section.is_printed()) section.heading = chinese_number(++sections_so_far) + "、" + section.heading;
    int parts_so_far = 0;
    for (Part& part : section.parts) {
      if (!part.text.empty()) part.heading = "（" + chinese_number(++parts_so_far) + "）" + part.heading;
    }
  }
}

}  // namespace

bool Section::is_printed() const {
  return !text.empty() || std::ranges::any_of(parts, [](const Part& part) { return !part.text.empty(); });
}

Layout lay_out(const Material& material) {
  const campaigns::Campaign& campaign = material.campaign;
  Layout layout;
  layout.title = campaigns::one_line_title(*campaign.documents.summary, material.names);
  layout.opening =
      part_of(material, std::string(opening_part), "", campaigns::fill_pattern(campaign.summary.opening, whose(material)));
  for (const auto& skeleton : campaign.summary.sections) layout.sections.push_back(section_of(material, skeleton));
  number(layout.sections);
  for (const Proposed& one : material.pictures) layout.pictures.push_back({one.picture.id, one.picture.caption, one.received});
  layout.tables = material.tables;
  return layout;
}

}  // namespace wujin::summaries
