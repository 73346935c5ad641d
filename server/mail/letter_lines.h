#pragma once

#include <string>
#include <string_view>

#include "mail/letter_files.h"

namespace wujin::mail {

// A line, or a piece of one that is longer than the reader's buffer.
struct Line {
  std::string_view text;      // without its end; valid until the next call
  std::uint64_t begin = 0;    // of the piece in the file
  std::uint64_t end = 0;      // behind the line's end
  bool is_begin = true;       // no piece of the same line came before
  bool is_end = true;         // the line ends here
  std::size_t end_bytes = 0;  // 2 for CR LF, 1 for LF, 0 at the end of the file or within a line
};

// Reads a file line by line, in bounded memory.
class LineReader {
 public:
  explicit LineReader(const InputFile& file);

  bool next(Line& line);
  // The next call of next() answers the same line again.
  void put_back() { is_put_back_ = true; }
  // Nothing more is answered.
  void stop() { is_stopped_ = true; }

 private:
  void refill();

  const InputFile& file_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t offset_ = 0;  // in the file, of the buffer's begin
  bool is_within_line_ = false;
  bool is_put_back_ = false;
  bool is_stopped_ = false;
  Line last_;
};

}  // namespace wujin::mail
