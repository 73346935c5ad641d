#include "uploads/room.h"

namespace wujin::uploads {
namespace {

constexpr std::string_view kind = "uploads.expire";
constexpr std::chrono::hours every{6};

}  // namespace

void Uploads::Room::schedule_expiry(jobs::Queue& queue) {
  jobs::NewJob job;
  job.kind = kind;
  job.key = "expire";  // one waits at a time, however often the server starts
  job.urgency = jobs::Urgency::idle;
  job.delay = every;
  static_cast<void>(database_.write_now([&](Transaction& transaction) -> Result<> {
    queue.enqueue(transaction, job);
    return {};
  }));
}

void Uploads::add_jobs(jobs::Workers& workers, jobs::Queue& queue) {
  Room& room = *room_;
  workers.on(std::string(kind), [&room, &queue](const jobs::Job&) -> Result<> {
    room.expire();
    room.schedule_expiry(queue);
    return {};
  });
  room.schedule_expiry(queue);
}

}  // namespace wujin::uploads
