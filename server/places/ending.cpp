#include "places/ending.h"

#include "base/field_check.h"

namespace wujin::places {
namespace {

Fault fault_of(const Place& ended, const Tree& tree, std::string field) {
  std::vector<ProblemParameter> parameters = {{"place", ended.name}, {"date", to_string(ended.ending->on)}};
  const Place* into = ended.ending->into ? tree.find(*ended.ending->into) : nullptr;
  if (into == nullptr) return {std::move(field), ProblemCode::place_dissolved, std::move(parameters)};
  parameters.emplace_back("into", into->name);
  return {std::move(field), ProblemCode::place_merged, std::move(parameters)};
}

void check_into(FieldCheck& check, const Ending& ending, const Place& place, const Tree& tree) {
  if (!ending.into) return;
  const Place* into = tree.find(*ending.into);
  if (*ending.into == place.id) {
    check.add("into", ProblemCode::merged_into_itself);
  } else if (into == nullptr || !is_of_village_level(into->kind) || into->parent != place.parent) {
    check.add("into", ProblemCode::unknown_choice, {{"value", ending.into->text()}});
  } else if (!stands_on(*into, plus_days(ending.on, 1))) {
    Fault fault = fault_of(*into, tree, "into");
    check.add(fault.field, fault.code, std::move(fault.parameters));
  }
}

// Those that were merged into it go on in it.
void check_outlasts(FieldCheck& check, const Ending& ending, const Place& place, const Tree& tree) {
  for (const Place& other : tree.places()) {
    if (!other.ending || other.ending->into != place.id || ending.on > other.ending->on) continue;
    check.add("on", ProblemCode::takes_over, {{"place", other.name}, {"date", to_string(other.ending->on)}});
  }
}

}  // namespace

Result<> check(const Ending& ending, const Place& place, const Tree& tree, Date low, Date high) {
  if (!is_of_village_level(place.kind)) return Problem(ProblemCode::place_cannot_end);
  FieldCheck check;
  if (ending.on < low || ending.on > high) {
    check.add("on", ProblemCode::out_of_range, {{"low", to_string(low)}, {"high", to_string(high)}});
  }
  constexpr std::size_t longest_reason = 200;
  check.text("reason", ending.reason, 1, longest_reason);
  check_into(check, ending, place, tree);
  check_outlasts(check, ending, place, tree);
  return check.result();
}

Result<> check_stands(const Place& place, const Tree& tree, Date day, const std::string& field) {
  if (stands_on(place, day)) return {};
  return Problem::of({fault_of(place, tree, field)});
}

}  // namespace wujin::places
