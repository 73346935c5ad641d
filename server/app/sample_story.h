#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/randomness.h"
#include "base/result.h"

// The material of the sample town (a campaign folder's sample.toml) and the year composed from it. Pure: the same file, the same
// year.
namespace wujin::app {

struct SamplePlace {
  std::string id;
  std::string name_in_plan;
  std::vector<std::string> in_charge;
  std::string site;     // its education site; empty: none
  bool sparse = false;  // few records, late, pictures used twice: only an invented place may be
  std::map<std::string, std::vector<std::string>> points;  // by sort: "group", "school", …
};

struct Story {
  std::string entry, form, kind, at, title, scene;
  Date from, to;
  std::vector<std::string> texts, audiences, topics, partners;
  std::optional<std::pair<int, int>> people, leaflets;
};

struct SampleMaterial {
  std::uint64_t seed = 0;
  std::vector<SamplePlace> places;
  std::vector<Story> stories;
  std::map<std::string, std::vector<std::string>> focus;  // by sort of point

  Date last_told() const;  // the last day a story is about
};

// Errors: `malformed` naming the file, line and what is wrong.
Result<SampleMaterial> read_sample_material(std::string_view toml, const std::string& file_name);

// One activity as it will be recorded.
struct SampleActivity {
  const SamplePlace* place = nullptr;
  const Story* story = nullptr;
  bool by_station = false;  // held and recorded by the station
  std::string point, text;
  Instant started_at, recorded_at;
  std::optional<int> people, leaflets;
  int pictures = 0;
  bool repeats_a_picture = false;  // one of them is an earlier picture of the place, slightly changed
};

// What is held from `first` to `last`, in the order it is recorded. A place's stories are spread evenly: the least told is told
// next.
std::vector<SampleActivity> compose_activities(const SampleMaterial& material, Date first, Date last);

// What a plan row of a place says for its `index`-th week.
struct SampleRow {
  std::string focus, in_charge;
};
SampleRow compose_row(const SampleMaterial& material, const SamplePlace& place, int index);

}  // namespace wujin::app
