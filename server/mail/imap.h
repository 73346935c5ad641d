#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/task.h"
#include "mail/smtp.h"

// Reading a mailbox (IMAP4rev1, RFC 3501), by a client of our own on Asio: libcurl can neither PEEK nor IDLE. Nothing is ever
// deleted on the server, and nothing marked or moved unless asked for.
namespace wujin::mail {

// One folder as it was opened. Uids mean nothing under another validity.
struct Folder {
  std::string name;  // UTF-8
  std::uint32_t validity = 0;
  std::uint32_t next_uid = 0;
  std::uint32_t messages = 0;
};

// A message on the server, before its bytes are fetched.
struct Envelope {
  std::uint32_t uid = 0;
  Instant arrived_at;  // INTERNALDATE: when the station's own server took it in
  std::uint64_t bytes = 0;
  std::string message_id;  // without < >; empty when the message names none
};

struct ImapLimits {
  std::chrono::milliseconds connect{10'000};     // to each address, then for TLS and the greeting
  std::chrono::milliseconds answer{60'000};      // without a byte from the server
  std::chrono::milliseconds command{300'000};    // for all of an answer; a message has a second more for each 8 KiB
  std::chrono::milliseconds poll{60'000};        // between two questions to a server that cannot IDLE
  std::uint64_t largest_message = 256ull << 20;  // bytes; a larger one is told of, never fetched
  std::filesystem::path trusted_certificates{};  // PEM, beside the system's own
};

// A signed-in connection, for one thread or strand and one call at a time. Every call may fail with mailbox_dropped,
// mailbox_too_slow or mailbox_not_understood (each with a `cause` for the log: never an address, a name or a password);
// afterwards each call answers mailbox_dropped, and another session may be opened.
class ImapSession {
 public:
  // Errors: mailbox_unreachable, mailbox_not_secure (TLS failed, or STARTTLS is not offered), mailbox_login_refused. Says who it
  // is (IMAP ID, RFC 2971) before it selects anything: some providers refuse clients that do not. Throws when
  // `trusted_certificates` cannot be read.
  static Task<Result<std::unique_ptr<ImapSession>>> open(Server server, ImapLimits limits);
  virtual ~ImapSession() = default;

  virtual Task<Result<std::vector<std::string>>> folders() = 0;  // UTF-8 names of those that can be opened
  // Opens for reading only (EXAMINE). Errors: mailbox_no_such_folder; mailbox_login_refused when the folder is there but kept
  // shut.
  virtual Task<Result<Folder>> examine(std::string name) = 0;
  // Opens for marking and moving (SELECT). Errors as examine.
  virtual Task<Result<Folder>> select(std::string name) = 0;

  // Of uids from `first` on, at most `limit`, the lowest first; empty only when there are no more.
  virtual Task<Result<std::vector<Envelope>>> envelopes(std::uint32_t first, std::size_t limit) = 0;
  // The whole message (BODY.PEEK[]), streamed to a file that is not there yet; its size is answered. Left out when it fails, and
  // not yet flushed to the disk when it does not. The disk is written to on the session's thread. Errors: mailbox_message_gone,
  // too_large.
  virtual Task<Result<std::uint64_t>> fetch(std::uint32_t uid, std::filesystem::path file) = 0;

  virtual Task<Result<>> mark_seen(std::uint32_t uid) = 0;
  // By MOVE alone: without it nothing is done. Errors: mailbox_cannot_move, mailbox_no_such_folder, mailbox_message_gone.
  virtual Task<Result<>> move(std::uint32_t uid, std::string folder) = 0;

  virtual bool can_idle() const = 0;
  // Waits (IDLE, RFC 2177; else by asking every `poll`) until something came to the open folder or `most` has passed; true when
  // something came. Servers end a wait of half an hour: at most 29 minutes.
  virtual Task<Result<bool>> idle(std::chrono::milliseconds most) = 0;

  virtual Task<> log_out() = 0;
};

}  // namespace wujin::mail
