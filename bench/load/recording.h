#pragma once

#include <memory>

#include "load/works.h"

namespace wujin::bench {

// A new activity each operation, as villages record them; then so many pictures of it by creation-with-upload, each unique, so
// that nothing is found to be there already. Counted when the last is acknowledged.
std::unique_ptr<Work> make_recording(const Asker& asker, unsigned clients, int pictures);

}  // namespace wujin::bench
