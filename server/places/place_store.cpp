#include "places/place_store.h"

#include <memory>
#include <stdexcept>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"

namespace wujin::places {
namespace {

PlaceKind kind_of(std::string_view word) {
  PlaceKind kind{};
  if (!boost::describe::enum_from_string(std::string(word).c_str(), kind)) {
    throw std::runtime_error("places: a stored kind is no longer known: " + std::string(word));
  }
  return kind;
}

constexpr auto sql_write_stamp = "UPDATE place_stamp SET stamp = $1";

// The next stamp follows from what changed, so that a change that is rolled back leaves none that another could be given.
void write_stamp(Transaction& transaction, const std::string& changed) {
  transaction.execute(sql_write_stamp, {to_hex(sha256(tree_stamp(transaction) + changed))});
}

std::optional<Ending> ending_in(const Row& row, int first) {
  if (row.is_null(first)) return std::nullopt;
  Ending ending{row.date(first), {}, row.string(first + 2)};
  if (!row.is_null(first + 1)) ending.into = row.key<Place>(first + 1);
  return ending;
}

constexpr auto sql_select_tree =
    "SELECT p.id, p.kind, a.code, a.name, a.short_name, a.parent, a.position, e.on_day, e.into_place, e.reason FROM places p "
    "JOIN place_attributes a ON a.place = p.id LEFT JOIN place_endings e ON e.place = p.id WHERE a.from_day = COALESCE("
    "(SELECT MAX(b.from_day) FROM place_attributes b WHERE b.place = p.id AND b.from_day <= $1), "
    "(SELECT MIN(c.from_day) FROM place_attributes c WHERE c.place = p.id))";

Tree select_tree(Snapshot& snapshot, Date day) {
  std::vector<Place> places;
  snapshot.each(sql_select_tree, {day}, [&](const Row& row) {
    Place place;
    place.id = row.key<Place>(0);
    place.kind = kind_of(row.text(1));
    place.code = row.string(2);
    place.name = row.string(3);
    place.short_name = row.string(4);
    if (!row.is_null(5)) place.parent = row.key<Place>(5);
    place.order = row.number(6);
    place.ending = ending_in(row, 7);
    places.push_back(std::move(place));
  });
  return Tree(std::move(places));
}

}  // namespace

constexpr auto sql_stamp = "SELECT stamp FROM place_stamp";

std::string tree_stamp(Snapshot& snapshot) {
  return snapshot.first(sql_stamp, {}, [](const Row& row) { return row.string(0); }).value();
}

Tree read_tree(Snapshot& snapshot, Date day) {
  const std::string stamp = tree_stamp(snapshot), name = to_string(day);
  if (const auto kept = snapshot.memo().find<Tree>(name, stamp)) return *kept;
  const auto tree = std::make_shared<const Tree>(select_tree(snapshot, day));
  snapshot.memo().keep(name, stamp, tree);
  return *tree;
}

constexpr auto sql_insert_place = "INSERT INTO places (id, kind) VALUES ($1, $2)";
constexpr auto sql_write_attributes =
    "INSERT INTO place_attributes (place, from_day, code, name, short_name, parent, position) VALUES ($1, $2, $3, $4, $5, $6, "
    "$7) "
    "ON CONFLICT (place, from_day) DO UPDATE SET code = excluded.code, name = excluded.name, short_name = excluded.short_name, "
    "parent = excluded.parent, position = excluded.position";

void write_places(Transaction& transaction, const std::vector<Place>& places, Date day) {
  const Tree known = read_tree(transaction, day);
  std::string changed;
  for (const Place& place : places) {
    const Place* before = known.find(place.id);
    if (before != nullptr && is_same_listed(*before, place)) continue;
    if (before != nullptr && before->kind != place.kind) {
      throw std::runtime_error("places: the kind of a place never changes: " + place.id.text());
    }
    const std::string_view kind = boost::describe::enum_to_string(place.kind, "");
    if (before == nullptr) transaction.execute(sql_insert_place, {place.id, kind});
    transaction.execute(sql_write_attributes,
                        {place.id, day, place.code, place.name, place.short_name, place.parent, place.order});
    changed += encode_json(place);
  }
  if (!changed.empty()) write_stamp(transaction, to_string(day) + changed);
}

constexpr auto sql_write_ending =
    "INSERT INTO place_endings (place, on_day, into_place, reason) VALUES ($1, $2, $3, $4) "
    "ON CONFLICT (place) DO UPDATE SET on_day = excluded.on_day, into_place = excluded.into_place, reason = excluded.reason";
constexpr auto sql_drop_ending = "DELETE FROM place_endings WHERE place = $1";

void write_ending(Transaction& transaction, const PlaceId& place, const std::optional<Ending>& ending) {
  if (ending) {
    transaction.execute(sql_write_ending, {place, ending->on, ending->into, ending->reason});
  } else {
    transaction.execute(sql_drop_ending, {place});
  }
  write_stamp(transaction, place.text() + (ending ? encode_json(*ending) : ""));
}

}  // namespace wujin::places
