#include "database/like.h"

#include "base/text.h"

namespace wujin {

std::string like_anywhere(std::string_view words) {
  return "%" + replaced(replaced(replaced(words, "\\", "\\\\"), "%", "\\%"), "_", "\\_") + "%";
}

}  // namespace wujin
