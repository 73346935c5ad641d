#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/letter.h"
#include "mail/letter_files.h"

namespace wujin::mail {

// What the attachments of one letter share: the folder they are written into, and the limits of all of them together. What is put
// in is opened when it is a container (a ZIP, a winmail.dat); one that could not be opened, or not wholly, is itself kept.
class Basket {
 public:
  Basket(std::filesystem::path folder, const LetterLimits& limits, std::vector<Attachment>& attachments,
         std::vector<Fault>& faults)
      : folder_(std::move(folder)), limits_(limits), attachments_(attachments), faults_(faults) {}

  // Opens a letter that came as a file; false when it is none. Without it such files are kept as they are.
  using LetterOpener = std::function<bool(const Attachment& letter, int depth)>;
  void open_letters_by(LetterOpener opener) { open_letter_ = std::move(opener); }

  // A file being written, removed again unless it is put in.
  class Filling {
   public:
    Filling(Basket& basket, std::filesystem::path path) : basket_(basket), path_(std::move(path)), file_(std::in_place, path_) {}
    ~Filling();
    Filling(const Filling&) = delete;
    Filling& operator=(const Filling&) = delete;

    // False when it grew past a limit, which is noted: nothing more is taken.
    bool append(std::string_view bytes);
    std::uint64_t bytes() const { return bytes_; }
    // `depth` is how many containers it lay in. Nothing is put in of what grew too large.
    void put(Attachment attachment, int depth);

   private:
    Basket& basket_;
    std::filesystem::path path_;
    std::optional<OutputFile> file_;
    std::uint64_t bytes_ = 0;
    bool is_kept_ = false;
    bool is_too_large_ = false;
  };
  std::unique_ptr<Filling> begin();

  // Counts a file of an archive; false when there are too many, which is noted.
  bool may_unpack_another();

  const LetterLimits& limits() const { return limits_; }
  std::vector<Fault>& faults() { return faults_; }
  std::size_t size() const { return attachments_.size(); }

 private:
  // True when all that was in it lies in the basket now.
  bool open(const Attachment& attachment, int depth);

  std::filesystem::path folder_;
  const LetterLimits& limits_;
  std::vector<Attachment>& attachments_;
  std::vector<Fault>& faults_;
  LetterOpener open_letter_;
  std::uint64_t total_ = 0;
  std::size_t unpacked_ = 0;
  int next_name_ = 1;
};

// `outer` and, behind a /, what lay in it.
std::string archive_within(std::string_view outer, std::string_view name);
// By the extension, for files that came without a type; application/octet-stream for those unknown.
std::string media_type_of(std::string_view name);

}  // namespace wujin::mail
