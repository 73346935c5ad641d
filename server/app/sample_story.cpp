#include "app/sample_story.h"

#include <toml++/toml.h>
#include <algorithm>

#include "base/text.h"

namespace wujin::app {
namespace {

using namespace std::chrono;

Problem fault(const std::string& file, const toml::node& node, std::string_view what) {
  return Problem(ProblemCode::malformed,
                 {{"what", file + ":" + std::to_string(node.source().begin.line) + ": " + std::string(what)}});
}

std::vector<std::string> texts_of(const toml::table& table, std::string_view key) {
  std::vector<std::string> list;
  if (const auto* array = table[key].as_array()) {
    for (const auto& element : *array) list.push_back(element.value_or(std::string()));
  }
  return list;
}

std::optional<std::pair<int, int>> range_of(const toml::table& table, std::string_view key) {
  const auto* array = table[key].as_array();
  if (array == nullptr || array->size() != 2) return std::nullopt;
  return std::pair(array->get(0)->value_or(0), array->get(1)->value_or(0));
}

std::map<std::string, std::vector<std::string>> lists_of(const toml::table& parent, std::string_view key) {
  std::map<std::string, std::vector<std::string>> lists;
  if (const auto* table = parent[key].as_table()) {
    for (const auto& [name, value] : *table) lists.emplace(name.str(), texts_of(*table, name.str()));
  }
  return lists;
}

Date date_of(const toml::table& table, std::string_view key) {
  const auto date = parse_date(table[key].value_or(std::string()));
  return date ? *date : Date();
}

SamplePlace read_place(const toml::table& table) {
  SamplePlace place;
  place.id = table["id"].value_or(std::string());
  place.name_in_plan = table["name_in_plan"].value_or(std::string());
  place.in_charge = texts_of(table, "in_charge");
  place.site = table["site"].value_or(std::string());
  place.sparse = table["sparse"].value_or(false);
  place.points = lists_of(table, "points");
  return place;
}

Story read_story(const toml::table& table) {
  Story story;
  story.entry = table["entry"].value_or(std::string());
  story.form = table["form"].value_or(std::string());
  story.kind = table["kind"].value_or(std::string("outreach"));
  story.at = table["at"].value_or(std::string());
  story.title = table["title"].value_or(std::string());
  story.scene = table["scene"].value_or(std::string());
  story.from = date_of(table, "from");
  story.to = date_of(table, "to");
  story.texts = texts_of(table, "texts");
  story.audiences = texts_of(table, "audiences");
  story.topics = texts_of(table, "topics");
  story.partners = texts_of(table, "partners");
  story.people = range_of(table, "people");
  story.leaflets = range_of(table, "leaflets");
  return story;
}

int pick(SeededRandomness& randomness, std::pair<int, int> range) {
  const int choices = range.second - range.first + 1;
  return range.first + static_cast<int>(randomness.below(static_cast<std::uint64_t>(choices)));
}

template <class T>
const T& pick(SeededRandomness& randomness, const std::vector<T>& list) {
  return list[randomness.below(list.size())];
}

// Tells each place's stories in turn, the least told first.
class Teller {
 public:
  explicit Teller(const SampleMaterial& material) : material_(material), randomness_(material.seed) {}

  // None on a day no story of the place is about.
  std::optional<SampleActivity> tell(const SamplePlace& place, Date date, bool by_station) {
    const Story* story = next_story(place, date);
    if (story == nullptr) return std::nullopt;
    SampleActivity activity;
    activity.place = &place;
    activity.story = story;
    activity.by_station = by_station;
    activity.point = pick(randomness_, place.points.at(story->at));
    activity.text = replaced(pick(randomness_, story->texts), "{point}", activity.point);
    activity.started_at = start_of(date) + hours(9) + minutes(15 * static_cast<int>(randomness_.below(30)));
    activity.recorded_at = activity.started_at + minutes(60 + static_cast<int>(randomness_.below(180)));
    if (story->people) activity.people = pick(randomness_, *story->people);
    if (story->leaflets) activity.leaflets = pick(randomness_, *story->leaflets);
    activity.pictures = randomness_.below(3) == 0 ? 2 : 3;
    return activity;
  }

 private:
  const Story* next_story(const SamplePlace& place, Date date) {
    const bool weekend = weekday(sys_days(date)).iso_encoding() >= 6;
    const Story* best = nullptr;
    std::uint64_t best_rank = 0;
    for (const Story& story : material_.stories) {
      const bool fits = story.from <= date && date <= story.to && place.points.contains(story.at);
      if (!fits || (weekend && story.at == "school")) continue;
      const std::uint64_t rank = static_cast<std::uint64_t>(told_[{place.id, &story}]) * 1000 + randomness_.below(1000);
      if (best == nullptr || rank < best_rank) {
        best = &story;
        best_rank = rank;
      }
    }
    if (best != nullptr) ++told_[{place.id, best}];
    return best;
  }

