#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "people/throttle.h"
#include "places/place.h"

namespace wujin::suggestions {

// How fast may be written without an account. A meeting hall, and half a village behind a carrier's gateway, share an address, so
// what one address may is ample; what ends a flood is the bound of the day, which the store keeps for all servers of one
// database. Addresses are held in memory for as long as the window and written nowhere. Safe to share between threads.
class Pace {
 public:
  // Counts one attempt. Errors: too_many_requests with the seconds to wait.
  Result<> take(std::string_view address, const places::PlaceId& box, Instant now) {
    if (auto taken = addresses_.take(address, now); !taken) return taken;
    return boxes_.take(box.text(), now);
  }

 private:
  people::Throttle addresses_{20, std::chrono::minutes(10)};
  people::Throttle boxes_{60, std::chrono::minutes(10)};
};

}  // namespace wujin::suggestions
