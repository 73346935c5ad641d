#include "campaigns/issue.h"

#include <algorithm>

#include <toml++/toml.h>
#include <boost/json.hpp>

#include "base/digest.h"
#include "base/text.h"

namespace wujin::campaigns {
namespace {

// Written by the program alone, like issue.toml.
constexpr const char* replaced_forms_file = "replaced_forms.toml";

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

std::vector<OwnForm> own_forms(const CampaignBundle& model, const CampaignBundle& town) {
  std::vector<OwnForm> own;
  for (const FormKind kind : forms_of(town.campaign)) {
    const DocumentForm* of_model = form_of(model.campaign, kind);
    const bool has_model = of_model != nullptr && !of_model->template_.empty();
    const std::string& word = town.template_of(*form_of(town.campaign, kind));
    if (!has_model || model.template_of(*of_model) != word) own.push_back({kind, word});
  }
  return own;
}

void carry_forms(std::map<std::string, std::string>& files, const CampaignId& id, const CampaignBundle& model,
                 const std::vector<OwnForm>& own, std::vector<FormKind> replaced) {
  const auto of_model = forms_of(model.campaign);
  for (const auto& [kind, word] : own) {
    if (std::ranges::count(of_model, kind) == 0) continue;
    auto carried = files;
    carried[form_of(model.campaign, kind)->template_] = word;
    if (read_campaign(id, carried).bundle) {
      files = std::move(carried);
    } else {
      replaced.push_back(kind);
    }
  }
  std::erase_if(replaced, [&](FormKind kind) { return std::ranges::count(of_model, kind) == 0; });
  put_replaced_forms(files, replaced);
}

std::vector<FormKind> replaced_forms(const std::map<std::string, std::string>& files) {
  std::vector<FormKind> forms;
  const auto text = files.find(replaced_forms_file);
  if (text == files.end()) return forms;
  const auto table = toml::parse(text->second);
  for (const auto& name : *table["forms"].as_array()) {
    FormKind kind{};
    if (boost::describe::enum_from_string(name.value_or(std::string()).c_str(), kind)) forms.push_back(kind);
  }
  return forms;
}

void put_replaced_forms(std::map<std::string, std::string>& files, const std::vector<FormKind>& forms) {
  files.erase(replaced_forms_file);
  if (forms.empty()) return;
  std::string names;
  for (const FormKind kind : forms)
    names += (names.empty() ? "\"" : ", \"") + std::string(boost::describe::enum_to_string(kind, "")) + "\"";
  files[replaced_forms_file] = "forms = [" + names + "]\n";
}

CampaignId issued_id(const CampaignId& model, const PlaceId& town) {
  const std::string whole = model.text() + "-" + town.text();
  std::string id = in_letters_of_an_id(whole);
  if (id == whole && id.size() <= longest_id) return CampaignId(id);
  id.resize(std::min(id.size(), longest_id - digest_letters - 1));
  return CampaignId(id + "-" + to_hex(sha256(whole)).substr(0, digest_letters));
}

}  // namespace wujin::campaigns
