#pragma once

#include <boost/system/result.hpp>

#include "base/problem.h"

namespace wujin {

// What an expected failure travels in: `if (!plan) return plan.error();`. A broken world is an exception instead.
// error() answers a copy (Boost 1.81): name it before looping over its faults.
template <class T = void>
using Result = boost::system::result<T, Problem>;

}  // namespace wujin
