#include "database/open.h"

#include "database/postgres/postgres_database.h"
#include "database/sqlite/sqlite_database.h"

namespace wujin {

std::unique_ptr<Database> open_database(const std::string& where) {
  if (where.starts_with("postgresql://") || where.starts_with("postgres://")) return open_postgres(where);
  return open_sqlite(where);
}

}  // namespace wujin
