#include "jobs/job_store.h"

#include <fmt/format.h>

namespace wujin::jobs {

constexpr std::string_view insert = R"(
  INSERT INTO jobs (kind, payload, key, urgency, run_at, attempt, attempts, given_up, cause)
  VALUES ($1, $2, $3, $4, $5, 0, $6, 0, '')
  ON CONFLICT (kind, key) WHERE key <> '' AND claimed_by IS NULL AND given_up = 0
  DO UPDATE SET run_at = CASE WHEN excluded.run_at < jobs.run_at THEN excluded.run_at ELSE jobs.run_at END)";
void insert_job(Transaction& transaction, const NewJob& job, Instant run_at) {
  transaction.execute(insert, {job.kind, job.payload, job.key, static_cast<int>(job.urgency), run_at, job.attempts});
}

namespace {

constexpr std::string_view due =
    "FROM jobs WHERE given_up = 0 AND run_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1) "
    "AND ($2 = '' OR kind LIKE $2) AND kind NOT LIKE $3 ORDER BY urgency DESC, run_at, number LIMIT 1";

}  // namespace

bool is_any_due(Snapshot& snapshot, const Kinds& kinds, Instant now) {
  static const std::string sql = fmt::format("SELECT number {}", due);
  return snapshot.first(sql, {now, kinds.only, kinds.but_not}, [](const Row&) { return true; }).has_value();
}

constexpr std::string_view update_claim =
    "UPDATE jobs SET claimed_by = $2, claimed_until = $3, attempt = attempt + 1 WHERE number = $1";
std::optional<Job> claim(Transaction& transaction, const Kinds& kinds, Instant now, Instant until, const std::string& claimant) {
  static const std::string one_writer = fmt::format("SELECT number, kind, payload, attempt, attempts {}", due);
  static const std::string many_writers = one_writer + " FOR UPDATE SKIP LOCKED";
  const bool lite = transaction.dialect() == Dialect::sqlite;
  auto job = transaction.first(lite ? one_writer : many_writers, {now, kinds.only, kinds.but_not}, [](const Row& row) {
    return Job{row.integer(0), row.string(1), row.string(2), row.number(3) + 1, row.number(4)};
  });
  if (job) transaction.execute(update_claim, {job->number, claimant, until});
  return job;
}

constexpr std::string_view delete_job = "DELETE FROM jobs WHERE number = $1 AND claimed_by = $2 AND attempt = $3";
void remove_job(Transaction& transaction, const Job& job, const std::string& claimant) {
  transaction.execute(delete_job, {job.number, claimant, job.attempt});
}

// One of the same key that was enqueued meanwhile does the work of both.
constexpr std::string_view delete_when_another_waits = R"(
  DELETE FROM jobs WHERE number = $1 AND claimed_by = $2 AND attempt = $3 AND key <> '' AND EXISTS (
    SELECT 1 FROM jobs AS other
    WHERE other.kind = jobs.kind AND other.key = jobs.key AND other.claimed_by IS NULL AND other.given_up = 0))";
constexpr std::string_view update_back = R"(
  UPDATE jobs SET claimed_by = NULL, claimed_until = NULL, run_at = $4, cause = $5
  WHERE number = $1 AND claimed_by = $2 AND attempt = $3)";
void put_back(Transaction& transaction, const Job& job, const std::string& claimant, Instant run_at, const std::string& cause) {
  if (transaction.execute_counted(delete_when_another_waits, {job.number, claimant, job.attempt}) > 0) return;
  transaction.execute(update_back, {job.number, claimant, job.attempt, run_at, cause});
}

constexpr std::string_view update_given_up = R"(
  UPDATE jobs SET claimed_by = NULL, claimed_until = NULL, given_up = 1, cause = $4
  WHERE number = $1 AND claimed_by = $2 AND attempt = $3)";
void give_up(Transaction& transaction, const Job& job, const std::string& claimant, const std::string& cause) {
  transaction.execute(update_given_up, {job.number, claimant, job.attempt, cause});
}

constexpr std::string_view expire_claims =
    "UPDATE jobs SET claimed_until = 0 WHERE claimed_until IS NOT NULL AND ($1 = '' OR kind LIKE $1) AND kind NOT LIKE $2";
void release_all_claims(Transaction& transaction, const Kinds& kinds) {
  transaction.execute(expire_claims, {kinds.only, kinds.but_not});
}

constexpr std::string_view select_figures = R"(
  SELECT coalesce(sum(CASE WHEN given_up = 0 AND claimed_by IS NULL THEN 1 ELSE 0 END), 0),
         coalesce(sum(CASE WHEN given_up = 0 AND claimed_by IS NOT NULL THEN 1 ELSE 0 END), 0),
         coalesce(sum(given_up), 0)
  FROM jobs)";
Figures figures(Snapshot& snapshot) {
  return *snapshot.first(select_figures, {}, [](const Row& row) {
    return Figures{row.integer(0), row.integer(1), row.integer(2)};
  });
}

constexpr std::string_view select_given_up =
    "SELECT number, kind, payload, cause, run_at FROM jobs WHERE given_up = 1 ORDER BY number DESC LIMIT $1";
std::vector<GivenUp> given_up(Snapshot& snapshot, int limit) {
  std::vector<GivenUp> found;
  snapshot.each(select_given_up, {limit}, [&](const Row& row) {
    found.push_back({row.integer(0), row.string(1), row.string(2), row.string(3), row.instant(4)});
  });
  return found;
}

}  // namespace wujin::jobs
