#pragma once

#include <string>
#include <vector>

#include "database/migrate.h"

// A small table that the tests of the database itself read and write.
namespace wujin::test {

inline constexpr Migration notes_steps[] = {{"notes", "0001_notes", std::nullopt,
                                             "CREATE TABLE notes (number BIGINT PRIMARY KEY, text TEXT NOT NULL);\nCREATE TABLE "
                                             "tags (note BIGINT NOT NULL REFERENCES notes "
                                             "(number));\n"}};

inline void add_note(Transaction& transaction, std::int64_t number, std::string_view text) {
  transaction.execute("INSERT INTO notes (number, text) VALUES ($1, $2)", {number, text});
}

inline std::vector<std::string> notes(Snapshot& snapshot) {
  std::vector<std::string> texts;
  snapshot.each("SELECT text FROM notes ORDER BY number", {}, [&](const Row& row) { texts.push_back(row.string(0)); });
  return texts;
}

}  // namespace wujin::test
