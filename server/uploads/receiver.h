#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>

#include "files/growing_file.h"
#include "http/request.h"
#include "http/work_pool.h"
#include "uploads/tus.h"
#include "uploads/uploads_store.h"

namespace wujin::uploads {

// Where an upload's bytes grow, and how many the disk holds of them.
std::filesystem::path growing_path(const std::filesystem::path& folder, Id<Upload> id);
std::uint64_t growing_size(const std::filesystem::path& folder, Id<Upload> id);

// Puts bytes into growing files, one request at a time each, and remembers how far their hash is.
class Receiver {
 public:
  Receiver(std::filesystem::path folder, http::WorkPool& pool) : folder_(std::move(folder)), pool_(pool) {}
  Receiver(const Receiver&) = delete;

  std::filesystem::path path(Id<Upload> id) const { return growing_path(folder_, id); }
  std::uint64_t offset(Id<Upload> id) const { return growing_size(folder_, id); }

  // The right to write to one upload; nobody else has it meanwhile.
  class Claim {
   public:
    Claim(Claim&& other) noexcept : receiver_(std::exchange(other.receiver_, nullptr)), id_(other.id_) {}
    Claim& operator=(Claim&&) = delete;
    ~Claim();
    Id<Upload> id() const { return id_; }

   private:
    friend class Receiver;
    Claim(Receiver& receiver, Id<Upload> id) : receiver_(&receiver), id_(id) {}
    Receiver* receiver_;
    Id<Upload> id_;
  };
  // Errors: `upload_locked`.
  Result<Claim> claim(Id<Upload> id);

  struct Outcome {
    std::uint64_t offset = 0;        // after what came
    std::uint64_t received = 0;      // by this request
    files::FileFacts facts;          // when whole
    std::optional<Problem> problem;  // what ended it early; what had come before is kept
  };
  // Takes bytes from the body until it ends. Errors: `wrong_offset`; in the outcome `checksum_mismatch`, `too_large`, and what
  // the body says.
  Task<Result<Outcome>> receive(const Claim& claim, std::uint64_t offset, std::uint64_t size, http::BodyStream& body,
                                std::optional<Checksum> checksum);

  // Of a file whose bytes are all here.
  Task<Result<files::FileFacts>> facts(const Claim& claim);

  void drop(Id<Upload> id);  // blocks; the caller has claimed it

 private:
  Task<std::optional<Problem>> take(files::GrowingFile& file, std::uint64_t size, http::BodyStream& body, Checksum* checksum);
  void release(Id<Upload> id);
  std::optional<files::Digests> remembered(Id<Upload> id);
  void remember(Id<Upload> id, std::optional<files::Digests> digests);

  const std::filesystem::path folder_;
  http::WorkPool& pool_;
  std::mutex mutex_;
  std::map<Id<Upload>, bool> claimed_;
  std::map<Id<Upload>, files::Digests> digests_;
};

}  // namespace wujin::uploads
