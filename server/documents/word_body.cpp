#include "documents/word_body.h"

#include <string_view>
#include <utility>
#include <vector>

namespace wujin::documents {
namespace {

constexpr std::size_t most_nodes_of_piece = 500'000;

class BodyReader {
 public:
  BodyReader(std::string xml, const XmlLimits& limits, const BodySeen& seen)
      : xml_(std::move(xml)), scan_(xml_), limits_(limits), seen_(seen) {}

  Result<> run() {
    while (!is_done_) {
      const auto step = scan_.next();
      if (step == XmlScan::Step::refused) return Problem(ProblemCode::document_damaged);
      if (step == XmlScan::Step::end) break;
      if (auto taken = step == XmlScan::Step::closes ? closed() : opened(step); !taken) return taken.error();
    }
    if (!is_done_ && !open_.empty()) return Problem(ProblemCode::document_damaged);
    if (!has_body_) return Problem(ProblemCode::document_not_word);
    return {};
  }

 private:
  static constexpr std::size_t in_body = 2;   // elements that are open around a block
  static constexpr std::size_t in_table = 3;  // and around a row

  Result<> opened(XmlScan::Step step) {
    nodes_ += 1 + scan_.attributes();
    const std::string_view name = local_name(scan_.name());
    const std::size_t depth = open_.size();
    if (depth + 1 > static_cast<std::size_t>(limits_.depth) || nodes_ > limits_.nodes) return Problem(ProblemCode::document_bomb);
    if (depth == 0 && name != "document") return Problem(ProblemCode::document_not_word);
    const bool is_body = depth == 1 && name == "body";
    if (is_body && !has_body_) is_in_body_ = has_body_ = true;
    const bool is_alone = step == XmlScan::Step::stands_alone;
    if (is_in_body_ && piece_ == 0) {
      const bool is_table = depth == in_body && name == "tbl" && !is_alone;
      if (is_table) {
        is_in_table_ = true;
        go_on(seen_.table_begins());
      } else if (depth == in_body || (depth == in_table && is_in_table_)) {
        begin_ = scan_.begin();
        nodes_before_ = nodes_;
        if (is_alone) return take(depth);
        piece_ = depth + 1;
      }
    }
    if (!is_alone) open_.emplace_back(scan_.name());
    return {};
  }

  Result<> closed() {
    if (open_.empty() || open_.back() != scan_.name()) return Problem(ProblemCode::document_damaged);
    const std::size_t depth = open_.size();
    open_.pop_back();
    if (piece_ == depth) {
      piece_ = 0;
      return take(depth - 1);
    }
    if (piece_ != 0) return {};
    if (is_in_table_ && depth == in_table) {
      is_in_table_ = false;
      go_on(seen_.table_ends());
    }
    if (is_in_body_ && depth == in_body) is_in_body_ = false;
    return {};
  }

  // In place, so that the text is there once only; what was scanned already is not looked at again.
  Result<> take(std::size_t depth) {
    if (nodes_ - nodes_before_ > most_nodes_of_piece) return Problem(ProblemCode::document_bomb);
    const auto document = std::make_shared<pugi::xml_document>();
    constexpr unsigned flags = pugi::parse_default | pugi::parse_ws_pcdata_single;
    if (!document->load_buffer_inplace(xml_.data() + begin_, scan_.end() - begin_, flags, pugi::encoding_utf8)) {
      return Problem(ProblemCode::document_damaged);
    }
    go_on(depth == in_body ? seen_.block(document) : seen_.row(document));
    return {};
  }

  void go_on(bool goes_on) { is_done_ = is_done_ || !goes_on; }

  std::string xml_;
  XmlScan scan_;
  const XmlLimits& limits_;
  const BodySeen& seen_;
  std::vector<std::string> open_;  // names; in a copy, for a tree is made in place of the text
  std::size_t piece_ = 0;          // how many elements are open within the piece's own, it among them; 0: between pieces
  std::size_t begin_ = 0;
  std::size_t nodes_ = 0;
  std::size_t nodes_before_ = 0;
  bool has_body_ = false;
  bool is_in_body_ = false;
  bool is_in_table_ = false;
  bool is_done_ = false;
};

}  // namespace

Result<> read_body(std::string xml, const XmlLimits& limits, const BodySeen& seen) {
  return BodyReader(std::move(xml), limits, seen).run();
}

}  // namespace wujin::documents
