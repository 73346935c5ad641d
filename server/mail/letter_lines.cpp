#include "mail/letter_lines.h"

#include <cstring>
#include <span>

namespace wujin::mail {
namespace {

constexpr std::size_t buffer_size = 128u << 10;
constexpr std::size_t longest_piece = 32u << 10;

}  // namespace

LineReader::LineReader(const InputFile& file) : file_(file), buffer_(buffer_size, '\0') {}

void LineReader::refill() {
  std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
  offset_ += at_;
  filled_ -= at_;
  at_ = 0;
  filled_ += file_.read(offset_ + filled_, std::span(buffer_).subspan(filled_));
}

bool LineReader::next(Line& line) {
  if (is_stopped_) return false;
  if (is_put_back_) {
    is_put_back_ = false;
    line = last_;
    return true;
  }
  if (filled_ - at_ < longest_piece + 2) refill();
  if (at_ == filled_) return false;
  const std::string_view rest(buffer_.data() + at_, filled_ - at_);
  const auto feed = rest.substr(0, longest_piece + 2).find('\n');
  last_ = Line{};
  last_.begin = offset_ + at_;
  last_.is_begin = !is_within_line_;
  std::size_t taken = 0;
  if (feed != std::string_view::npos) {
    last_.end_bytes = feed > 0 && rest[feed - 1] == '\r' ? 2 : 1;
    taken = feed + 1;
    last_.text = rest.substr(0, taken - last_.end_bytes);
  } else {
    last_.is_end = rest.size() <= longest_piece;
    taken = std::min(rest.size(), longest_piece);
    last_.text = rest.substr(0, taken);
  }
  is_within_line_ = !last_.is_end;
  at_ += taken;
  last_.end = offset_ + at_;
  line = last_;
  return true;
}

}  // namespace wujin::mail
