#include "mailbox/place_names.h"

#include <algorithm>
#include <array>

#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using places::PlaceKind;

// The longest first.
constexpr std::array<std::u32string_view, 13> village_ends = {
    U"村村民委员会", U"社区居民委员会", U"村民委员会", U"居民委员会", U"村村委会", U"社区居委会", U"村委会",
    U"居委会",       U"委会",           U"村委",       U"社区",       U"村两委",   U"村"};

// What makes a bare name part of another: 泸永桥小学, 天星桥水库.
constexpr std::array<std::u32string_view, 12> other_things = {U"小学", U"中学", U"学校", U"幼儿园", U"水库", U"大桥",
                                                              U"路",   U"河",   U"山",   U"厂",     U"场镇", U"公司"};
constexpr std::array<std::u32string_view, 9> offices = {U"消防", U"人民政府", U"党委", U"政府",  U"安委",
                                                        U"应急", U"平安",     U"综治", U"派出所"};

template <std::size_t count>
std::u32string_view one_that_begins(std::u32string_view text, const std::array<std::u32string_view, count>& words) {
  for (const auto word : words) {
    if (text.starts_with(word)) return word;
  }
  return {};
}

// 东岭村（示例） is 东岭村.
std::u32string without_note(const std::string& name) {
  std::u32string text = plain(name);
  const auto note = text.find_first_of(U"(（");
  if (note != std::u32string::npos && note > 0) text.resize(note);
  return text;
}

std::u32string stem_of(std::u32string name) {
  for (const std::u32string_view end : {U"社区", U"村", U"居"}) {
    if (name.size() > end.size() && name.ends_with(end)) {
      name.resize(name.size() - end.size());
      break;
    }
  }
  return name;
}

// 集市 is an entry's word before it is a place's name.
bool is_word_of(const campaigns::Campaign& campaign, std::u32string_view stem) {
  return std::any_of(campaign.entries.begin(), campaign.entries.end(), [&](const campaigns::Choice& entry) {
    return contains(plain(entry.name), stem) || (entry.short_ && contains(plain(*entry.short_), stem));
  });
}

}  // namespace

PlaceNames::PlaceNames(const campaigns::Campaign& campaign, const places::Tree& tree) {
  for (const auto& above : tree.place_and_ancestors(campaign.town)) {
    if (const auto* place = tree.find(above)) above_.push_back(without_note(place->name));
  }
  for (const auto* place : tree.subtree(campaign.town)) {
    const auto name = without_note(place->name);
    names_.push_back({name, place->id, place->kind, true});
    if (!places::is_of_village_level(place->kind)) continue;
    const auto stem = stem_of(name);
    if (stem.size() >= 2 && stem != name && !is_word_of(campaign, stem)) names_.push_back({stem, place->id, place->kind, false});
  }
  std::stable_sort(names_.begin(), names_.end(),
                   [](const Name& one, const Name& other) { return one.text.size() > other.text.size(); });
}

// 别镇泸永桥村 is another town's; 我镇, 全镇 and its own name are this one's.
bool PlaceNames::is_of_another_town(std::u32string_view before) const {
  before = trimmed(before);
  const bool is_named = before.ends_with(U"镇") || before.ends_with(U"乡") || before.ends_with(U"街道");
  if (!is_named || before.ends_with(U"我镇") || before.ends_with(U"全镇") || before.ends_with(U"本镇")) return false;
  return std::none_of(above_.begin(), above_.end(), [&](const std::u32string& name) { return before.ends_with(name); });
}

std::vector<PlaceMention> PlaceNames::mentions_at(std::u32string_view text, std::size_t at) const {
  std::vector<PlaceMention> found;
  if (is_of_another_town(text.substr(0, at))) return found;
  const auto rest = text.substr(at);
  for (const auto& name : names_) {
    if (!found.empty() && name.text.size() < found.front().length) break;
    if (!rest.starts_with(name.text)) continue;
    PlaceMention mention{name.place, name.is_full, at, name.text.size()};
    const auto behind = rest.substr(name.text.size());
    if (!places::is_of_village_level(name.kind)) {
      if (one_that_begins(behind, offices).empty()) found.push_back(mention);
      continue;
    }
    const auto end = one_that_begins(behind, village_ends);
    const bool is_other_kind = !name.is_full && ((end == U"社区" && name.kind == PlaceKind::village) ||
                                                 (end == U"村" && name.kind == PlaceKind::community));
    if (!end.empty() && !is_other_kind) mention.is_full = true;
    if (!mention.is_full && !one_that_begins(behind, other_things).empty()) continue;
    found.push_back(mention);
  }
  for (auto& mention : found) mention.length += one_that_begins(rest.substr(mention.length), village_ends).size();
  return found;
}

std::vector<PlaceMention> PlaceNames::in(std::u32string_view text) const {
  std::vector<PlaceMention> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto here = mentions_at(text, at);
    if (here.empty()) {
      ++at;
      continue;
    }
    std::size_t length = 1;
    for (const auto& mention : here) length = std::max(length, mention.length);
    found.insert(found.end(), here.begin(), here.end());
    at += length;
  }
  // A town's name right before one of its places is only where that lies.
  std::vector<PlaceMention> meant;
  for (const auto& mention : found) {
    const auto end = mention.at + mention.length;
    const bool is_before = std::any_of(found.begin(), found.end(), [&](const PlaceMention& other) {
      return other.at >= end && trimmed(text.substr(end, other.at - end)).empty() && other.place != mention.place;
    });
    const bool is_above = std::any_of(above_.begin(), above_.end(), [&](const std::u32string& name) {
      return text.substr(mention.at, mention.length) == name;
    });
    if (!(is_above && is_before)) meant.push_back(mention);
  }
  return meant;
}

std::optional<PlaceMention> PlaceNames::signing(std::u32string_view line) const {
  if (line.size() > 30) return std::nullopt;
  const auto mentions = in(line);
  if (mentions.size() != 1) return std::nullopt;
  std::u32string rest(line);
  rest.erase(mentions.front().at, mentions.front().length);
  for (const auto& name : above_) {
    const auto at = rest.find(name);
    if (at != std::u32string::npos) rest.erase(at, name.size());
  }
  for (const std::u32string_view mark : {U"报送单位", U"填报单位", U"单位", U"盖章", U"落款"}) {
    const auto at = rest.find(mark);
    if (at != std::u32string::npos) rest.erase(at, mark.size());
  }
  if (!bare(rest).empty()) return std::nullopt;
  return mentions.front();
}

}  // namespace wujin::mailbox
