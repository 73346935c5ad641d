#pragma once

#include <algorithm>
#include <vector>

#include "mail/letter.h"

namespace wujin::mail {

inline void note(std::vector<Fault>& faults, Fault fault) {
  if (std::ranges::find(faults, fault) == faults.end()) faults.push_back(fault);
}

}  // namespace wujin::mail
