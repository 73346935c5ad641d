#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "photos/photos_actions.h"
#include "places/place.h"

// Fixed places of a village or community where fire safety is taught (N10). They stand beyond any one campaign.
namespace wujin::sites {

using photos::Photo;
using places::PlaceId;

enum class SiteKind : std::uint8_t {
  education_site,  // 固定宣传场所
  experience_hall  // 体验场馆
};
BOOST_DESCRIBE_ENUM(SiteKind, education_site, experience_hall)

// What a person enters.
struct SiteContent {
  PlaceId place;
  SiteKind kind = SiteKind::education_site;
  std::string name;
  std::optional<std::string> address;
  std::optional<Date> confirmed_on;  // when somebody last saw it in use
};
BOOST_DESCRIBE_STRUCT(SiteContent, (), (place, kind, name, address, confirmed_on))

// The body of PUT. Pictures follow by upload, in any order; one left out of an edit is let go.
struct SiteChange : SiteContent {
  std::vector<photos::Claim> photos;
};
BOOST_DESCRIBE_STRUCT(SiteChange, (SiteContent), (photos))

// One site as it is kept.
struct Site : SiteContent {
  Id<Site> id;
  PlaceId town;
  std::vector<Id<Photo>> photos;
  Instant recorded_at;
  Instant updated_at;
  std::int64_t version = 1;
  bool deleted = false;
};

inline constexpr std::size_t most_photos = 3;

// The etag of a version, its quotation marks included.
std::string etag_of(const Site& site);

// Everything wrong with what was entered, on `today`.
Result<> check(const SiteChange& change, Date today);

// As it is kept: white space at both ends gone, an empty address absent.
SiteChange tidied(SiteChange change);

// Whether keeping `change` would change nothing of `site`.
bool is_same(const Site& site, const SiteChange& change);

}  // namespace wujin::sites
