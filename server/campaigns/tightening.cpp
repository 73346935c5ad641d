#include "campaigns/tightening.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "campaigns/due.h"

namespace wujin::campaigns {
namespace {

constexpr int rule_limit = 200, name_limit = 200;

template <class Record>
const Record* find_by_id(const std::vector<Record>& records, const std::string& id) {
  const auto found = std::ranges::find(records, id, &Record::id);
  return found == records.end() ? nullptr : &*found;
}

// ── what asks for less ──

std::string day_of(const Deadline& deadline) { return deadline.on ? to_string(*deadline.on) : std::to_string(deadline.day); }

bool leaves_out_a_kind(const Deadline& model, const Deadline& town) {
  return !std::ranges::all_of(model.applies_to, [&](PlaceKind kind) { return std::ranges::count(town.applies_to, kind) > 0; });
}

bool is_later(const Campaign& model, const Deadline& of_model, const Campaign& town, const Deadline& of_town) {
  const auto owed = dues(town, of_town);
  return std::ranges::any_of(dues(model, of_model), [&](const Due& due) {
    const auto same = std::ranges::find(owed, due.period, &Due::period);
    return same == owed.end() || same->due_at > due.due_at;
  });
}

void compare(const Campaign& model, const Deadline& of_model, const Campaign& town, std::vector<Loosening>& found) {
  const auto* own = find_by_id(town.deadlines, of_model.id);
  const auto less = [&](const char* member, std::string limit) {
    found.push_back({TightList::deadlines, of_model.id, member, std::move(limit)});
  };
  if (own == nullptr || own->deliverable != of_model.deliverable || leaves_out_a_kind(of_model, *own))
    return less("", of_model.name);
  if (is_later(model, of_model, town, *own)) less(own->on ? "on" : "day", day_of(of_model));
  if (own->grace_days > of_model.grace_days) less("grace_days", std::to_string(of_model.grace_days));
}

// Whether the two ask for the same thing, however often.
bool is_same_measure(const Quota& model, const Quota& town) {
  return town.subject == model.subject && town.measure == model.measure && town.period == model.period &&
         town.kinds == model.kinds && town.forms == model.forms && (model.optional || !town.optional);
}

void compare(const Quota& of_model, const Campaign& town, std::vector<Loosening>& found) {
  const auto* own = find_by_id(town.quotas, of_model.id);
  if (own == nullptr || !is_same_measure(of_model, *own)) {
    found.push_back({TightList::quotas, of_model.id, "", of_model.name});
  } else if (own->minimum < of_model.minimum) {
    found.push_back({TightList::quotas, of_model.id, "minimum", std::to_string(of_model.minimum)});
  }
}

// Whether the two look at the same, or the town's at more. Weights are the town's own.
bool looks_at_all_of(const AppraisalItem& model, const AppraisalItem& town) {
  const auto has = [&](Deliverable deliverable) { return std::ranges::count(town.deliverables, deliverable) > 0; };
  return town.enabled && town.counts == model.counts && std::ranges::all_of(model.deliverables, has);
}

void compare(const AppraisalItem& of_model, const Campaign& town, std::vector<Loosening>& found) {
  if (!of_model.enabled) return;
  const auto* own = find_by_id(town.appraisal.items, of_model.id);
  if (own == nullptr || !looks_at_all_of(of_model, *own)) found.push_back({TightList::appraisal, of_model.id, "", of_model.name});
}

// ── what is asked for ──

bool moves_day(const DeadlineTightening& wanted, const Deadline& model) {
  return (wanted.on && wanted.on != model.on) || (wanted.day && *wanted.day != model.day);
}

class Checker {
 public:
  Checker(const Tightening& wanted, const Campaign& model) : wanted_(wanted), model_(model) {}

  std::vector<Fault> check() {
    for (std::size_t i = 0; i < wanted_.deadlines.size(); ++i) check_deadline(i);
    for (std::size_t i = 0; i < wanted_.quotas.size(); ++i) check_quota(i);
    if (!faults_.empty()) return std::move(faults_);
    for (const Loosening& loosening : loosened(model_, tightened(model_, wanted_)))
      faults_.push_back(fault_of(loosening, field_of(loosening)));
    return std::move(faults_);
  }

 private:
  static std::string at(TightList list, std::size_t index, const std::string& member) {
    return boost::describe::enum_to_string(list, "") + ("[" + std::to_string(index) + "]." + member);
  }
  std::string field_of(const Loosening& loosening) const {
    const auto index_in = [&](const auto& list) {
      return static_cast<std::size_t>(std::ranges::find_if(list, [&](const auto& each) { return each.id == loosening.id; }) -
                                      list.begin());
    };
    const bool is_deadline = loosening.list == TightList::deadlines;
    return at(loosening.list, is_deadline ? index_in(wanted_.deadlines) : index_in(wanted_.quotas), loosening.member);
  }

