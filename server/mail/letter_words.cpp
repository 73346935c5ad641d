#include "mail/letter_words.h"

#include <optional>
#include <utility>

#include <gmime/gmime-encodings.h>

#include "base/text.h"
#include "mail/letter_charset.h"
#include "mail/letter_faults.h"

namespace wujin::mail {
namespace {

// RFC 2047 allows 75 bytes; some programs put a whole subject into one word.
constexpr std::size_t longest_word = 2000;
constexpr std::size_t longest_charset = 64;

struct Word {
  std::string charset;  // lower case, without RFC 2231's language
  bool is_base64 = false;
  std::string_view text;
  std::size_t length = 0;  // of all of it, from =? to ?=
};

std::optional<Word> word_at(std::string_view rest) {
  if (!rest.starts_with("=?")) return std::nullopt;
  rest = rest.substr(0, longest_word);
  const auto charset_end = rest.substr(0, longest_charset).find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 3 >= rest.size()) return std::nullopt;
  const char encoding = rest[charset_end + 1];
  const bool is_base64 = encoding == 'B' || encoding == 'b';
  if ((!is_base64 && encoding != 'Q' && encoding != 'q') || rest[charset_end + 2] != '?') return std::nullopt;
  const auto begin = charset_end + 3, end = rest.find("?=", begin);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view charset = rest.substr(2, charset_end - 2);
  return Word{lower(charset.substr(0, charset.find('*'))), is_base64, rest.substr(begin, end - begin), end + 2};
}

std::string from_loose_base64(std::string text) {
  while (text.size() % 4 != 0) text += '=';
  std::string out(text.size() + 4, '\0');
  int state = 0;
  guint32 save = 0;
  out.resize(g_mime_encoding_base64_decode_step(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                                reinterpret_cast<unsigned char*>(out.data()), &state, &save));
  return out;
}

std::string from_q(std::string_view text) {
  std::string out, byte;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '=' && at + 2 < text.size() && from_hex(text.substr(at + 1, 2), byte)) {
      out += byte;
      at += 2;
    } else {
      out += text[at] == '_' ? ' ' : text[at];
    }
  }
  return out;
}

// Words of one charset that follow each other.
class Run {
 public:
  bool is_empty() const { return charset_.empty() && bytes_.empty() && digits_.empty(); }
  bool takes(const Word& word) const { return is_empty() || word.charset == charset_; }

  void add(const Word& word) {
    charset_ = word.charset;
    if (!word.is_base64) {
      settle();
      bytes_ += from_q(word.text);
      return;
    }
    digits_ += word.text;
    if (digits_.size() % 4 == 0 || digits_.ends_with('=')) settle();
  }

  // As one word in UTF-8; empty again afterwards.
  std::string word(std::vector<Fault>& faults) {
    settle();
    bool is_wrong = false;
    const std::string text = to_utf8(bytes_, charset_, is_wrong);
    if (is_wrong) note(faults, Fault::wrong_charset);
    *this = Run();
    return text.empty() ? std::string() : "=?UTF-8?B?" + to_base64(text) + "?=";
  }

 private:
  void settle() { bytes_ += from_loose_base64(std::exchange(digits_, {})); }

  std::string charset_, bytes_, digits_;
};

}  // namespace

std::string mended_words(std::string_view value, std::vector<Fault>& faults) {
  const std::string source = to_utf8(value);
  std::string_view rest = source;
  std::string out, space;
  Run run;
  const auto end_run = [&] {
    if (run.is_empty()) return;
    out += run.word(faults);
    out += space;
    space.clear();
  };
  while (!rest.empty()) {
    if (const auto word = word_at(rest)) {
      if (!run.takes(*word)) end_run();
      run.add(*word);
      space.clear();
      rest.remove_prefix(word->length);
    } else {
      const bool is_space = rest.front() == ' ' || rest.front() == '\t' || rest.front() == '\r' || rest.front() == '\n';
      if (!is_space) end_run();
      (run.is_empty() ? out : space) += rest.front();
      rest.remove_prefix(1);
    }
  }
  end_run();
  return out;
}

}  // namespace wujin::mail
