// Any bytes as a letter: whatever is read of it must be text, within its limits, and nothing may be thrown. Run by script/fuzz,
// and on its corpus by the tests.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/text.h"
#include "mail/letter.h"

namespace {

void demand(bool promise) {
  if (!promise) std::abort();
}

std::filesystem::path fresh_folder() {
  static const std::filesystem::path parent =
      std::filesystem::temp_directory_path() / ("wujin_letter_" + std::to_string(::getpid()));
  std::filesystem::remove_all(parent);
  std::filesystem::create_directories(parent / "attachments");
  return parent;
}

bool is_one_line(std::string_view text) {
  return wujin::is_utf8_text(text) && text.find_first_of("\r\n") == std::string_view::npos;
}

void check(const wujin::mail::Attachment& attachment, const wujin::mail::LetterLimits& limits) {
  demand(is_one_line(attachment.name) && attachment.name.size() <= 255);
  demand(attachment.name.find_first_of("/\\") == std::string::npos && attachment.name != "..");
  demand(is_one_line(attachment.archive) && is_one_line(attachment.folder) && is_one_line(attachment.content_id));
  demand(attachment.bytes <= limits.attachment && std::filesystem::file_size(attachment.file) == attachment.bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wujin::mail;
  const auto folder = fresh_folder();
  std::ofstream(folder / "letter", std::ios::binary)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  LetterLimits limits;
  limits.attachment = 1u << 20;
  limits.unpacked = 4u << 20;
  limits.parts = 50;
  const Letter letter = read_letter(folder / "letter", folder / "attachments", limits);
  demand(is_one_line(letter.subject) && is_one_line(letter.message_id));
  demand(is_one_line(letter.from.name) && is_one_line(letter.from.address));
  demand(wujin::is_utf8_text(letter.text) && letter.text.size() <= limits.text);
  demand(wujin::is_utf8_text(letter.html) && wujin::is_utf8_text(letter.authentication));
  std::uint64_t total = 0;
  for (const Attachment& attachment : letter.attachments) {
    check(attachment, limits);
    total += attachment.bytes;
  }
  demand(total <= limits.unpacked);
  std::filesystem::remove_all(folder);
  return 0;
}
