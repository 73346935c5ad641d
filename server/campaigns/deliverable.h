#pragma once

#include <cstdint>

#include <boost/describe.hpp>

namespace wujin::campaigns {

// What a place hands in.
enum class Deliverable : std::uint8_t { plan, report, summary };
BOOST_DESCRIBE_ENUM(Deliverable, plan, report, summary)

}  // namespace wujin::campaigns
