#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "mail/smtp.h"
#include "mailbox/reply.h"
#include "secrets/field_key.h"

// Receipts and answers on their way, by the outgoing mailbox of the town's reminders.
namespace wujin::mailbox {

// Borrows everything.
struct SendParts {
  Database& database;
  jobs::Queue& queue;
  const secrets::FieldKey& key;
  const Clock& clock;
  mail::Limits mail;
};

// Registers "mailbox.send" with the senders, and with the rest what asks every hour for those that waited for an outgoing
// mailbox.
void add_send_jobs(jobs::Workers& workers, jobs::Workers& senders, const SendParts& parts);
// Once a start.
void schedule_sending(const SendParts& parts);

Result<> send_reply(const SendParts& parts, const jobs::Job& job);
// Puts into the queue what can be sent now, and lets expire what waited longest_stuck for it; answers how many were put.
int wake_stuck(const SendParts& parts);

}  // namespace wujin::mailbox
