#include "campaigns/issue.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace wujin::campaigns {
namespace {

constexpr std::size_t longest_id = 64, digest_letters = 8;

std::string issue_toml(const Issue& issue, const PlaceId& town) {
  return "model = \"" + issue.model.text() + "\"\nversion = " + std::to_string(issue.version) + "\ntown = \"" + town.text() +
         "\"\n";
}

// The town's own places, and those above it.
std::vector<places::Place> places_of(const places::Tree& tree, const PlaceId& town) {
  std::vector<places::Place> list;
  for (const PlaceId& above : tree.place_and_ancestors(town)) {
    if (above != town) list.push_back(*tree.find(above));
  }
  for (const places::Place* place : tree.subtree(town)) list.push_back(*place);
  return list;
}

// Of the district's map the outlines of these places; the map was checked when the model was kept. Empty: none of them has one.
std::string outlines_of(const std::string& geojson, const std::vector<places::Place>& places) {
  auto collection = boost::json::parse(geojson);
  auto& features = collection.as_object().at("features").as_array();
  boost::json::array kept;
  for (auto& feature : features) {
    const auto& id = feature.as_object().at("properties").as_object().at("place").as_string();
    const PlaceId place{std::string(id.data(), id.size())};
    if (std::ranges::count(places, place, &places::Place::id) > 0) kept.push_back(std::move(feature));
  }
  if (kept.empty()) return "";
  features = std::move(kept);
  return boost::json::serialize(collection);
}

std::string in_letters_of_an_id(const std::string& key) {
  std::string plain;
  for (const char c : key) plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c == '_' ? '-' : c;
  return plain;
}

}  // namespace

std::map<std::string, std::string> issued_files(const CampaignBundle& model, const places::Tree& tree, const PlaceId& town,
                                                const Tightening& tightening) {
  auto files = model.files;
  const auto places = places_of(tree, town);
  files[places_file] = write_places(places);
  if (const auto map = files.find(map_file); map != files.end()) {
    map->second = outlines_of(map->second, places);
    if (map->second.empty()) files.erase(map);
  }
  files[issue_file] = issue_toml({model.campaign.id, model.campaign.version}, town);
  put_tightening(files, tightening);
  return files;
}

void put_tightening(std::map<std::string, std::string>& files, const Tightening& tightening) {
  files.erase(tightening_file);
  if (tightening != Tightening()) files[tightening_file] = written(tightening);
}

CampaignId issued_id(const CampaignId& model, const PlaceId& town) {
  const std::string whole = model.text() + "-" + town.text();
  std::string id = in_letters_of_an_id(whole);
  if (id == whole && id.size() <= longest_id) return CampaignId(id);
  id.resize(std::min(id.size(), longest_id - digest_letters - 1));
  return CampaignId(id + "-" + to_hex(sha256(whole)).substr(0, digest_letters));
}

}  // namespace wujin::campaigns
