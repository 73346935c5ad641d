#include "jobs/recurring.h"
#include "uploads/room.h"

namespace wujin::uploads {

void Uploads::add_jobs(jobs::Workers& workers, jobs::Queue& queue) {
  const jobs::Recurring expiry{"uploads.expire", std::chrono::hours(6)};
  jobs::on_recurring(workers, room_->database(), queue, expiry, [&room = *room_] { room.expire(); });
  jobs::ask_for_next(room_->database(), queue, expiry);
}

}  // namespace wujin::uploads
