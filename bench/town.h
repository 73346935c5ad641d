#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

// What bench_seed leaves in DIR/bench.json for bench_load: ways in, ids to ask for, bodies to send.
namespace wujin::bench {

struct Account {
  std::string place, login, password;
};
BOOST_DESCRIBE_STRUCT(Account, (), (place, login, password))

// A PUT's body without pictures ("photos":[]), as the village of `place` sends it.
struct Body {
  std::string place, text;
};
BOOST_DESCRIBE_STRUCT(Body, (), (place, text))

struct Town {
  std::string campaign, town;
  std::string clock;  // start the server with --clock at this moment
  std::int64_t activities = 0;
  std::int64_t photos = 0;
  Account station;
  std::optional<Account> district;  // of a district's folder campaign, town and station are those of its first town
  std::vector<Account> villages;
  std::vector<std::string> months;
  std::vector<Body> bodies;
  std::string report_place, report_month;  // eight activities with 24 pictures, their bytes in the vault
  std::vector<std::string> drawn;          // those 24, for the original and its renditions
  std::vector<std::string> alike;          // pictures that look like another
  std::string changes_place;               // a phone of this place …
  std::string changes_since;               // … asks from here, after so many changes elsewhere and of its own
  std::int64_t changed_elsewhere = 0, changed_here = 0;
  std::vector<std::string> pictures;  // to upload: JPEGs of 12 megapixels, within DIR
};
BOOST_DESCRIBE_STRUCT(Town, (),
                      (campaign, town, clock, activities, photos, station, district, villages, months, bodies, report_place,
                       report_month, drawn, alike, changes_place, changes_since, changed_elsewhere, changed_here, pictures))

}  // namespace wujin::bench
