#include "sites/site.h"

#include <algorithm>
#include <set>

#include "base/field_check.h"
#include "base/json.h"
#include "base/text.h"

namespace wujin::sites {
namespace {

void check_photos(FieldCheck& check, const std::vector<photos::Claim>& claims) {
  check.at_most("photos", claims.size(), most_photos);
  std::set<Id<Photo>> seen;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const std::string field = "photos[" + std::to_string(i) + "]";
    if (!seen.insert(claims[i].id).second) check.add(field + ".id", ProblemCode::duplicate);
    check.range(field + ".bytes", std::optional(claims[i].bytes), std::int64_t{1}, photos::largest_photo);
    if (!photos::is_sha256(claims[i].sha256)) check.add(field + ".sha256", ProblemCode::invalid, {{"expected", "SHA-256"}});
  }
}

}  // namespace

std::string etag_of(const Site& site) { return "\"v" + std::to_string(site.version) + "\""; }

Result<> check(const SiteChange& change, Date today) {
  constexpr Date first_day = std::chrono::year(2000) / 1 / 1;
  FieldCheck check;
  check.text("name", change.name, 1, 60);
  check.text("address", change.address, 120);
  if (change.confirmed_on && (*change.confirmed_on < first_day || *change.confirmed_on > today)) {
    check.add("confirmed_on", ProblemCode::out_of_range, {{"low", to_string(first_day)}, {"high", to_string(today)}});
  }
  check_photos(check, change.photos);
  return check.result();
}

SiteChange tidied(SiteChange change) {
  change.name = trimmed(change.name);
  if (change.address) change.address = filled_or_none(std::string(trimmed(*change.address)));
  return change;
}

bool is_same(const Site& site, const SiteChange& change) {
  const bool same_words =
      encode_json(static_cast<const SiteContent&>(site)) == encode_json(static_cast<const SiteContent&>(change));
  return same_words && std::ranges::equal(site.photos, change.photos, {}, {}, &photos::Claim::id);
}

}  // namespace wujin::sites
