#include "campaigns/toml_reader.h"

#include <algorithm>

#include "base/text.h"

namespace wujin::campaigns {
namespace {

const toml::table& no_table() {
  static const toml::table empty;
  return empty;
}

bool is_identifier(std::string_view text) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.size() <= 64 && text.front() != '_' && std::ranges::all_of(text, is_plain);
}

std::optional<Date> date_of(const toml::node& node) {
  if (const auto* date = node.as_date()) {
    const Date day = std::chrono::year(date->get().year) / date->get().month / date->get().day;
    if (day.ok()) return day;
    return std::nullopt;
  }
  if (const auto* text = node.as_string()) {
    if (const auto day = parse_date(text->get())) return *day;
  }
  return std::nullopt;
}

}  // namespace

TomlTable::TomlTable(const toml::table& table, std::string path, FaultList& faults)
    : table_(&table), path_(std::move(path)), faults_(&faults) {}

int TomlTable::line() const { return static_cast<int>(table_->source().begin.line); }

int TomlTable::line_of(std::string_view key) const {
  const auto* node = table_->get(key);
  return node ? static_cast<int>(node->source().begin.line) : line();
}

std::string TomlTable::path_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void TomlTable::fault(std::string_view key, ProblemCode code, std::vector<ProblemParameter> parameters) const {
  faults_->add(line_of(key), path_of(key), code, std::move(parameters));
}

const toml::node* TomlTable::find(std::string_view key) {
  asked_.emplace(key);
  return table_->get(key);
}

const std::string* TomlTable::string_at(std::string_view key) {
  const auto* node = find(key);
  if (!node) return nullptr;
  if (const auto* text = node->as_string()) return &text->get();
  fault(key, ProblemCode::wrong_type, {{"expected", "string"}});
  return nullptr;
}

bool TomlTable::checked(std::string_view key, const std::string& text, int limit) const {
  if (!is_utf8_text(text)) {
    fault(key, ProblemCode::not_text);
  } else if (count_characters(text) > static_cast<std::size_t>(limit)) {
    fault(key, ProblemCode::too_long, {{"limit", std::to_string(limit)}});
  } else {
    return true;
  }
  return false;
}

std::string TomlTable::text(std::string_view key, int limit) {
  const auto* found = string_at(key);
  if (!found) {
    if (!has(key)) fault(key, ProblemCode::required);
    return {};
  }
  const std::string words(trimmed(*found));
  if (words.empty()) fault(key, ProblemCode::required);
  return checked(key, words, limit) ? words : std::string();
}

std::string TomlTable::text_or(std::string_view key, int limit, std::string otherwise) {
  const auto* found = string_at(key);
  if (!found) return otherwise;
  std::string words(trimmed(*found));
  return checked(key, words, limit) ? words : std::move(otherwise);
}

std::optional<std::string> TomlTable::optional_text(std::string_view key, int limit) {
  find(key);
  if (!has(key)) return std::nullopt;
  auto words = text(key, limit);
  return words.empty() ? std::nullopt : std::optional(std::move(words));
}

std::string TomlTable::identifier(std::string_view key) {
  auto words = text(key, 64);
  if (!words.empty() && !is_identifier(words)) fault(key, ProblemCode::invalid, {{"expected", "a-z, 0-9, _"}});
  return words;
}

std::vector<std::string> TomlTable::texts(std::string_view key, int limit) {
  const auto* node = find(key);
  if (!node) return {};
  const auto* array = node->as_array();
  if (!array) {
    fault(key, ProblemCode::wrong_type, {{"expected", "array"}});
    return {};
  }
  std::vector<std::string> list;
  for (const auto& element : *array) {
    const auto* words = element.as_string();
    if (!words) {
      fault(key, ProblemCode::wrong_type, {{"expected", "string"}});
    } else if (checked(key, words->get(), limit)) {
      if (std::ranges::count(list, words->get()) > 0) fault(key, ProblemCode::duplicate);
      list.push_back(words->get());
    }
  }
  return list;
}

int TomlTable::number(std::string_view key, int low, int high) {
  const auto* node = find(key);
  if (!node) {
    fault(key, ProblemCode::required);
    return low;
  }
  const auto* found = node->as_integer();
  if (!found) {
    fault(key, ProblemCode::wrong_type, {{"expected", "integer"}});
  } else if (found->get() < low || found->get() > high) {
    fault(key, ProblemCode::out_of_range, {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
  } else {
    return static_cast<int>(found->get());
  }
  return low;
}

int TomlTable::number_or(std::string_view key, int low, int high, int otherwise) {
  return find(key) ? number(key, low, high) : otherwise;
}

bool TomlTable::flag_or(std::string_view key, bool otherwise) {
  const auto* node = find(key);
  if (!node) return otherwise;
  if (const auto* flag = node->as_boolean()) return flag->get();
  fault(key, ProblemCode::wrong_type, {{"expected", "boolean"}});
  return otherwise;
}

Date TomlTable::date(std::string_view key) {
  const Date harmless = std::chrono::year(2000) / 1 / 1;
  const auto* node = find(key);
  if (!node) {
    fault(key, ProblemCode::required);
    return harmless;
  }
  if (const auto day = date_of(*node)) return *day;
  fault(key, ProblemCode::invalid, {{"expected", "2023-10-26"}});
  return harmless;
}

std::vector<Date> TomlTable::dates(std::string_view key) {
  const auto* node = find(key);
  if (!node) return {};
  const auto* array = node->as_array();
  std::vector<Date> list;
  for (std::size_t i = 0; array && i < array->size(); ++i) {
    const auto day = date_of((*array)[i]);
    if (day) {
      list.push_back(*day);
    } else {
      fault(key, ProblemCode::invalid, {{"expected", "2023-10-26"}});
    }
  }
  if (!array) fault(key, ProblemCode::wrong_type, {{"expected", "array"}});
  return list;
}

Month TomlTable::month(std::string_view key) {
  const auto words = text(key, 7);
  const auto parsed = parse_month(words);
  if (parsed) return *parsed;
  if (!words.empty()) fault(key, ProblemCode::invalid, {{"expected", "2023-10"}});
  return std::chrono::year(2000) / 1;
}

TomlTable TomlTable::table(std::string_view key) {
  const auto* node = find(key);
  const auto* inner = node ? node->as_table() : nullptr;
  if (!node) {
    fault(key, ProblemCode::required);
  } else if (!inner) {
    fault(key, ProblemCode::wrong_type, {{"expected", "table"}});
  }
  return {inner ? *inner : no_table(), path_of(key), *faults_};
}

void TomlTable::tables(std::string_view key, const std::function<void(TomlTable&)>& each) {
  const auto* node = find(key);
  if (!node) return;
  const auto* array = node->as_array();
  if (!array) return fault(key, ProblemCode::wrong_type, {{"expected", "array of tables"}});
  constexpr std::size_t most = 1000;
  if (array->size() > most) return fault(key, ProblemCode::too_many, {{"limit", std::to_string(most)}});
  for (std::size_t i = 0; i < array->size(); ++i) {
    const auto* inner = (*array)[i].as_table();
    if (!inner) {
      fault(key, ProblemCode::wrong_type, {{"expected", "table"}});
      continue;
    }
    TomlTable table(*inner, path_of(key) + "[" + std::to_string(i) + "]", *faults_);
    each(table);
    table.refuse_unknown();
  }
}

void TomlTable::refuse_unknown() const {
  for (const auto& [key, node] : *table_) {
    if (!asked_.contains(key.str())) fault(key.str(), ProblemCode::unknown_field);
  }
}

}  // namespace wujin::campaigns
