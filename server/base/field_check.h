#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.h"
#include "base/text.h"

namespace wujin {

// Collects what is wrong with what somebody entered, field by field, so that all of it is told at once.
class FieldCheck {
 public:
  // Lengths in characters.
  void text(const std::string& field, const std::string& value, std::size_t least, std::size_t most) {
    const std::size_t length = count_characters(value);
    if (length < least)
      add(field, least == 1 ? ProblemCode::required : ProblemCode::too_short, {{"limit", std::to_string(least)}});
    if (length > most) add(field, ProblemCode::too_long, {{"limit", std::to_string(most)}});
  }
  void text(const std::string& field, const std::optional<std::string>& value, std::size_t most) {
    if (value) text(field, *value, 0, most);
  }
  template <class Number>
  void range(const std::string& field, const std::optional<Number>& value, Number low, Number high) {
    if (!value || (*value >= low && *value <= high)) return;
    add(field, ProblemCode::out_of_range, {{"low", fmt::format("{}", low)}, {"high", fmt::format("{}", high)}});
  }
  void at_most(const std::string& field, std::size_t count, std::size_t most) {
    if (count > most) add(field, ProblemCode::too_many, {{"limit", std::to_string(most)}});
  }
  void add(const std::string& field, ProblemCode code, std::vector<ProblemParameter> parameters = {}) {
    faults_.push_back({field, code, std::move(parameters)});
  }

  Result<> result() {
    if (faults_.empty()) return {};
    return Problem::of(std::move(faults_));
  }

 private:
  std::vector<Fault> faults_;
};

}  // namespace wujin
