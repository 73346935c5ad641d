#include "appraisal/appraisal.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace wujin::appraisal {
namespace {

using campaigns::AppraisalItem;
using campaigns::AppraisalMeasure;
using campaigns::AppraisalScoring;
using deadlines::Cell;
using handins::Standing;

bool awaits_review(const Cell& owed) { return owed.state == Standing::submitted || owed.state == Standing::resubmitted; }

bool is_met(const Cell& owed, AppraisalMeasure measure) {
  switch (measure) {
    case AppraisalMeasure::handed_in:
      return owed.submitted_at.has_value();
    case AppraisalMeasure::complete:
      return owed.state == Standing::accepted;
    case AppraisalMeasure::on_time:
      return owed.on_time.value_or(false);
  }
  return false;
}

double rounded(double score) { return std::round(score * 10) / 10; }

double score_of(const AppraisalItem& rule, const ItemStanding& standing) {
  if (rule.scoring == AppraisalScoring::whole) return standing.met == standing.expected ? rule.weight : 0;
  return rounded(static_cast<double>(rule.weight) * standing.met / standing.expected);
}

std::vector<const AppraisalItem*> enabled_items(const Campaign& campaign) {
  std::vector<const AppraisalItem*> items;
  for (const AppraisalItem& item : campaign.appraisal.items) {
    if (item.enabled) items.push_back(&item);
  }
  return items;
}

Item item_of(const AppraisalItem& rule, bool scores) {
  Item item{rule.id, rule.name, rule.name_en, rule.counts, rule.deliverables, {}};
  if (scores) item.weight = rule.weight;
  return item;
}

ItemStanding standing_of(const Item& item, const std::vector<Cell>& owed, Instant now) {
  ItemStanding standing;
  standing.item = item.id;
  for (const Cell& one : owed) {
    if (!is_counted(one, item, now)) continue;
    ++standing.expected;
    if (is_met(one, item.counts)) {
      ++standing.met;
    } else if (item.counts == AppraisalMeasure::complete && awaits_review(one)) {
      ++standing.pending;
    }
  }
  return standing;
}

void add_score(PlaceStanding& place, const std::vector<const AppraisalItem*>& rules) {
  double sum = 0;
  int full = 0;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    ItemStanding& standing = place.items[i];
    if (standing.expected == 0) continue;
    standing.score = score_of(*rules[i], standing);
    sum += *standing.score;
    full += rules[i]->weight;
  }
  if (full == 0) return;
  place.score = rounded(sum);
  place.full = full;
}

using QuotasByPlace = std::map<PlaceId, std::vector<QuotaBeside>>;

// The station's own quotas belong to no place.
QuotasByPlace by_place(const coverage::QuotaBoard& board) {
  QuotasByPlace places;
  for (const coverage::QuotaStanding& quota : board.quotas) {
    if (quota.optional) continue;
    for (const coverage::QuotaRow& row : quota.rows) {
      if (!row.place) continue;
      places[*row.place].push_back({quota.id, quota.name, quota.name_en, row.applies, quota.connected, row.met, row.expected});
    }
  }
  return places;
}

int weeks_begun(const coverage::Coverage& coverage, Date day) {
  return static_cast<int>(
      std::ranges::count_if(coverage.weeks, [&](const coverage::WeekColumn& week) { return week.from <= day; }));
}

void add_coverage(PlaceStanding& place, const coverage::Coverage& coverage) {
  const auto row = std::ranges::find(coverage.rows, place.place, &coverage::MatrixRow::place);
  if (row == coverage.rows.end()) return;
  place.activities = row->total;
  place.weeks = static_cast<int>(std::ranges::count_if(row->counts, [](std::int64_t held) { return held > 0; }));
  if (place.ended_on) place.weeks_asked = weeks_begun(coverage, std::min(*place.ended_on, coverage.today));
}

// Of the quotas that apply and have begun: how many are met, how many there are.
std::pair<int, int> count_quotas(const PlaceStanding& standing) {
  int met = 0, begun = 0;
  for (const QuotaBeside& quota : standing.quotas) {
    if (!quota.applies || !quota.connected || quota.expected == 0) continue;
    ++begun;
    if (quota.met >= quota.expected) ++met;
  }
  return {met, begun};
}

}  // namespace

