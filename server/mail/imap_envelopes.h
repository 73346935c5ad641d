#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "mail/imap.h"
#include "mail/imap_response.h"

namespace wujin::mail {

// The envelopes of the uids asked for, from responses that may come in any order and in parts. Pure.
class Envelopes {
 public:
  explicit Envelopes(const std::vector<std::uint32_t>& uids);

  bool add(const Response& response);  // false when it tells of a date that is none
  // In the order of their uids. False when one was told of in part only; those not told of at all are gone by now.
  bool append_to(std::vector<Envelope>& all);

 private:
  struct Parts {
    bool is_there = false;
    std::optional<Instant> arrived_at;
    std::optional<std::uint64_t> bytes;
    std::string message_id;
  };
  std::map<std::uint32_t, Parts> found_;
};

}  // namespace wujin::mail
