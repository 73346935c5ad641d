#include "documents/word_reading.h"

#include <algorithm>
#include <utility>

#include "documents/package_file.h"
#include "documents/word_blocks.h"
#include "documents/word_body.h"
#include "documents/word_drawing.h"
#include "documents/word_numbering.h"
#include "documents/word_styles.h"
#include "documents/xml_scan.h"

namespace wujin::documents {
namespace {

PackageLimits limits_of(const WordReadingLimits& limits) {
  PackageLimits package;
  package.file = limits.file;
  package.entries = limits.entries;
  package.text = limits.xml;
  package.picture = limits.picture;
  package.ratio = limits.ratio;
  package.xml.depth = limits.depth;
  return package;
}

// A part that only helps reading: without it, or when it cannot be read, the text still stands.
pugi::xml_node root_of(const PackageFile& package, const std::string& part, pugi::xml_document& document) {
  if (part.empty() || !package.parse(document, part)) return {};
  return document.document_element();
}

void read_comments(pugi::xml_node comments, WordBlocks& blocks, Reading& reading) {
  for (const auto comment : comments.children()) {
    if (local_name(comment) != "comment") continue;
    std::vector<Block> said;
    blocks.read(comment, said);
    reading.comments.push_back(text_of(said));
  }
}

class Reader {
 public:
  Reader(const PackageFile& package, const WordReadingLimits& limits) : package_(package), limits_(limits) {}

  Result<Reading> read() {
    const auto root = package_.relationships("");
    if (!root) return root.error();
    const std::string main = part_of_kind(*root, "officeDocument");
    if (main.empty()) return Problem(ProblemCode::document_not_word);
    if (!package_.has(main)) return Problem(ProblemCode::document_damaged);
    if (const auto type = package_.content_type(main);
        type.find("spreadsheetml") != std::string::npos || type.find("presentationml") != std::string::npos) {
      return Problem(ProblemCode::document_not_word);
    }
    const auto relationships = package_.relationships(main);
    if (!relationships) return relationships.error();
    if (auto read = read_parts(*relationships, main); !read) return read.error();
    return std::move(reading_);
  }

 private:
  Result<> read_parts(const Relationships& relationships, const std::string& main) {
    const WordStyles styles = read_styles(relationships);
    WordNumbering numbering = read_numbering(relationships, styles);
    WordDrawings drawings(package_, relationships, reading_);
    WordBlocks blocks(styles, numbering, drawings, limits_, reading_);
    if (package_.has_macros()) note(reading_, ReadingFault::macros);
    note_attached(relationships);
    if (auto read = read_blocks(blocks, main); !read) return read.error();
    pugi::xml_document document;
    const auto comments = root_of(package_, part_of_kind(relationships, "comments"), document);
    Reading apart;  // what a comment shows beside its text is no part of the document, nor are its faults
    const Relationships none;
    WordDrawings no_drawings(package_, none, apart);
    WordBlocks said(styles, numbering, no_drawings, limits_, apart);
    read_comments(comments, said, reading_);
    return {};
  }

  Result<> read_blocks(WordBlocks& blocks, const std::string& main) {
    auto xml = package_.text(main);
    if (!xml) return xml.error();
    auto& into = reading_.blocks;
    const BodySeen seen{
        .block = [&](const BodyPiece& piece) { return blocks.read_piece(piece, into); },
        .table_begins = [&] { return blocks.begin_table(into); },
        .row = [&](const BodyPiece& piece) { return blocks.read_row_piece(piece); },
        .table_ends = [&] { return blocks.end_table(into); },
    };
    if (auto read = read_body(std::move(*xml), package_.limits().xml, seen); !read) return read.error();
    blocks.end_body(into);
    return {};
  }

  WordStyles read_styles(const Relationships& relationships) const {
    pugi::xml_document document;
    const auto root = root_of(package_, part_of_kind(relationships, "styles"), document);
    return root ? WordStyles(root) : WordStyles();
  }

  WordNumbering read_numbering(const Relationships& relationships, const WordStyles& styles) const {
    pugi::xml_document document;
    const auto root = root_of(package_, part_of_kind(relationships, "numbering"), document);
    return root ? WordNumbering(root, styles) : WordNumbering();
  }

  void note_attached(const Relationships& relationships) {
    for (const auto& [id, relationship] : relationships) {
      const auto& kind = relationship.kind;
      if (kind == "oleObject" || kind == "package" || kind == "control") note(reading_, ReadingFault::embedded_object);
      if (relationship.is_outside && (kind == "aFChunk" || kind == "subDocument" || kind == "frame" || kind == "oleObject")) {
        note(reading_, ReadingFault::outside_reference);
      }
    }
  }

  const PackageFile& package_;
  const WordReadingLimits& limits_;
  Reading reading_;
};

}  // namespace

struct WordFile::Parts {
  PackageFile package;
  Reading reading;
};

WordFile::WordFile(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
WordFile::WordFile(WordFile&&) noexcept = default;
WordFile& WordFile::operator=(WordFile&&) noexcept = default;
WordFile::~WordFile() = default;

Result<WordFile> WordFile::open(const std::filesystem::path& file, const WordReadingLimits& limits) {
  auto package = PackageFile::open(file, limits_of(limits), ProblemCode::document_not_word);
  if (!package) return package.error();
  auto reading = Reader(*package, limits).read();
  if (!reading) return reading.error();
  return WordFile(std::make_unique<Parts>(Parts{std::move(*package), std::move(*reading)}));
}

const Reading& WordFile::reading() const { return parts_->reading; }

Result<std::string> WordFile::picture(std::string_view part) const {
  const auto pictures = pictures_of(parts_->reading.blocks);
  const bool is_shown =
      std::any_of(pictures.begin(), pictures.end(), [&](const ReadPicture& picture) { return picture.part == part; });
  if (!is_shown) return Problem(ProblemCode::not_found);
  return parts_->package.picture(part);
}

}  // namespace wujin::documents
