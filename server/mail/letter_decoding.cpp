#include "mail/letter_decoding.h"

#include <algorithm>
#include <cstdint>

#include "mail/letter_faults.h"

namespace wujin::mail {
namespace {

constexpr std::size_t piece_size = 64u << 10;
constexpr std::size_t longest_padding = 1000;

// GMime decodes whatever comes; whether it was well-formed is watched here.
class Watch {
 public:
  explicit Watch(GMimeContentEncoding encoding) : encoding_(encoding) {}

  void see(std::string_view piece) {
    if (encoding_ == GMIME_CONTENT_ENCODING_BASE64) see_base64(piece);
    if (encoding_ == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE) see_quoted(piece);
  }

  // What base64 lacks at its end; without it GMime would drop the last bytes.
  std::string_view padding() const {
    return encoding_ == GMIME_CONTENT_ENCODING_BASE64 ? std::string_view("===").substr(0, (4 - digits_ % 4) % 4)
                                                      : std::string_view();
  }
  bool is_broken() const { return is_broken_ || !padding().empty() || escape_ == '2'; }

 private:
  static bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

  void see_base64(std::string_view piece) {
    for (const char c : piece) {
      if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' || c == '=') {
        ++digits_;
      } else if (c != '\r' && c != '\n' && c != ' ' && c != '\t') {
        is_broken_ = true;
      }
    }
  }

  // '1' behind an =, '2' behind its first digit, ' ' behind white space that may only end the line.
  void see_quoted(std::string_view piece) {
    for (const char c : piece) {
      if (escape_ == 0) {
        if (c == '=') escape_ = '1';
        continue;
      }
      if (escape_ == '1' && is_hex(c)) {
        escape_ = '2';
      } else if (escape_ == '2' && is_hex(c)) {
        escape_ = 0;
      } else if (escape_ != '2' && (c == ' ' || c == '\t' || c == '\r')) {
        escape_ = ' ';
      } else {
        is_broken_ = is_broken_ || c != '\n' || escape_ == '2';
        escape_ = 0;
      }
    }
  }

  GMimeContentEncoding encoding_;
  bool is_broken_ = false;
  std::uint64_t digits_ = 0;
  char escape_ = 0;
};

// White space between the = of a line that goes on and the line's end was put there on the way (RFC 2045 6.7, rule 3): GMime
// would take the end for the sender's.
class SoftEnds {
 public:
  std::string without_padding(std::string_view piece) {
    std::string out;
    out.reserve(piece.size() + held_.size());
    for (const char c : piece) {
      const bool is_padding = held_.size() < longest_padding && (c == ' ' || c == '\t' || c == '\r');
      const bool is_held = held_.empty() ? c == '=' : is_padding;
      if (is_held) {
        held_ += c;
        continue;
      }
      out += c == '\n' ? std::string_view(held_).substr(0, 1) : std::string_view(held_);
      held_.clear();
      if (c == '=') {
        held_ = c;
      } else {
        out += c;
      }
    }
    return out;
  }
  const std::string& rest() const { return held_; }

 private:
  std::string held_;
};

}  // namespace

void decode(const InputFile& file, Range range, GMimeContentEncoding encoding, const Sink& sink, std::vector<Fault>& faults) {
  GMimeEncoding state;
  g_mime_encoding_init_decode(&state, encoding);
  Watch watch(encoding);
  const bool is_quoted = encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  SoftEnds ends;
  std::string in(piece_size, '\0'), cleaned, out;
  bool is_wanted = true;
  for (std::uint64_t at = range.begin; at < range.end && is_wanted;) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, range.end - at));
    const std::size_t got = file.read(at, std::span(in.data(), size));
    if (got == 0) break;
    at += got;
    watch.see({in.data(), got});
    std::string_view piece(in.data(), got);
    if (is_quoted) piece = cleaned = ends.without_padding(piece);
    out.resize(g_mime_encoding_outlen(&state, piece.size()) + 16);
    const std::size_t made = g_mime_encoding_step(&state, piece.data(), piece.size(), out.data());
    is_wanted = made == 0 || sink({out.data(), made});
  }
  if (is_wanted) {
    const std::string_view padding = is_quoted ? std::string_view(ends.rest()) : watch.padding();
    out.resize(g_mime_encoding_outlen(&state, padding.size()) + 64);
    const std::size_t made = g_mime_encoding_flush(&state, padding.data(), padding.size(), out.data());
    if (made > 0) sink({out.data(), made});
    if (watch.is_broken()) note(faults, Fault::broken_encoding);
  }
}

std::string decoded(const InputFile& file, Range range, GMimeContentEncoding encoding, std::size_t most,
                    std::vector<Fault>& faults) {
  std::string bytes;
  const Sink keep = [&](std::string_view piece) {
    bytes.append(piece.substr(0, most - bytes.size()));
    return bytes.size() < most;
  };
  decode(file, range, encoding, keep, faults);
  return bytes;
}

}  // namespace wujin::mail
