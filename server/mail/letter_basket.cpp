#include "mail/letter_basket.h"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "mail/letter_archive.h"
#include "mail/letter_faults.h"
#include "mail/letter_header.h"
#include "mail/letter_winmail.h"

namespace wujin::mail {
namespace {

constexpr std::array types = {
    std::pair{".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    std::pair{".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    std::pair{".pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    std::pair{".doc", "application/msword"},
    std::pair{".xls", "application/vnd.ms-excel"},
    std::pair{".wps", "application/vnd.ms-works"},
    std::pair{".pdf", "application/pdf"},
    std::pair{".rtf", "application/rtf"},
    std::pair{".txt", "text/plain"},
    std::pair{".csv", "text/csv"},
    std::pair{".htm", "text/html"},
    std::pair{".html", "text/html"},
    std::pair{".jpg", "image/jpeg"},
    std::pair{".jpeg", "image/jpeg"},
    std::pair{".png", "image/png"},
    std::pair{".gif", "image/gif"},
    std::pair{".bmp", "image/bmp"},
    std::pair{".webp", "image/webp"},
    std::pair{".heic", "image/heic"},
    std::pair{".tif", "image/tiff"},
    std::pair{".tiff", "image/tiff"},
    std::pair{".zip", "application/zip"},
    std::pair{".eml", "message/rfc822"},
    std::pair{".mp4", "video/mp4"},
};

bool is_letter(const Attachment& attachment) {
  return attachment.media_type == "message/rfc822" || extension_of(attachment.name) == ".eml";
}

}  // namespace

std::string archive_within(std::string_view outer, std::string_view name) {
  return outer.empty() ? std::string(name) : fmt::format("{}/{}", outer, name);
}

std::string media_type_of(std::string_view name) {
  const std::string extension = extension_of(name);
  const auto found = std::ranges::find(types, extension, [](const auto& type) { return std::string_view(type.first); });
  return found == types.end() ? "application/octet-stream" : found->second;
}

Basket::Filling::~Filling() {
  file_.reset();
  std::error_code ignored;
  if (!is_kept_) std::filesystem::remove(path_, ignored);
}

bool Basket::Filling::append(std::string_view bytes) {
  if (is_too_large_) return false;
  if (bytes_ + bytes.size() > basket_.limits_.attachment || basket_.total_ + bytes.size() > basket_.limits_.unpacked) {
    note(basket_.faults_, Fault::too_large);
    is_too_large_ = true;
    return false;
  }
  file_->write(bytes);
  bytes_ += bytes.size();
  basket_.total_ += bytes.size();
  return true;
}

void Basket::Filling::put(Attachment attachment, int depth) {
  file_.reset();
  if (is_too_large_) return;
  attachment.file = path_;
  attachment.bytes = bytes_;
  if (basket_.open(attachment, depth)) return;
  is_kept_ = true;
  basket_.attachments_.push_back(std::move(attachment));
}

std::unique_ptr<Basket::Filling> Basket::begin() {
  std::filesystem::path path;
  do {
    path = folder_ / fmt::format("{:04}", next_name_++);
  } while (std::filesystem::exists(path));
  return std::make_unique<Filling>(*this, std::move(path));
}

bool Basket::may_unpack_another() {
  if (++unpacked_ <= limits_.archive_files) return true;
  note(faults_, Fault::too_many_parts);
  return false;
}

bool Basket::open(const Attachment& attachment, int depth) {
  const bool is_archive = is_zip(attachment), is_tnef = !is_archive && is_winmail(attachment);
  const bool is_eml = !is_archive && !is_tnef && open_letter_ && is_letter(attachment);
  if (!is_archive && !is_tnef && !is_eml) return false;
  if (depth >= limits_.archive_depth) {
    note(faults_, Fault::too_deep);
    return false;
  }
  if (is_archive) return unpack_zip(attachment, *this, depth + 1);
  if (is_tnef) return unpack_winmail(attachment, *this, depth + 1);
  return open_letter_(attachment, depth + 1);
}

}  // namespace wujin::mail