  // The model's record of that id; a fault when there is none, or when it was named before.
  template <class Wanted, class Record>
  const Record* known(TightList list, const std::vector<Wanted>& wanted, const std::vector<Record>& records, std::size_t index) {
    const std::string& id = wanted[index].id;
    const auto* found = find_by_id(records, id);
    if (found == nullptr) {
      fault(list, index, "id", ProblemCode::unknown_choice, {{"value", id}});
    } else if (find_by_id(wanted, id) != &wanted[index]) {
      fault(list, index, "id", ProblemCode::duplicate);
      return nullptr;
    }
    return found;
  }

  void check_deadline(std::size_t index) {
    constexpr auto list = TightList::deadlines;
    const DeadlineTightening& wanted = wanted_.deadlines[index];
    const Deadline* model = known(list, wanted_.deadlines, model_.deadlines, index);
    if (model == nullptr) return;
    if (wanted.day && model->on) fault(list, index, "day", ProblemCode::invalid, {{"expected", "on"}});
    if (wanted.on && !model->on) fault(list, index, "on", ProblemCode::invalid, {{"expected", "day"}});
    if (wanted.on && model->on && *wanted.on < model_.starts_on)
      fault(list, index, "on", ProblemCode::out_of_range,
            {{"low", to_string(model_.starts_on)}, {"high", to_string(*model->on)}});
    if (wanted.day) in_range(list, index, "day", *wanted.day, 1, 31);
    if (wanted.grace_days) in_range(list, index, "grace_days", *wanted.grace_days, 0, 366);
    words(list, index, "rule", wanted.rule, rule_limit, moves_day(wanted, *model));
  }

  void check_quota(std::size_t index) {
    constexpr auto list = TightList::quotas;
    const QuotaTightening& wanted = wanted_.quotas[index];
    const Quota* model = known(list, wanted_.quotas, model_.quotas, index);
    if (model == nullptr) return;
    in_range(list, index, "minimum", wanted.minimum, 1, 1000000);
    words(list, index, "name", wanted.name, name_limit, wanted.minimum > model->minimum);
    constexpr int english_limit = 300;
    words(list, index, "name_en", wanted.name_en, english_limit, false);
  }

  void in_range(TightList list, std::size_t index, const char* member, int value, int low, int high) {
    if (value >= low && value <= high) return;
    fault(list, index, member, ProblemCode::out_of_range, {{"low", std::to_string(low)}, {"high", std::to_string(high)}});
  }
  void words(TightList list, std::size_t index, const char* member, const std::optional<std::string>& text, int limit,
             bool wanted) {
    const bool is_blank = !text || trimmed(*text).empty();
    if (is_blank && (wanted || text)) fault(list, index, member, ProblemCode::required);
    if (text && count_characters(*text) > static_cast<std::size_t>(limit))
      fault(list, index, member, ProblemCode::too_long, {{"limit", std::to_string(limit)}});
  }
  void fault(TightList list, std::size_t index, const char* member, ProblemCode code,
             std::vector<ProblemParameter> parameters = {}) {
    faults_.push_back({at(list, index, member), code, std::move(parameters)});
  }

