#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "load/connection.h"

namespace wujin::bench {

// One kind of operation: one exchange or several, counted when the last is answered.
class Work {
 public:
  virtual ~Work() = default;
  // The `step`-th exchange of a client's present operation, from nought.
  virtual Exchange exchange(unsigned client, int step) = 0;
  virtual int steps() const { return 1; }
  // What came back; kept bodies only.
  virtual void answered(unsigned /*client*/, int /*step*/, const std::string& /*body*/) {}
};

}  // namespace wujin::bench