  const SampleMaterial& material_;
  SeededRandomness randomness_;
  std::map<std::pair<std::string, const Story*>, int> told_;
};

}  // namespace

Result<SampleMaterial> read_sample_material(std::string_view toml, const std::string& file_name) {
  toml::table document;
  try {
    document = toml::parse(toml, file_name);
  } catch (const toml::parse_error& error) {
    return Problem(ProblemCode::malformed, {{"what", file_name + ":" + std::to_string(error.source().begin.line) + ": " +
                                                         std::string(error.description())}});
  }
  SampleMaterial material;
  material.seed = document["seed"].value_or(std::uint64_t{1});
  material.focus = lists_of(document, "focus");
  if (const auto* places = document["place"].as_array()) {
    for (const auto& node : *places) {
      material.places.push_back(read_place(*node.as_table()));
      if (material.places.back().in_charge.empty()) return fault(file_name, node, "a place needs somebody in charge");
    }
  }
  if (const auto* stories = document["story"].as_array()) {
    for (const auto& node : *stories) {
      material.stories.push_back(read_story(*node.as_table()));
      const Story& story = material.stories.back();
      if (story.texts.empty() || !story.from.ok() || !story.to.ok())
        return fault(file_name, node, "a story needs texts, from and to");
    }
  }
  return material;
}

Date SampleMaterial::last_told() const {
  Date last{std::chrono::year::min(), std::chrono::January, std::chrono::day{1}};
  for (const Story& story : stories) last = std::max(last, story.to);
  return last;
}

std::vector<SampleActivity> compose_activities(const SampleMaterial& material, Date first, Date last) {
  Teller teller(material);
  std::vector<const SamplePlace*> full, sparse;
  for (const SamplePlace& place : material.places) (place.sparse ? sparse : full).push_back(&place);

  std::vector<SampleActivity> activities;
  const auto hold = [&](const SamplePlace& place, Date date, bool by_station) {
    if (date < first || last < date) return;
    if (auto held = teller.tell(place, date, by_station)) activities.push_back(std::move(*held));
  };
  int week = 0;
  for (Date monday = monday_of(first); monday <= last; monday = plus_days(monday, 7), ++week) {
    for (std::size_t i = 0; i < full.size(); ++i) {
      const int shift = static_cast<int>(i) % 3;
      hold(*full[i], plus_days(monday, 1 + shift), false);
      // Two out of three weeks hold a second one.
      if ((week + static_cast<int>(i)) % 3 != 0) hold(*full[i], plus_days(monday, 3 + shift), false);
    }
    // The station's own two a week go round the places.
    hold(*full[static_cast<std::size_t>(week * 2) % full.size()], plus_days(monday, 0), true);
    hold(*full[static_cast<std::size_t>(week * 2 + 1) % full.size()], plus_days(monday, 3), true);
    for (const SamplePlace* place : sparse) {
      // Early on every other week, nothing in the second month, little after.
      if (week < 4 || week >= 9) hold(*place, plus_days(monday, 2), false);
    }
  }
  int of_sparse = 0;
  for (SampleActivity& activity : activities) activity.repeats_a_picture = activity.place->sparse && ++of_sparse % 2 == 0;
  std::stable_sort(activities.begin(), activities.end(),
                   [](const SampleActivity& a, const SampleActivity& b) { return a.recorded_at < b.recorded_at; });
  return activities;
}

SampleRow compose_row(const SampleMaterial& material, const SamplePlace& place, int index) {
  std::vector<std::pair<std::string, std::string>> choices;  // focus pattern, point
  for (const auto& [sort, patterns] : material.focus) {
    const auto points = place.points.find(sort);
    if (points == place.points.end()) continue;
    for (const std::string& point : points->second) {
      choices.emplace_back(patterns[static_cast<std::size_t>(index) % patterns.size()], point);
    }
  }
  const auto& first = choices[static_cast<std::size_t>(index) % choices.size()];
  const auto& second = choices[static_cast<std::size_t>(index * 3 + 2) % choices.size()];
  SampleRow row;
  row.focus = replaced(first.first, "{point}", first.second);
  if (second.second != first.second) row.focus += "、" + replaced(second.first, "{point}", second.second);
  row.in_charge = place.in_charge[static_cast<std::size_t>(index) % place.in_charge.size()];
  return row;
}

}  // namespace wujin::app
