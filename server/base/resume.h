#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/task.h"

namespace wujin {

// Called once, from any thread, when the work is done; nothing or what went wrong.
using Completion = std::function<void(std::exception_ptr)>;

// Suspends the calling coroutine, hands `begin` the completion, and resumes on the coroutine's own executor.
inline Task<void> suspend_until_completed(std::function<void(Completion)> begin) {
  auto initiation = [&begin](auto handler) {
    using Handler = decltype(handler);
    const auto executor = boost::asio::get_associated_executor(handler);
    auto waiting = std::make_shared<Handler>(std::move(handler));
    // The guard keeps the loop running although nothing of the coroutine is queued there meanwhile.
    begin([waiting, guard = boost::asio::make_work_guard(executor)](std::exception_ptr failure) {
      boost::asio::post(guard.get_executor(), [waiting, failure] { std::move (*waiting)(failure); });
    });
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(std::exception_ptr)>(
      initiation, boost::asio::use_awaitable);
}

}  // namespace wujin
