#include "mailbox/jobs.h"

namespace wujin::mailbox {
namespace {

void ask(Transaction& transaction, jobs::Queue& queue, std::string_view kind, std::string payload, int attempts) {
  jobs::NewJob job;
  job.kind = kind;
  job.payload = std::move(payload);
  job.attempts = attempts;
  queue.enqueue(transaction, job);
}

}  // namespace

void ask_to_read(Transaction& transaction, jobs::Queue& queue, const Id<Letter>& id) {
  constexpr int most_attempts = 8;
  ask(transaction, queue, read_job, id.to_string(), most_attempts);
}

void ask_to_file_later(Transaction& transaction, jobs::Queue& queue, const Id<Letter>& id) {
  constexpr int most_attempts = 20;  // pictures are being drawn meanwhile
  ask(transaction, queue, file_job, id.to_string(), most_attempts);
}

void ask_to_send(Transaction& transaction, jobs::Queue& queue, const Id<Reply>& id) {
  constexpr int most_attempts = 20;  // over nine hours with the queue's backoff
  ask(transaction, queue, send_job, id.to_string(), most_attempts);
}

}  // namespace wujin::mailbox
