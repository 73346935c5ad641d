#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "activities/activity.h"
#include "documents/stored_zip.h"
#include "files/vault.h"
#include "http/response.h"
#include "photos/photos_store.h"

namespace wujin::ledgers {

// A received picture and the activity it shows.
struct ShownPhoto {
  Id<activities::Activity> activity;
  std::string place_name;
  int place_order = 0;
  std::string title;
  Instant held_at;
  int position = 0;  // within the activity
  photos::Original original;
};

// The order and the names the pictures have in a ZIP: place by place, day by day. A name tells place, date and subject, is one
// that every system takes, and is given once: 泸永桥村/2023-10-26 泸永桥村 院坝会 1.jpg
void put_in_order(std::vector<ShownPhoto>& shown);
std::vector<documents::StoredFile> stored_files(std::span<const ShownPhoto> shown);

// A ZIP of original pictures that are where the vault keeps them until they are sent.
class PhotoArchive final : public http::Pieces {
 public:
  // Borrows the vault. `shown` is in order.
  PhotoArchive(std::span<const ShownPhoto> shown, const files::Vault& vault);

  std::uint64_t size() const override { return zip_.size(); }
  Piece at(std::uint64_t offset) const override;

  // Of everything the bytes follow from: another list has another.
  const std::string& etag() const { return etag_; }

 private:
  documents::StoredZip zip_;
  std::vector<std::string> digests_;  // SHA-256, 32 bytes each
  std::string etag_;
  const files::Vault& vault_;
};

}  // namespace wujin::ledgers
