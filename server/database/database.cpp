#include "database/database.h"

namespace wujin {

Uuid Row::uuid(int column) const {
  const auto found = Uuid::from_bytes(bytes(column));
  if (!found) throw std::logic_error("column " + std::to_string(column) + " is no UUID of 16 bytes");
  return *found;
}

}  // namespace wujin
