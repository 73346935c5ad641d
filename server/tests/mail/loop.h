#pragma once

#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "base/task.h"

namespace wujin::mail {

// Runs one coroutine after the other; what they leave behind may be used by the next.
class Loop {
 public:
  template <class T>
  T run(Task<T> task) {
    std::optional<T> outcome;
    start(std::move(task), [&](T value) { outcome.emplace(std::move(value)); });
    if (!outcome) throw std::logic_error("the coroutine never ended");
    return std::move(*outcome);
  }
  void run(Task<> task) {
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(task), [&](std::exception_ptr thrown) { failure = thrown; });
    finish(failure);
  }

 private:
  template <class T, class Keep>
  void start(Task<T> task, const Keep& keep) {
    std::exception_ptr failure;
    boost::asio::co_spawn(context_, std::move(task), [&](std::exception_ptr thrown, T value) {
      failure = thrown;
      if (!thrown) keep(std::move(value));
    });
    finish(failure);
  }
  void finish(const std::exception_ptr& failure) {
    context_.restart();
    context_.run();
    if (failure) std::rethrow_exception(failure);
  }

  boost::asio::io_context context_;
};

}  // namespace wujin::mail