bool is_counted(const Cell& owed, const Item& item, Instant now) {
  if (owed.state == Standing::na || owed.state == Standing::exempt) return false;
  if (std::ranges::find(item.deliverables, owed.deliverable) == item.deliverables.end()) return false;
  return owed.due_at <= now || owed.submitted_at.has_value();
}

Appraisal appraise(const Campaign& campaign, const deadlines::Board& board, const coverage::QuotaBoard& quotas,
                   const coverage::Coverage& coverage) {
  const auto& rules = campaign.appraisal;
  const auto enabled = enabled_items(campaign);
  Appraisal appraisal;
  appraisal.campaign = campaign.id;
  appraisal.as_of = board.now;
  appraisal.note = rules.note;
  appraisal.note_en = rules.note_en;
  appraisal.scores = rules.scores;
  appraisal.weeks_begun = weeks_begun(coverage, coverage.today);
  for (const AppraisalItem* rule : enabled) appraisal.items.push_back(item_of(*rule, rules.scores));
  const auto beside = by_place(quotas);
  for (const deadlines::PlaceRow& row : board.rows) {
    PlaceEvidence place;
    place.standing.place = row.place;
    place.standing.place_name = row.place_name;
    place.standing.place_kind = row.place_kind;
    place.standing.ended_on = row.ended_on;
    std::ranges::copy_if(row.cells, std::back_inserter(place.owed), [](const Cell& owed) { return owed.state != Standing::na; });
    for (const Item& item : appraisal.items) place.standing.items.push_back(standing_of(item, place.owed, board.now));
    if (rules.scores) add_score(place.standing, enabled);
    if (const auto own = beside.find(row.place); own != beside.end()) place.standing.quotas = own->second;
    add_coverage(place.standing, coverage);
    appraisal.places.push_back(std::move(place));
  }
  return appraisal;
}

std::optional<LineKey> line_key(const Appraisal& appraisal, std::string_view head) {
  const auto share = [](int met, int of) { return of == 0 ? std::nullopt : std::optional(static_cast<double>(met) / of); };
  // What the town itself held is shown by its places.
  const auto is_ground = [](const PlaceStanding& line) { return places::is_of_village_level(line.place_kind); };
  if (head == "score") return [](const PlaceStanding& line) { return line.score; };
  if (head == "activities") {
    return [=](const PlaceStanding& line) { return is_ground(line) ? std::optional<double>(line.activities) : std::nullopt; };
  }
  if (head == "weeks") {
    return [=](const PlaceStanding& line) { return is_ground(line) ? std::optional<double>(line.weeks) : std::nullopt; };
  }
  if (head == "quotas") {
    return [=](const PlaceStanding& line) {
      const auto [met, begun] = count_quotas(line);
      return share(met, begun);
    };
  }
  for (std::size_t i = 0; i < appraisal.items.size(); ++i) {
    if (head == "item." + appraisal.items[i].id)
      return [=](const PlaceStanding& line) { return share(line.items[i].met, line.items[i].expected); };
  }
  return std::nullopt;
}

std::string fraction(const ItemStanding& standing, Language language) {
  if (standing.expected == 0) return "—";
  std::string text = std::to_string(standing.met) + "/" + std::to_string(standing.expected);
  if (standing.pending == 0) return text;
  const std::string pending = std::to_string(standing.pending);
  return text + (language == Language::english ? " (" + pending + " awaiting review)" : "（待审核" + pending + "）");
}

std::string quotas_met(const PlaceStanding& standing) {
  const auto [met, begun] = count_quotas(standing);
  return begun == 0 ? "" : std::to_string(met) + "/" + std::to_string(begun);
}

std::string quotas_in_words(const PlaceStanding& standing, Language language) {
  const bool is_english = language == Language::english;
  std::string text;
  for (const QuotaBeside& quota : standing.quotas) {
    if (!quota.applies || (quota.connected && quota.expected == 0)) continue;
    if (!text.empty()) text += is_english ? "; " : "；";
    text += is_english ? quota.name_en.value_or(quota.name) + ": " : quota.name + "：";
    if (quota.connected) {
      text += std::to_string(quota.met) + "/" + std::to_string(quota.expected);
    } else {
      text += is_english ? "not connected" : "未接入";
    }
  }
  return text;
}

}  // namespace wujin::appraisal
