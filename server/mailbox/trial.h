#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/task.h"
#include "mail/imap.h"
#include "mailbox/mailbox_settings.h"

// What works of a mailbox as it was entered, and what does not.
namespace wujin::mailbox {

enum class Step : std::uint8_t {
  reach,        // the server answers
  secure,       // by TLS
  sign_in,      // with this account and app password
  open_folder,  // there is one of this name
  read,         // its messages can be listed
  watch,        // the server tells of new ones at once; else they are asked for now and then
  finish        // the folder to move to is there
};
BOOST_DESCRIBE_ENUM(Step, reach, secure, sign_in, open_folder, read, watch, finish)

struct TriedStep {
  Step step = Step::reach;
  std::optional<Problem> problem;  // none for `watch`: it is no fault
  bool is_ok = true;
};

struct Trial {
  std::vector<TriedStep> steps;  // in order; the last one is the one that failed, if any did
  std::vector<std::string> folders;
  std::optional<std::uint32_t> messages;
};

// Signs in, looks, signs out; nothing in the mailbox changes.
Task<Trial> try_mailbox(mail::Server server, TestRequest request, mail::ImapLimits limits);

}  // namespace wujin::mailbox
