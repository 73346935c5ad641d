#include "jobs/workers.h"

#include <sched.h>

#include <fmt/format.h>

#include "base/id.h"
#include "jobs/job_store.h"

namespace wujin::jobs {
namespace {

constexpr std::chrono::milliseconds longest_backoff = std::chrono::hours(1);

std::string cause_of(const Problem& problem) {
  return problem.cause().empty() ? std::string(slug(problem.code())) : problem.cause();
}

// Of the calling thread. Where that is forbidden the work goes on beside the answers.
void be_idle() {
  const sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);
}

}  // namespace

// A job that was run, and how it ended.
struct Workers::Claim {
  Job job;
  std::optional<std::string> failure;
};

Workers::Workers(Database& database, Queue& queue, const Clock& clock, Randomness& randomness, WorkerOptions options, Log log)
    : database_(database),
      queue_(queue),
      clock_(clock),
      options_(std::move(options)),
      log_(std::move(log)),
      name_(Uuid::random(randomness).to_string()) {}

Workers::~Workers() { stop(); }

void Workers::on(std::string kind, Handler handler) { handlers_.emplace(std::move(kind), std::move(handler)); }

void Workers::start() {
  // An SQLite file has one process only, so claims still standing are those of one that crashed.
  if (database_.dialect() == Dialect::sqlite) {
    database_
        .write_now([&](Transaction& transaction) -> Result<> {
          release_all_claims(transaction, options_.kinds);
          return {};
        })
        .value();
  }
  for (int i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(options_.kinds); });
  for (int i = 0; i < options_.helpers; ++i) threads_.emplace_back([this] { work(options_.helped); });
}

void Workers::stop() {
  stopping_ = true;
  queue_.wake();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Workers::work(const Kinds& kinds) {
  be_idle();
  std::optional<Claim> finished;
  std::uint64_t seen = queue_.wait(0, std::chrono::milliseconds(0));
  while (!stopping_ || finished) {
    try {
      const auto job = next(kinds, finished);
      finished.reset();
      if (job) {
        finished = perform(*job);
        continue;
      }
    } catch (const std::exception& failure) {
      log_(fmt::format("the queue cannot be read: {}", failure.what()));
      if (stopping_) return;
    }
    seen = queue_.wait(seen, options_.patience);
  }
}

int Workers::run_due() {
  int ran = 0;
  std::optional<Claim> finished;
  while (true) {
    const auto job = next(options_.kinds, finished);
    if (!job) return ran;
    finished = perform(*job);
    ++ran;
  }
}

// Notes how the job before ended and claims the next in one commit; nothing when none is due.
std::optional<Job> Workers::next(const Kinds& kinds, const std::optional<Claim>& finished) {
  const Instant now = clock_.now();
  if (!finished && !database_.read_now([&](Snapshot& snapshot) { return is_any_due(snapshot, kinds, now); })) return std::nullopt;
  return database_
      .write_now([&](Transaction& transaction) -> Result<std::optional<Job>> {
        if (finished) settle(transaction, *finished, now);
        if (stopping_) return std::optional<Job>();
        return claim(transaction, kinds, now, now + options_.claim, name_);
      })
      .value();
}

void Workers::settle(Transaction& transaction, const Claim& finished, Instant now) const {
  const Job& job = finished.job;
  if (!finished.failure) return remove_job(transaction, job, name_);
  if (job.attempt >= job.attempts) return give_up(transaction, job, name_, *finished.failure);
  const auto backoff = std::min(options_.backoff * (std::int64_t{1} << std::min(job.attempt - 1, 20)), longest_backoff);
  put_back(transaction, job, name_, now + backoff, *finished.failure);
}

Workers::Claim Workers::perform(const Job& job) {
  Claim finished{job, std::nullopt};
  try {
    const auto handler = handlers_.find(job.kind);
    if (handler == handlers_.end()) {
      finished.failure = "nobody handles this kind";
    } else if (const auto outcome = handler->second(job); !outcome) {
      finished.failure = cause_of(outcome.error());
    }
  } catch (const std::exception& failure) {
    finished.failure = failure.what();
  }
  if (finished.failure) log_(fmt::format("job {} {} attempt {}: {}", job.number, job.kind, job.attempt, *finished.failure));
  return finished;
}

}  // namespace wujin::jobs
