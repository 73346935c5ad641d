#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include <boost/describe.hpp>

namespace wujin {

// The enumerator a store wrote by name. A word no longer known is a fault of the data folder (throws).
template <class Enum>
Enum enum_of(std::string_view name) {
  Enum value{};
  if (!boost::describe::enum_from_string(std::string(name).c_str(), value)) {
    throw std::runtime_error("a stored word is no longer known: " + std::string(name));
  }
  return value;
}

template <class Enum>
const char* name_of(Enum value) {
  return boost::describe::enum_to_string(value, "");
}

}  // namespace wujin
