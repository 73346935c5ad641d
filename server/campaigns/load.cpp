#include "campaigns/load.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include <toml++/toml.h>

#include "base/text.h"
#include "campaigns/campaign_check.h"
#include "campaigns/campaign_reader.h"
#include "campaigns/pattern.h"
#include "campaigns/tightening.h"

namespace wujin::campaigns {
namespace {

namespace fs = std::filesystem;

constexpr const char* campaign_file = "campaign.toml";
// Far above any campaign, far below what would hurt.
constexpr std::uintmax_t largest_file = 16 * 1024 * 1024;

bool is_campaign_id(std::string_view text) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && text.size() <= 64 && text.front() != '-' && std::ranges::all_of(text, is_plain);
}

std::optional<std::string> read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  std::string bytes(std::istreambuf_iterator<char>(stream), {});
  if (stream.bad()) return std::nullopt;
  return bytes;
}

// The files a campaign consists of; what else lies in the folder (notes, the sample's story) is none of its business.
bool belongs(const fs::path& relative) {
  return relative == campaign_file || relative == places_file || relative == map_file ||
         (relative.parent_path() == "templates" && relative.extension() == ".docx");
}

void sort_by_place(std::vector<LoadFault>& faults) {
  std::ranges::stable_sort(
      faults, [](const LoadFault& a, const LoadFault& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
}

std::optional<toml::table> parse_toml(const char* file, const std::string& text, std::vector<LoadFault>& faults) {
  if (!is_utf8_text(text)) {
    faults.push_back({file, 0, "", ProblemCode::not_text, {}});
    return std::nullopt;
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const int line = static_cast<int>(error.source().begin.line);
    faults.push_back({file, line, "", ProblemCode::malformed, {{"what", "TOML: " + std::string(error.description())}}});
    return std::nullopt;
  }
}

// One of the files beside campaign.toml, when there is one: `read` is given its table.
template <class Read>
void read_beside(const char* file, const CampaignBundle& bundle, std::vector<LoadFault>& faults, const Read& read) {
  const auto text = bundle.files.find(file);
  if (text == bundle.files.end()) return;
  const auto source = parse_toml(file, text->second, faults);
  if (!source) return;
  FaultList list(file);
  TomlTable root(*source, "", list);
  read(root);
  faults.insert(faults.end(), list.list().begin(), list.list().end());
}

// Whose campaign it is: its kind, and its name where the words ask for it.
void settle_town(Campaign& campaign, const std::vector<places::Place>& places) {
  const auto town = std::ranges::find(places, campaign.town, &places::Place::id);
  if (town == places.end()) return;
  campaign.is_model = town->kind == PlaceKind::district;
  const PatternValues values = {{"town", town->name}};
  for (std::string* words : {&campaign.title, &campaign.short_title, &campaign.station_name})
    *words = fill_pattern(*words, values);
  if (campaign.title_en) campaign.title_en = fill_pattern(*campaign.title_en, values);
}

void read_toml(const std::string& text, CampaignBundle& bundle, std::vector<LoadFault>& faults) {
  const auto source = parse_toml(campaign_file, text, faults);
  if (!source) return;
  FaultList list(campaign_file);
  TomlTable root(*source, "", list);
  Campaign campaign = read_campaign_table(root);
  campaign.id = bundle.campaign.id;
  read_beside(issue_file, bundle, faults, [&](TomlTable& table) { read_issue(table, campaign); });
  read_beside(tightening_file, bundle, faults,
              [&](TomlTable& table) { campaign = tightened(std::move(campaign), read_tightening(table)); });
  check_campaign(campaign, bundle.places, *source, list);
  faults.insert(faults.end(), list.list().begin(), list.list().end());
  check_templates(campaign, bundle.files, *source, faults);
  settle_town(campaign, bundle.places);
  bundle.campaign = std::move(campaign);
}

void read_map(CampaignBundle& bundle, std::vector<LoadFault>& faults) {
  const auto text = bundle.files.find(map_file);
  if (text == bundle.files.end()) return;
  auto outcome = read_place_map(text->second, bundle.places);
  for (auto& [field, code, parameters] : outcome.faults) {
    faults.push_back({map_file, 0, std::move(field), code, std::move(parameters)});
  }
  bundle.map = std::move(outcome.map);
}

}  // namespace

std::string describe(const LoadFault& fault, Language language) {
  std::string text = fault.file;
  if (fault.line > 0) text += ":" + std::to_string(fault.line);
  if (!fault.field.empty()) text += " " + fault.field;
  return text + ": " + sentence(fault.code, fault.parameters, language);
}

LoadOutcome read_campaign(const CampaignId& id, std::map<std::string, std::string> files) {
  auto bundle = std::make_shared<CampaignBundle>();
  std::vector<LoadFault> faults;
  bundle->campaign.id = id;
  bundle->files = std::move(files);
  if (!is_campaign_id(id.text())) faults.push_back({id.text(), 0, "", ProblemCode::invalid, {{"expected", "a-z, 0-9, -"}}});
  const auto places_text = bundle->files.find(places_file);
  if (places_text == bundle->files.end()) {
    faults.push_back({places_file, 0, "", ProblemCode::required, {}});
  } else {
    auto places = read_places(places_file, places_text->second);
    faults.insert(faults.end(), places.faults.begin(), places.faults.end());
    bundle->places = places::Tree(std::move(places.places)).places();
    if (places.faults.empty()) read_map(*bundle, faults);
  }
  const auto campaign_text = bundle->files.find(campaign_file);
  if (campaign_text == bundle->files.end()) {
    faults.push_back({campaign_file, 0, "", ProblemCode::required, {}});
  } else {
    read_toml(campaign_text->second, *bundle, faults);
  }
  sort_by_place(faults);
  if (!faults.empty()) return {nullptr, std::move(faults)};
  return {std::move(bundle), {}};
}

LoadOutcome load_campaign(const fs::path& folder) {
  std::map<std::string, std::string> files;
  std::vector<LoadFault> faults;
  std::error_code error;
  fs::recursive_directory_iterator entries(folder, error), end;
  if (error) return {nullptr, {{folder.string(), 0, "", ProblemCode::not_found, {}}}};
  for (; entries != end; entries.increment(error)) {
    if (error) break;
    const auto relative = entries->path().lexically_relative(folder);
    if (!entries->is_regular_file() || !belongs(relative)) continue;
    if (entries->file_size() > largest_file) {
      faults.push_back({relative.string(), 0, "", ProblemCode::too_large, {{"limit", std::to_string(largest_file)}}});
      continue;
    }
    auto bytes = read_file(entries->path());
    if (bytes) {
      files.emplace(relative.generic_string(), std::move(*bytes));
    } else {
      faults.push_back({relative.string(), 0, "", ProblemCode::not_found, {}});
    }
  }
  if (!faults.empty()) return {nullptr, std::move(faults)};
  // A folder given with a slash at its end has an empty file name.
  const auto name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
  return read_campaign(CampaignId(name.string()), std::move(files));
}

Problem to_problem(const std::vector<LoadFault>& faults) {
  std::vector<Fault> list;
  for (const auto& fault : faults) {
    std::string field = fault.file;
    if (fault.line > 0) field += ":" + std::to_string(fault.line);
    if (!fault.field.empty()) field += " " + fault.field;
    list.push_back({std::move(field), fault.code, fault.parameters});
  }
  return Problem::of(std::move(list));
}

}  // namespace wujin::campaigns
