#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "mail/imap_conversation.h"

namespace wujin::mail {

// What a server says it can do, in capitals: "IDLE", "MOVE", "AUTH=PLAIN".
struct Capabilities {
  std::set<std::string, std::less<>> names;

  bool has(std::string_view name) const { return names.find(name) != names.end(); }
  void read(std::string_view words);  // apart by spaces; anew
};

struct Opened {
  std::unique_ptr<Conversation> conversation;
  Capabilities capabilities;
};

// Connects, seals, signs in and says who we are. Errors as ImapSession::open.
Task<Result<Opened>> open_conversation(Server server, ImapLimits limits);

}  // namespace wujin::mail
