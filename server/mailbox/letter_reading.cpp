#include "mailbox/letter_reading.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <span>

#include "base/calendar.h"
#include "base/text.h"
#include "documents/excel_reading.h"
#include "documents/word_reading.h"
#include "files/digests.h"
#include "mailbox/pictures.h"

namespace wujin::mailbox {
namespace {

constexpr std::size_t longest_subject = 1000;
constexpr std::size_t longest_text = 200'000;
constexpr std::size_t longest_html = 512 * 1024;
constexpr std::size_t longest_authentication = 4000;
constexpr std::size_t longest_link = 2000;
constexpr std::size_t most_links = 100;
// Pictures within a text that are smaller are logos, signatures and smileys.
constexpr std::uint64_t smallest_inline_picture = 10 * 1024;

enum class Kind : std::uint8_t { word, excel, old_word, old_excel, page, archive, mail, unread, unnamed, other };

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? "" : kept_address(name.substr(dot + 1));
}

// By the name first, since that is what people see; by the first bytes where a name lies about old and new formats.
Kind kind_of(std::string_view name, std::string_view head) {
  const std::string extension = extension_of(name);
  const auto is = [&](std::initializer_list<std::string_view> names) { return std::ranges::count(names, extension) > 0; };
  const bool is_zip = head.starts_with("PK\x03\x04");
  if (is({"docx", "docm"})) return Kind::word;
  if (is({"xlsx", "xlsm"})) return Kind::excel;
  if (is({"doc", "wps", "wpt", "rtf"})) return is_zip ? Kind::word : Kind::old_word;
  if (is({"xls", "et"})) return is_zip ? Kind::excel : Kind::old_excel;
  if (is({"pdf", "ofd"})) return Kind::page;
  if (is({"eml"})) return Kind::mail;
  if (is({"zip"})) return Kind::archive;
  // What people put texts and pictures into, and nothing here opens.
  const bool is_packed = head.starts_with("Rar!") || head.starts_with("7z\xBC\xAF\x27\x1C");
  if (is_packed || is({"rar", "7z", "tar", "gz", "tgz", "odt", "ods", "ppt", "pptx", "dps", "pages"})) return Kind::unread;
  return is_zip ? Kind::unnamed : Kind::other;
}

// 泸永桥村10月五进(盖章扫描件).pdf is a print of 泸永桥村10月五进.docx.
std::string name_of_work(std::string_view name) {
  std::string stem(name.substr(0, name.rfind('.')));
  for (const std::string_view word :
       {"盖章版", "盖章件", "盖章",   "签字版", "签字",  "扫描版", "扫描件", "扫描", "打印版", "word版",
        "Word版", "WORD版", "电子版", "pdf版",  "PDF版", "定稿",   "（",     "）",   "(",      ")",
        "-",      "_",      "—",      " ",      "　",    "“",      "”",      "\""}) {
    stem = replaced(stem, word, "");
  }
  return stem;
}

std::string head_of_file(const std::filesystem::path& file) {
  std::string head(16, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

files::FileFacts facts_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("a file of a letter cannot be opened");
  files::Digests digests;
  std::string buffer(256 * 1024, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
    digests.append(std::span<const char>(buffer.data(), static_cast<std::size_t>(in.gcount())));
  }
  return digests.facts();
}

DocumentFault fault_of(const Problem& problem) {
  switch (problem.code()) {
    case ProblemCode::document_not_word:
      return DocumentFault::not_word;
    case ProblemCode::document_not_excel:
      return DocumentFault::not_excel;
    case ProblemCode::document_locked:
      return DocumentFault::locked;
    case ProblemCode::document_bomb:
      return DocumentFault::bomb;
    case ProblemCode::converter_missing:
      return DocumentFault::no_converter;
    default:
      return DocumentFault::damaged;
  }
}

DocumentFault fault_of(documents::ReadingFault fault) {
  switch (fault) {
    case documents::ReadingFault::macros:
      return DocumentFault::macros;
    case documents::ReadingFault::embedded_object:
      return DocumentFault::embedded_object;
    case documents::ReadingFault::outside_reference:
      return DocumentFault::outside_reference;
    case documents::ReadingFault::missing_picture:
      return DocumentFault::missing_picture;
    case documents::ReadingFault::unknown_picture:
      return DocumentFault::unknown_picture;
    case documents::ReadingFault::cut:
      return DocumentFault::cut;
  }
  return DocumentFault::damaged;
}

// A picture of the letter's own text: where in it, and which of Contents::parts.
struct PlacedPicture {
  std::size_t at = 0;
  int part = 0;
};

// A plain text as a document: a paragraph a line, with the pictures that stand there.
documents::Reading reading_of(std::string_view text, const std::vector<PlacedPicture>& pictures) {
  documents::Reading reading;
  auto next = pictures.begin();
  for (std::size_t begin = 0; begin < text.size() || next != pictures.end();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    documents::ReadParagraph paragraph;
    paragraph.text = std::string(text.substr(begin, end - begin));
    for (; next != pictures.end() && (next->at <= end || end == text.size()); ++next) {
      documents::ReadPicture picture;
      picture.part = std::to_string(next->part);
      picture.line = 0;
      paragraph.pictures.push_back(std::move(picture));
    }
    reading.blocks.emplace_back(std::move(paragraph));
    begin = std::min(end + 1, text.size());
  }
  return reading;
}

// What of a mail's faults means that something of it may be missing.
bool loses_something(mail::Fault fault) { return fault != mail::Fault::wrong_charset; }

class Reader {
 public:
  Reader(files::Vault& vault, const Modernise& modernise, const LetterCore& letter, std::filesystem::path folder)
      : vault_(vault), modernise_(modernise), folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    read_.incoming.received_on = china_date(letter.arrived_at);
  }
  ~Reader() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  ReadLetter mail(const std::filesystem::path& file) {
    const mail::Letter letter = mail::read_letter(file, folder_);
    take_head(letter);
    take_text(letter);
    for (const mail::Attachment& attachment : letter.attachments) take(attachment);
    return finish();
  }

  ReadLetter import(const std::vector<ImportedFile>& files, std::string_view note) {
    read_.contents.subject = note;
    for (const ImportedFile& file : files) take_import(file, files.size() == 1);
    return finish();
  }

 private:
  void take_head(const mail::Letter& letter) {
    Contents& contents = read_.contents;
    contents.from_name = kept_text(letter.from.name, longest_name);
    contents.from_address = kept_address(letter.from.address);
    contents.reply_to = kept_address(letter.reply_to.address.empty() ? letter.from.address : letter.reply_to.address);
    contents.subject = kept_text(letter.subject, longest_subject);
    contents.dated = letter.dated;
    contents.is_automatic = letter.is_automatic;
    contents.authentication = kept_text(letter.authentication, longest_authentication);
    contents.text = kept_text(letter.text, longest_text);
    contents.html = kept_text(letter.html, longest_html);
    read_.incoming.from_address = contents.from_address;
    read_.incoming.from_name = contents.from_name;
    read_.incoming.subject = contents.subject;
    read_.incoming.is_automatic = contents.is_automatic;
    take_rest(letter);
  }

  void take_rest(const mail::Letter& letter) {
    for (const mail::Fault fault : letter.faults) add_fault(fault);
    for (const std::string& link : letter.cloud_links) {
      if (link.empty()) continue;
      if (read_.contents.cloud_links.size() == most_links) return;
      read_.contents.cloud_links.push_back(kept_text(link, longest_link));
      read_.incoming.cloud_files.push_back(read_.contents.cloud_links.back());
    }
  }

  void add_fault(mail::Fault fault) {
    auto& faults = read_.contents.faults;
    if (std::ranges::count(faults, fault) == 0) faults.push_back(fault);
    if (loses_something(fault)) is_unreadable_ = true;
  }

  // Before its attachments are taken, which are numbered from here on.
  void take_text(const mail::Letter& letter) {
    const int first = static_cast<int>(read_.contents.parts.size());
    std::vector<PlacedPicture> pictures;
    for (const mail::TextPicture& shown : letter.text_pictures) {
      const mail::Attachment& attachment = letter.attachments[shown.attachment];
      if (attachment.bytes < smallest_inline_picture || !is_picture(head_of_file(attachment.file))) continue;
      pictures.push_back({shown.at, first + static_cast<int>(shown.attachment)});
      placed_.insert(pictures.back().part);
    }
    if (trimmed(letter.text).empty() && pictures.empty()) return;
    add_source("", -1, reading_of(letter.text, pictures));
  }

  void add_source(std::string name, int part, documents::Reading reading) {
    TextSource source;
    source.name = std::move(name);
    source.part = part;
    source.text = kept_text(documents::text_of(reading.blocks), longest_text);
    for (const auto& picture : documents::pictures_of(reading.blocks)) source.pictures.push_back(picture.part);
    for (const auto fault : reading.faults) source.faults.push_back(fault_of(fault));
    if (std::ranges::count(reading.faults, documents::ReadingFault::cut) > 0) is_unreadable_ = true;
    read_.incoming.sources.push_back({source.name, std::move(reading)});
    read_.contents.sources.push_back(std::move(source));
  }

  void take_import(const ImportedFile& file, bool is_alone) {
    const std::filesystem::path path = vault_.path(files::stored_hash(file.sha256));
    const Kind kind = kind_of(file.name, head_of_file(path));
    std::vector<mail::Fault> faults;
    if (kind == Kind::archive) {
      for (const auto& attachment : mail::unpack(path, file.name, inner_folder(), {}, faults)) take(attachment);
      for (const mail::Fault fault : faults) add_fault(fault);
      return;
    }
    if (kind == Kind::mail) {
      take_saved_mail(path, file.name, is_alone);
      return;
    }
    mail::Attachment attachment;
    attachment.name = file.name;
    attachment.media_type = "application/octet-stream";
    attachment.bytes = static_cast<std::uint64_t>(file.bytes);
    take_kept(attachment, path, file.sha256);
  }

  // One that came alone says who wrote it; beside other files only what stands in it counts.
  void take_saved_mail(const std::filesystem::path& path, const std::string& name, bool is_alone) {
    mail::Letter letter = mail::read_letter(path, inner_folder());
    if (is_alone) {
      take_head(letter);
    } else {
      take_rest(letter);
    }
    take_text(letter);
    for (mail::Attachment& attachment : letter.attachments) {
      if (attachment.archive.empty()) attachment.archive = name;
      take(attachment);
    }
  }

  // Each archive has a folder of its own: names within two of them may be the same.
  std::filesystem::path inner_folder() {
    auto inner = folder_ / ("inner-" + std::to_string(++inner_));
    std::filesystem::create_directories(inner);
    return inner;
  }

  void take(const mail::Attachment& attachment) {
    const files::FileFacts facts = facts_of(attachment.file);
    vault_.adopt(attachment.file, facts);
    take_kept(attachment, vault_.path(facts.sha256), to_hex(facts.sha256));
  }

  void take_kept(const mail::Attachment& attachment, const std::filesystem::path& path, const std::string& sha256) {
    const std::string head = head_of_file(path);
    Part part;
    part.name = kept_text(attachment.name, longest_name);
    part.media_type = kept_text(attachment.media_type, 100);
    part.sha256 = sha256;
    part.bytes = static_cast<std::int64_t>(attachment.bytes);
    part.archive = kept_text(attachment.archive, longest_name);
    part.is_picture = !shown_picture_type(head).empty();
    if (part.is_picture) part.media_type = shown_picture_type(head);
    if (part.media_type.empty()) part.media_type = "application/octet-stream";
    const int number = static_cast<int>(read_.contents.parts.size());
    if (is_picture(head)) {
      const bool is_ornament = attachment.is_inline && attachment.bytes < smallest_inline_picture;
      if (!is_ornament && !placed_.contains(number)) add_loose(number, part.name, attachment.folder);
    } else {
      read_document(part, number, path, head);
    }
    read_.contents.parts.push_back(std::move(part));
  }

  void add_loose(int part, const std::string& name, const std::string& folder) {
    read_.contents.loose.push_back(part);
    read_.incoming.pictures.push_back(folder.empty() ? name : kept_text(folder, longest_name) + "/" + name);
  }

  void read_document(Part& part, int number, const std::filesystem::path& path, std::string_view head) {
    switch (kind_of(part.name, head)) {
      case Kind::word:
        take_word(part, number, path);
        break;
      case Kind::excel:
        take_excel(part, number, path);
        break;
      case Kind::old_word:
        take_old(part, number, path, OldFormat::word);
        break;
      case Kind::old_excel:
        take_old(part, number, path, OldFormat::excel);
        break;
      case Kind::page:
        pages_.push_back(part.name);
        break;
      case Kind::unread:
        read_.incoming.unreadable.push_back(part.name);
        break;
      case Kind::unnamed:
        take_unnamed(part, number, path);
        break;
      case Kind::archive:  // one that could not be unpacked: a fault of the letter says why
      case Kind::mail:
      case Kind::other:
        break;
    }
  }

  void take_old(Part& part, int number, const std::filesystem::path& path, OldFormat format) {
    const auto made = folder_ / ("new-" + std::to_string(number));
    const auto turned = modernise_ ? modernise_(path, format, made) : Result<>(Problem(ProblemCode::converter_missing));
    if (!turned) return refuse(part, fault_of(turned.error()));
    const files::FileFacts facts = facts_of(made);
    vault_.adopt(made, facts);
    const auto kept = vault_.path(facts.sha256);
    if (format == OldFormat::word) {
      take_word(part, number, kept);
    } else {
      take_excel(part, number, kept);
    }
    if (part.is_document) read_.contents.sources.back().converted = to_hex(facts.sha256);
  }

  void take_word(Part& part, int number, const std::filesystem::path& path) {
    const auto word = documents::WordFile::open(path);
    if (!word) return refuse(part, fault_of(word.error()));
    part.is_document = true;
    add_source(part.name, number, word->reading());
  }

  void take_excel(Part& part, int number, const std::filesystem::path& path) {
    auto reading = documents::read_excel(path);
    if (!reading) return refuse(part, fault_of(reading.error()));
    part.is_document = true;
    add_source(part.name, number, std::move(*reading));
  }

  // A gateway took its name, and with it what it is.
  void take_unnamed(Part& part, int number, const std::filesystem::path& path) {
    take_word(part, number, path);
    if (part.fault != DocumentFault::not_word) return;
    read_.incoming.unreadable.pop_back();
    part.fault.reset();
    take_excel(part, number, path);
  }

  void refuse(Part& part, DocumentFault fault) {
    part.fault = fault;
    read_.incoming.unreadable.push_back(part.name);
  }

  // A page beside the document it was printed from says nothing more.
  bool is_print(const std::string& page) const {
    const auto& parts = read_.contents.parts;
    return std::ranges::any_of(
        parts, [&](const Part& part) { return part.is_document && name_of_work(part.name) == name_of_work(page); });
  }

  ReadLetter finish() {
    for (const std::string& page : pages_) {
      if (!is_print(page)) read_.incoming.unreadable.push_back(page);
    }
    if (is_unreadable_) read_.doubts.push_back(Doubt::unreadable);
    return std::move(read_);
  }

  files::Vault& vault_;
  const Modernise& modernise_;
  const std::filesystem::path folder_;
  ReadLetter read_;
  std::set<int> placed_;            // parts that are pictures of a letter's own text
  std::vector<std::string> pages_;  // names of PDF and the like
  bool is_unreadable_ = false;      // something of the letter itself is missing
  int inner_ = 0;
};

}  // namespace

ReadLetter read_mail(files::Vault& vault, const Modernise& modernise, const LetterCore& letter,
                     const std::filesystem::path& folder) {
  return Reader(vault, modernise, letter, folder).mail(vault.path(files::stored_hash(letter.raw_sha256)));
}

ReadLetter read_import(files::Vault& vault, const Modernise& modernise, const LetterCore& letter,
                       const std::vector<ImportedFile>& files, const std::filesystem::path& folder) {
  return Reader(vault, modernise, letter, folder).import(files, letter.head.subject);
}

}  // namespace wujin::mailbox
