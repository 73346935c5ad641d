#pragma once

#include <string>
#include <utility>

#include "base/text.h"
#include "files/vault.h"
#include "photos/photos_store.h"

namespace wujin::photos::fixture {

// A picture whose bytes have arrived.
inline Photo received_photo(const Id<Photo>& id, std::string campaign, Drawing drawing, Instant at) {
  Photo photo;
  photo.id = id;
  photo.campaign = std::move(campaign);
  photo.bytes = 100;
  photo.sha256 = std::string(64, 'b');
  photo.received_at = at;
  photo.crc32 = 7;
  photo.drawing = drawing;
  return photo;
}

// Keeps it, with its large rendition when there is one in the vault.
inline void keep(Transaction& transaction, const Photo& photo, const files::FileFacts* large, Instant now) {
  insert(transaction, photo, now);
  update_received(transaction, photo);
  update_drawn(transaction, photo);
  if (large == nullptr) return;
  save_rendition(transaction, photo.id,
                 {Size::large, to_hex(large->sha256), large->crc32, static_cast<std::int64_t>(large->size), 1280, 960});
}

}  // namespace wujin::photos::fixture
