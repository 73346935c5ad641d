#include "mail/imap_envelopes.h"

#include "mail/imap_text.h"

namespace wujin::mail {

Envelopes::Envelopes(const std::vector<std::uint32_t>& uids) {
  for (const auto uid : uids) found_[uid];
}

bool Envelopes::add(const Response& response) {
  const Value* uid = item_of(response, "UID");
  const auto number = uid ? to_number(uid->text) : std::nullopt;
  const auto found = number ? found_.find(*number) : found_.end();
  if (found == found_.end()) return true;
  Parts& parts = found->second;
  parts.is_there = true;
  if (const Value* date = item_of(response, "INTERNALDATE")) {
    parts.arrived_at = parse_internal_date(date->text);
    if (!parts.arrived_at) return false;
  }
  if (const Value* size = item_of(response, "RFC822.SIZE")) parts.bytes = to_size(size->text);
  if (const Value* header = header_fields_of(response)) parts.message_id = message_id_in(header->text);
  return true;
}

bool Envelopes::append_to(std::vector<Envelope>& all) {
  for (auto& [uid, parts] : found_) {
    if (!parts.is_there) continue;
    if (!parts.arrived_at || !parts.bytes) return false;
    all.push_back({uid, *parts.arrived_at, *parts.bytes, std::move(parts.message_id)});
  }
  return true;
}

}  // namespace wujin::mail
