#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaign.h"
#include "campaigns/toml_reader.h"

// What a town asks beyond the model its campaign was issued from: due earlier, less grace, more of a quota. Never less. Pure.
namespace wujin::campaigns {

// A member that is absent stays as the model has it.
struct DeadlineTightening {
  std::string id;
  std::optional<Date> on;  // of one due once
  std::optional<int> day;  // of a monthly one
  std::optional<int> grace_days;
  std::optional<std::string> rule;  // in words, as people are told; wanted with another day
  bool operator==(const DeadlineTightening&) const = default;
};
BOOST_DESCRIBE_STRUCT(DeadlineTightening, (), (id, on, day, grace_days, rule))

struct QuotaTightening {
  std::string id;
  int minimum = 1;
  std::optional<std::string> name;  // says how many: wanted with a higher minimum
  std::optional<std::string> name_en;
  bool operator==(const QuotaTightening&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuotaTightening, (), (id, minimum, name, name_en))

struct Tightening {
  std::vector<DeadlineTightening> deadlines;
  std::vector<QuotaTightening> quotas;
  bool operator==(const Tightening&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tightening, (), (deadlines, quotas))

// The model with the town's own figures in it; what names nothing of the model is passed over.
Campaign tightened(Campaign model, const Tightening& tightening);

enum class TightList : std::uint8_t { deadlines, quotas, appraisal };
BOOST_DESCRIBE_ENUM(TightList, deadlines, quotas, appraisal)

// One thing in which a town's campaign asks for less than its model.
struct Loosening {
  TightList list = TightList::deadlines;
  std::string id;
  std::string member;  // "on", "day", "grace_days", "minimum" …; empty: the whole is missing
  std::string limit;   // what the model has there
  bool operator==(const Loosening&) const = default;
};
// Nothing of the model's deadlines and quotas may be left out, and none ask for less: each is due no later in any of its periods
// for any kind of place, however the day is reached (`day`, `inclusive`, off-days). Nor may the year's appraisal leave out what
// the model's looks at.
std::vector<Loosening> loosened(const Campaign& model, const Campaign& town);
// As a fault of `field`.
Fault fault_of(const Loosening& loosening, std::string field);

// In what a town's campaign differs from the model it was made from.
Tightening tightening_between(const Campaign& model, const Campaign& town);
// What of a tightening still asks for more than a newer version of the model does.
Tightening still_tighter(const Tightening& tightening, const Campaign& model);

// Every fault of a tightening asked for, its field as in the request: "deadlines[0].day".
std::vector<Fault> check(const Tightening& tightening, const Campaign& model);

// tightening.toml, written and read.
std::string written(const Tightening& tightening);
Tightening read_tightening(TomlTable& root);

}  // namespace wujin::campaigns
