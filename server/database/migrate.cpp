#include "database/migrate.h"

#include <map>
#include <stdexcept>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"

namespace wujin {
namespace {

// Several processes may start on one PostgreSQL at once; CREATE TABLE IF NOT EXISTS alone would race.
constexpr std::string_view one_at_a_time = "SELECT pg_advisory_xact_lock(7386913)";
constexpr std::string_view create_ledger = R"(
  CREATE TABLE IF NOT EXISTS migrations (
    room TEXT NOT NULL,
    step TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (room, step)
  ))";

using Ledger = std::map<std::pair<std::string, std::string>, std::string>;  // room and step to the digest of what ran

constexpr std::string_view select_steps = "SELECT room, step, digest FROM migrations";
Ledger read_ledger(Snapshot& snapshot) {
  Ledger ledger;
  snapshot.each(select_steps, {},
                [&](const Row& row) { ledger.emplace(std::pair(row.string(0), row.string(1)), row.string(2)); });
  return ledger;
}

std::vector<Migration> steps_of(Dialect dialect, std::span<const std::span<const Migration>> rooms) {
  std::vector<Migration> steps;
  for (const auto room : rooms) {
    std::vector<Migration> own;
    for (const Migration& step : room) {
      if (!step.dialect || *step.dialect == dialect) own.push_back(step);
    }
    std::stable_sort(own.begin(), own.end(), [](const Migration& a, const Migration& b) { return a.step < b.step; });
    steps.insert(steps.end(), own.begin(), own.end());
  }
  return steps;
}

std::string digest_of(const Migration& step) { return to_hex(sha256(step.sql)); }

void refuse_foreign_ledger(const Ledger& ledger, const std::vector<Migration>& steps) {
  std::map<std::pair<std::string, std::string>, std::string> known;
  for (const Migration& step : steps) known.emplace(std::pair(std::string(step.room), std::string(step.step)), digest_of(step));
  for (const auto& [name, digest] : ledger) {
    const auto found = known.find(name);
    if (found == known.end())
      throw std::runtime_error(fmt::format("the database knows the step {}/{}, this program does not", name.first, name.second));
    if (found->second != digest)
      throw std::runtime_error(fmt::format("the step {}/{} has changed since it ran on this database", name.first, name.second));
  }
}

constexpr std::string_view insert_step = "INSERT INTO migrations (room, step, digest) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
void run_step(Database& database, const Migration& step) {
  const auto ran = database.write_now([&](Transaction& transaction) -> Result<bool> {
    // Nothing is inserted when another process ran the step meanwhile.
    if (transaction.execute_counted(insert_step, {step.room, step.step, digest_of(step)}) == 0) return false;
    transaction.run_script(step.sql);
    return true;
  });
  ran.value();
}

}  // namespace

void migrate(Database& database, std::span<const std::span<const Migration>> rooms) {
  const auto made = database.write_now([](Transaction& transaction) -> Result<> {
    if (transaction.dialect() == Dialect::postgres) transaction.each(one_at_a_time, {}, [](const Row&) {});
    transaction.execute(create_ledger);
    return {};
  });
  made.value();

  const std::vector<Migration> steps = steps_of(database.dialect(), rooms);
  const Ledger ledger = database.read_now(read_ledger);
  refuse_foreign_ledger(ledger, steps);
  for (const Migration& step : steps) {
    if (!ledger.contains({std::string(step.room), std::string(step.step)})) run_step(database, step);
  }
}

}  // namespace wujin
