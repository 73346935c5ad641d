#pragma once

#include <cstdint>
#include <string>

#include "mailbox/incoming_cases.h"

// A month's report as one of many villages might have written it, made from a seed.
namespace wujin::mailbox::fixture {

struct Variant {
  Case one;
  bool is_disturbed = false;  // one or two of its facts were changed: a person has to see it
  std::string changes;        // which
};

Variant variant(std::uint32_t seed);

}  // namespace wujin::mailbox::fixture
