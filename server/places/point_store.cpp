#include "places/point_store.h"

#include "database/like.h"

namespace wujin::places {

constexpr auto sql_remember =
    "INSERT INTO points (place, name, uses, last_used) VALUES ($1, $2, 1, $3) "
    "ON CONFLICT (place, name) DO UPDATE SET uses = points.uses + 1, last_used = excluded.last_used";

void remember_point(Transaction& transaction, const PlaceId& place, std::string_view name, Instant now) {
  transaction.execute(sql_remember, {place, name, now});
}

constexpr auto sql_points =
    "SELECT name, uses, last_used FROM points WHERE place = $1 AND name LIKE $2 ESCAPE '\\' "
    "ORDER BY uses DESC, last_used DESC, name LIMIT $3";

std::vector<Point> points_of(Snapshot& snapshot, const PlaceId& place, std::string_view words, int limit) {
  const std::string pattern = like_anywhere(words);
  std::vector<Point> points;
  snapshot.each(sql_points, {place, pattern, limit}, [&](const Row& row) {
    points.push_back({row.string(0), row.number(1), china_date(row.instant(2))});
  });
  return points;
}

}  // namespace wujin::places
