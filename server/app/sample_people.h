#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "app/sample_accounts.h"
#include "campaigns/load.h"
#include "people/actor.h"

namespace wujin::app {

// Who acts in the sample town.
struct SamplePeople {
  people::Actor station;
  people::Actor colleague;                            // reviews what the station itself handed in
  people::Actor leader;                               // assigned to the villages
  std::map<places::PlaceId, people::Actor> villages;  // by place
};

// Makes an account for every role and a link for each, and writes them to DIR/demo-accounts.json. Passwords and tokens are
// random.
SamplePeople make_sample_people(House& house, const std::filesystem::path& data, const campaigns::Campaign& campaign,
                                const places::Tree& tree, const std::map<places::PlaceId, std::string>& names, Instant now);

}  // namespace wujin::app