  const Tightening& wanted_;
  const Campaign& model_;
  std::vector<Fault> faults_;
};

// ── as a file ──

// A string of JSON is one of TOML.
std::string line_of(const char* key, const std::string& text) { return key + (" = " + encode_json(text)) + "\n"; }

}  // namespace

Campaign tightened(Campaign model, const Tightening& tightening) {
  for (Deadline& deadline : model.deadlines) {
    const auto* own = find_by_id(tightening.deadlines, deadline.id);
    if (own == nullptr) continue;
    if (own->on) deadline.on = own->on;
    if (own->day) deadline.day = *own->day;
    if (own->grace_days) deadline.grace_days = *own->grace_days;
    if (own->rule) deadline.rule = *own->rule;
  }
  for (Quota& quota : model.quotas) {
    const auto* own = find_by_id(tightening.quotas, quota.id);
    if (own == nullptr) continue;
    quota.minimum = own->minimum;
    if (!own->name) continue;
    quota.name = *own->name;
    quota.name_en = own->name_en;  // the model's English would name the model's figure
  }
  return model;
}

std::vector<Loosening> loosened(const Campaign& model, const Campaign& town) {
  std::vector<Loosening> found;
  for (const Deadline& deadline : model.deadlines) compare(model, deadline, town, found);
  for (const Quota& quota : model.quotas) compare(quota, town, found);
  for (const AppraisalItem& item : model.appraisal.items) compare(item, town, found);
  return found;
}

Fault fault_of(const Loosening& loosening, std::string field) {
  if (loosening.member.empty()) return {std::move(field), ProblemCode::dropped_from_model, {{"value", loosening.limit}}};
  return {std::move(field), ProblemCode::looser_than_model, {{"limit", loosening.limit}}};
}

Tightening tightening_between(const Campaign& model, const Campaign& town) {
  Tightening tightening;
  for (const Deadline& own : town.deadlines) {
    const auto* of_model = find_by_id(model.deadlines, own.id);
    if (of_model == nullptr) continue;
    DeadlineTightening between{own.id, {}, {}, {}, {}};
    if (own.on != of_model->on) between.on = own.on;
    if (own.day != of_model->day && !own.on) between.day = own.day;
    if (own.grace_days != of_model->grace_days) between.grace_days = own.grace_days;
    if (own.rule != of_model->rule) between.rule = own.rule;
    if (between != DeadlineTightening{own.id, {}, {}, {}, {}}) tightening.deadlines.push_back(std::move(between));
  }
  for (const Quota& own : town.quotas) {
    const auto* of_model = find_by_id(model.quotas, own.id);
    if (of_model == nullptr || own.minimum == of_model->minimum) continue;
    QuotaTightening between{own.id, own.minimum, {}, {}};
    if (own.name != of_model->name) {
      between.name = own.name;
      between.name_en = own.name_en;
    }
    tightening.quotas.push_back(std::move(between));
  }
  return tightening;
}

Tightening still_tighter(const Tightening& tightening, const Campaign& model) {
  Tightening kept;
  for (DeadlineTightening own : tightening.deadlines) {
    const auto* of_model = find_by_id(model.deadlines, own.id);
    if (of_model == nullptr) continue;
    if (own.on && (!of_model->on || *own.on >= *of_model->on)) own.on.reset();
    if (own.day && (of_model->on || *own.day >= of_model->day)) own.day.reset();
    if (own.grace_days && *own.grace_days >= of_model->grace_days) own.grace_days.reset();
    if (!own.on && !own.day) own.rule.reset();
    if (own.on || own.day || own.grace_days) kept.deadlines.push_back(std::move(own));
  }
  for (const QuotaTightening& own : tightening.quotas) {
    const auto* of_model = find_by_id(model.quotas, own.id);
    if (of_model != nullptr && own.minimum > of_model->minimum) kept.quotas.push_back(own);
  }
  return kept;
}

std::vector<Fault> check(const Tightening& tightening, const Campaign& model) { return Checker(tightening, model).check(); }

std::string written(const Tightening& tightening) {
  std::string text;
  for (const DeadlineTightening& own : tightening.deadlines) {
    text += "[[deadline]]\n" + line_of("id", own.id);
    if (own.on) text += "on = " + to_string(*own.on) + "\n";
    if (own.day) text += "day = " + std::to_string(*own.day) + "\n";
    if (own.grace_days) text += "grace_days = " + std::to_string(*own.grace_days) + "\n";
    if (own.rule) text += line_of("rule", *own.rule);
  }
  for (const QuotaTightening& own : tightening.quotas) {
    text += "[[quota]]\n" + line_of("id", own.id) + "minimum = " + std::to_string(own.minimum) + "\n";
    if (own.name) text += line_of("name", *own.name);
    if (own.name_en) text += line_of("name_en", *own.name_en);
  }
  return text;
}

Tightening read_tightening(TomlTable& root) {
  Tightening tightening;
  root.tables("deadline", [&](TomlTable& table) {
    DeadlineTightening own;
    own.id = table.identifier("id");
    if (table.has("on")) own.on = table.date("on");
    if (table.has("day")) own.day = table.number("day", 1, 31);
    if (table.has("grace_days")) own.grace_days = table.number("grace_days", 0, 366);
    own.rule = table.optional_text("rule", rule_limit);
    tightening.deadlines.push_back(std::move(own));
  });
  root.tables("quota", [&](TomlTable& table) {
    QuotaTightening own;
    own.id = table.identifier("id");
    own.minimum = table.number("minimum", 1, 1000000);
    own.name = table.optional_text("name", name_limit);
    own.name_en = table.optional_text("name_en", 300);
    tightening.quotas.push_back(std::move(own));
  });
  root.refuse_unknown();
  return tightening;
}

}  // namespace wujin::campaigns
