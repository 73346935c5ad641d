#pragma once

#include <string_view>

#include "database/database.h"
#include "jobs/queue.h"
#include "mailbox/letter.h"
#include "mailbox/reply.h"

// Work on letters that is done later, at least once.
namespace wujin::mailbox {

inline constexpr std::string_view read_job = "mailbox.take_in";  // parses and understands a letter
inline constexpr std::string_view file_job = "mailbox.file";
inline constexpr std::string_view send_job = "mailbox.send";  // waits for other machines

void ask_to_read(Transaction& transaction, jobs::Queue& queue, const Id<Letter>& id);
void ask_to_file_later(Transaction& transaction, jobs::Queue& queue, const Id<Letter>& id);
void ask_to_send(Transaction& transaction, jobs::Queue& queue, const Id<Reply>& id);

}  // namespace wujin::mailbox
