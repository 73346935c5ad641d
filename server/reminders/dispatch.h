#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "database/database.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "mail/smtp.h"
#include "reminders/message.h"
#include "secrets/field_key.h"
#include "webhooks/sender.h"

// What happens to reminders after they were asked for, and those that nobody has to ask for.
namespace wujin::reminders {

// The kind that waits for other machines: it is done by workers of its own.
inline constexpr std::string_view send_job = "reminders.send";

// Borrows everything.
struct JobParts {
  Database& database;
  jobs::Queue& queue;
  campaigns::Catalogue& catalogue;
  const secrets::FieldKey& key;
  Randomness& randomness;
  const Clock& clock;
  mail::Limits mail;
  webhooks::Limits webhooks;
};

void ask_to_send(Transaction& transaction, jobs::Queue& queue, const Id<Message>& id);
void ask_to_look(Transaction& transaction, jobs::Queue& queue);

// Registers "reminders.send" with the senders and "reminders.look", which asks for itself again every minute, with the rest.
void add_jobs(jobs::Workers& workers, jobs::Workers& senders, const JobParts& parts);
// Once a start.
void schedule_looking(const JobParts& parts);

// Puts into the queue what the schedules of all towns ask for now; answers how many messages.
int look(const JobParts& parts);

}  // namespace wujin::reminders
