#include "uploads/receiver.h"

#include <system_error>

namespace wujin::uploads {
namespace {

// More than a town ever has on the way at once; beyond it a hash is worked out again from the file.
constexpr std::size_t most_remembered = 4096;

}  // namespace

std::filesystem::path growing_path(const std::filesystem::path& folder, Id<Upload> id) { return folder / id.to_string(); }

std::uint64_t growing_size(const std::filesystem::path& folder, Id<Upload> id) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(growing_path(folder, id), missing);
  return missing ? 0 : size;
}

Receiver::Claim::~Claim() {
  if (receiver_) receiver_->release(id_);
}

Result<Receiver::Claim> Receiver::claim(Id<Upload> id) {
  const std::lock_guard lock(mutex_);
  if (!claimed_.try_emplace(id, true).second) return Problem(ProblemCode::upload_locked);
  return Claim(*this, id);
}

void Receiver::release(Id<Upload> id) {
  const std::lock_guard lock(mutex_);
  claimed_.erase(id);
}

std::optional<files::Digests> Receiver::remembered(Id<Upload> id) {
  const std::lock_guard lock(mutex_);
  const auto found = digests_.find(id);
  return found == digests_.end() ? std::nullopt : std::optional(found->second);
}

void Receiver::remember(Id<Upload> id, std::optional<files::Digests> digests) {
  const std::lock_guard lock(mutex_);
  if (!digests) {
    digests_.erase(id);
    return;
  }
  if (digests_.size() >= most_remembered) digests_.erase(digests_.begin());
  digests_.insert_or_assign(id, std::move(*digests));
}

void Receiver::drop(Id<Upload> id) {
  remember(id, std::nullopt);
  std::error_code ignored;
  std::filesystem::remove(path(id), ignored);
}

Task<Result<Receiver::Outcome>> Receiver::receive(const Claim& claim, std::uint64_t offset, std::uint64_t size,
                                                  http::BodyStream& body, std::optional<Checksum> checksum) {
  std::optional<files::GrowingFile> file;
  auto open = [&] {
    const auto known = remembered(claim.id());
    file.emplace(path(claim.id()), known ? &*known : nullptr);
  };
  const auto opened = co_await pool_.run(open);
  if (!opened) co_return opened.error();
  if (file->size() != offset) co_return Problem(ProblemCode::wrong_offset, {{"offset", std::to_string(file->size())}});
  const files::Digests mark = file->digests();
  Outcome outcome;
  outcome.problem = co_await take(*file, size, body, checksum ? &*checksum : nullptr);
  if (!outcome.problem && checksum && !checksum->matches()) {
    auto go_back = [&] { file->go_back(mark); };
    const auto gone_back = co_await pool_.run(go_back);
    if (!gone_back) file->go_back(mark);
    outcome.problem = Problem(ProblemCode::checksum_mismatch);
  }
  outcome.offset = file->size();
  outcome.received = outcome.offset - offset;
  if (outcome.offset == size) outcome.facts = file->digests().facts();
  remember(claim.id(), file->digests());
  co_return outcome;
}

Task<Result<files::FileFacts>> Receiver::facts(const Claim& claim) {
  auto read = [&] {
    const auto known = remembered(claim.id());
    return files::GrowingFile(path(claim.id()), known ? &*known : nullptr).digests().facts();
  };
  co_return co_await pool_.run(read);
}

Task<std::optional<Problem>> Receiver::take(files::GrowingFile& file, std::uint64_t size, http::BodyStream& body,
                                            Checksum* checksum) {
  while (true) {
    const auto piece = co_await body.next();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return std::nullopt;
    if (file.size() + piece->size() > size) co_return Problem(ProblemCode::too_large, {{"limit", std::to_string(size)}});
    auto append = [&] {
      file.append(*piece);
      if (checksum) checksum->append(*piece);
    };
    const auto appended = co_await pool_.run(append);
    if (!appended) co_return appended.error();
  }
}

}  // namespace wujin::uploads
