#pragma once

#include <boost/asio/awaitable.hpp>

namespace wujin {

// A coroutine at the edge (http, api, jobs). Plain functions inside.
template <class T = void>
using Task = boost::asio::awaitable<T>;

}  // namespace wujin
