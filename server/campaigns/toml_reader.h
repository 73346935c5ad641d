#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>
#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>

#include "base/calendar.h"
#include "campaigns/load.h"

namespace wujin::campaigns {

// Where the faults of one file gather.
class FaultList {
 public:
  explicit FaultList(std::string file) : file_(std::move(file)) {}
  void add(int line, std::string field, ProblemCode code, std::vector<ProblemParameter> parameters = {}) {
    faults_.push_back({file_, line, std::move(field), code, std::move(parameters)});
  }
  const std::vector<LoadFault>& list() const { return faults_; }

 private:
  std::string file_;
  std::vector<LoadFault> faults_;
};

// One table of a TOML file, read key by key. What is wrong is noted and something harmless answered, so that all faults are found
// in one go; a key nobody asked for is a fault too (refuse_unknown). The first read of a key decides whether it must be there.
class TomlTable {
 public:
  TomlTable(const toml::table& table, std::string path, FaultList& faults);

  bool has(std::string_view key) const { return table_->contains(key); }
  int line() const;
  int line_of(std::string_view key) const;  // the table's own when the key is absent
  std::string path_of(std::string_view key) const;
  void fault(std::string_view key, ProblemCode code, std::vector<ProblemParameter> parameters = {}) const;

  // Words: trimmed, neither empty nor longer than `limit` characters.
  std::string text(std::string_view key, int limit);
  std::string text_or(std::string_view key, int limit, std::string otherwise);  // may be empty
  std::optional<std::string> optional_text(std::string_view key, int limit);
  // a–z, 0–9 and _, at most 64.
  std::string identifier(std::string_view key);
  std::vector<std::string> texts(std::string_view key, int limit);  // absent: none
  int number(std::string_view key, int low, int high);
  int number_or(std::string_view key, int low, int high, int otherwise);
  bool flag_or(std::string_view key, bool otherwise);
  Date date(std::string_view key);
  std::vector<Date> dates(std::string_view key);
  Month month(std::string_view key);

  template <class Enum>
  Enum choice(std::string_view key) {
    Enum chosen{};
    if (const auto name = optional_text(key, 64)) {
      choose(key, *name, chosen);
    } else if (!has(key)) {
      fault(key, ProblemCode::required);
    }
    return chosen;
  }
  template <class Enum>
  Enum choice_or(std::string_view key, Enum otherwise) {
    if (!has(key)) return otherwise;
    return choice<Enum>(key);
  }
  template <class Enum>
  std::vector<Enum> choices(std::string_view key) {
    std::vector<Enum> list;
    for (const auto& name : texts(key, 64)) {
      Enum chosen{};
      choose(key, name, chosen);
      list.push_back(chosen);
    }
    if (list.empty()) fault(key, ProblemCode::required);
    return list;
  }

  // The table under a key; an absent one is a fault and reads as empty.
  TomlTable table(std::string_view key);
  // Calls `each` for every [[key]]; none is no fault.
  void tables(std::string_view key, const std::function<void(TomlTable&)>& each);

  void refuse_unknown() const;

 private:
  const toml::node* find(std::string_view key);
  const std::string* string_at(std::string_view key);
  bool checked(std::string_view key, const std::string& text, int limit) const;

  template <class Enum>
  void choose(std::string_view key, const std::string& name, Enum& chosen) {
    bool found = false;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto enumerator) {
      if (name != enumerator.name) return;
      chosen = enumerator.value;
      found = true;
    });
    if (!found) fault(key, ProblemCode::unknown_choice, {{"value", name}});
  }

  const toml::table* table_;
  std::string path_;
  FaultList* faults_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace wujin::campaigns
