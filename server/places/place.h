#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"

namespace wujin::places {

struct Place;
// Given once, at import, and never changed; in the sample it is the 12-digit division code.
using PlaceId = Key<Place>;

enum class PlaceKind : std::uint8_t { district, town, community, village };
BOOST_DESCRIBE_ENUM(PlaceKind, district, town, community, village)

// 村级: the places of a town that hold activities and hand in.
constexpr bool is_of_village_level(PlaceKind kind) { return kind == PlaceKind::village || kind == PlaceKind::community; }

// A place was merged into another, or dissolved.
struct Ending {
  Date on;                      // the last day on which it stands, in China
  std::optional<PlaceId> into;  // where to go on from the day after; none: dissolved
  std::string reason;
  bool operator==(const Ending&) const = default;
};
BOOST_DESCRIBE_STRUCT(Ending, (), (on, into, reason))

// A place as it stands on one day. Everything but id, kind and ending is a dated attribute: it may read otherwise on another day.
struct Place {
  PlaceId id;
  std::string code;  // of the statistical division, or whatever the station uses
  std::string name;  // 泸永桥村
  std::string short_name;
  PlaceKind kind = PlaceKind::village;
  std::optional<PlaceId> parent;
  int order = 0;                   // among all places: the order of lists and documents
  std::optional<Ending> ending{};  // the same whatever day the place is looked at; no list of places tells it
  bool operator==(const Place&) const = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (id, code, name, short_name, kind, parent, order, ending))

// Whether a place stands on a day: what is asked of it, and what may be recorded there, ends with it. The one rule of endings.
inline bool stands_on(const Place& place, Date day) { return !place.ending || day <= place.ending->on; }

int count_standing(const std::vector<const Place*>& places, Date day);

// Whether two read alike as lists of places tell them: all but the ending.
bool is_same_listed(const Place& a, const Place& b);

// The places of one day, as a tree. A parent that is not among them counts as none. Copies share what they hold.
class Tree {
 public:
  Tree() : Tree(std::vector<Place>()) {}
  explicit Tree(std::vector<Place> places);

  const std::vector<Place>& places() const { return content_->places; }  // by order, then code
  const Place* find(const PlaceId& id) const;

  // The place itself first, then its parent and so on to the root: what people::may() takes. Empty for a place it does not know.
  std::vector<PlaceId> place_and_ancestors(const PlaceId& id) const;
  // The place and all below it, by order.
  std::vector<const Place*> subtree(const PlaceId& id) const;
  bool is_within(const PlaceId& id, const PlaceId& ancestor) const;  // true for the place itself
  // The town a place belongs to, itself when it is one; nothing for a district or an unknown place.
  const Place* town_of(const PlaceId& id) const;

 private:
  // What stands at each position of `places` is told by positions, so that a walk never compares an id.
  struct Content {
    std::vector<Place> places;
    std::map<PlaceId, std::size_t> positions;
    std::vector<std::optional<std::size_t>> parents;
    std::vector<std::vector<std::size_t>> children;
  };
  std::optional<std::size_t> position_of(const PlaceId& id) const;

  std::shared_ptr<const Content> content_;
};

// Why these places are no tree: an id or code given twice, a parent that is missing, a circle, a parent of the wrong kind (a
// town's parent is a district, a village's or community's a town). `row` is the index in `places`.
struct TreeFault {
  std::size_t row = 0;
  std::string field;
  ProblemCode code = ProblemCode::invalid;
  std::string expected;
};
std::vector<TreeFault> check_tree(const std::vector<Place>& places);

// ── division codes (domain.md): 12 digits; 1–2 province, 3–4 prefecture, 5–6 county, 7–9 township, 10–12 village level ──

enum class DivisionLevel : std::uint8_t { province, prefecture, county, township, village };

bool is_division_code(std::string_view code);  // 12 digits, no level set below one that is zero, a real province
DivisionLevel division_level(std::string_view code);
// The code without its trailing zero levels: 500118112000 → 500118112. An ancestor's prefix begins its descendants' codes.
std::string_view division_prefix(std::string_view code);
bool is_division_ancestor(std::string_view ancestor, std::string_view code);
// What the code says the place is: 001–199 at village level a community, 200–399 a village; nothing for what it does not say.
std::optional<PlaceKind> kind_by_code(std::string_view code);

}  // namespace wujin::places
