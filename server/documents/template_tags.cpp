#include "documents/template_tags.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::size_t longest_tag = 120;  // bytes; anything longer is a brace somebody forgot to close
constexpr std::size_t shown_characters = 30;

std::string beginning(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end) {
    const bool starts = (static_cast<unsigned char>(text[end]) & 0xc0u) != 0x80u;
    if (starts && count++ == shown_characters) return std::string(text.substr(0, end)) + "…";
  }
  return std::string(text);
}

pugi::xml_node paragraph_of(pugi::xml_node node) {
  while (node && std::string_view(node.name()) != "w:p") node = node.parent();
  return node;
}

// "75x56", in millimetres, as {%photo 75x56} names it.
std::optional<PictureBox> parse_box(std::string_view text) {
  PictureBox box;
  const char* end = text.data() + text.size();
  const auto width = std::from_chars(text.data(), end, box.width);
  if (width.ec != std::errc() || width.ptr == end || (*width.ptr != 'x' && *width.ptr != 'X')) return std::nullopt;
  const auto height = std::from_chars(width.ptr + 1, end, box.height);
  const bool sensible = box.width >= 5 && box.width <= 400 && box.height >= 5 && box.height <= 400;
  if (height.ec != std::errc() || height.ptr != end || !sensible) return std::nullopt;
  return box;
}

// Reads the inside of the braces into kind, name and box.
bool parse_tag(std::string_view inside, Tag& tag) {
  inside = trimmed(inside);
  if (inside.starts_with("%%")) {
    tag.kind = Tag::Kind::centred_picture;
    inside.remove_prefix(2);
  } else if (!inside.empty()) {
    const auto kind = std::string_view("#^/%").find(inside.front());
    constexpr Tag::Kind kinds[] = {Tag::Kind::open, Tag::Kind::open_if_empty, Tag::Kind::close, Tag::Kind::picture};
    if (kind != std::string_view::npos) {
      tag.kind = kinds[kind];
      inside.remove_prefix(1);
    }
  }
  inside = trimmed(inside);
  const bool is_picture = tag.kind == Tag::Kind::picture || tag.kind == Tag::Kind::centred_picture;
  const auto space = inside.find(' ');
  if (is_picture && space != std::string_view::npos) {
    tag.box = parse_box(trimmed(inside.substr(space)));
    if (!tag.box) return false;
    inside = inside.substr(0, space);
  }
  tag.name = inside;
  if (tag.kind == Tag::Kind::close) return inside.find(' ') == std::string_view::npos;
  if (inside.empty() || inside.find_first_of(" \t") != std::string_view::npos) return false;
  // Sigils that docxtemplater gives a meaning this program does not have.
  return std::string_view("@~$:>!=?*&-").find(inside.front()) == std::string_view::npos;
}

struct Piece {
  std::string text;
  std::optional<std::size_t> tag;
};

// The text nodes of one paragraph as one string, and what each becomes.
struct ParagraphText {
  pugi::xml_node paragraph;
  std::vector<pugi::xml_node> nodes;
  std::vector<std::size_t> starts;
  std::vector<std::vector<Piece>> pieces;
  std::string text;
  int number = 0;

  std::size_t node_at(std::size_t offset) const {
    return static_cast<std::size_t>(std::upper_bound(starts.begin(), starts.end(), offset) - starts.begin()) - 1;
  }
  // Hands text[from, to) back to the nodes it came from.
  void keep(std::size_t from, std::size_t to) {
    while (from < to) {
      const auto node = node_at(from);
      const auto end = node + 1 < starts.size() ? std::min(to, starts[node + 1]) : to;
      pieces[node].push_back({text.substr(from, end - from), std::nullopt});
      from = end;
    }
  }
};

class TagFinder {
 public:
  TagFinder(const std::string& part, std::vector<Fault>& faults) : part_(part), faults_(faults) {}

  void read(ParagraphText& paragraph) {
    std::size_t done = 0;
    std::size_t at = 0;
    while ((at = paragraph.text.find_first_of("{}", at)) != std::string::npos) {
      if (paragraph.text[at] == '}') {
        faults_.push_back(fault_of(at_place(paragraph, "}"), ProblemCode::tag_brace_close));
        ++at;
        continue;
      }
      const auto close = paragraph.text.find_first_of("{}", at + 1);
      if (close == std::string::npos || paragraph.text[close] == '{' || close - at > longest_tag) {
        faults_.push_back(fault_of(at_place(paragraph, beginning(paragraph.text.substr(at))), ProblemCode::tag_brace_open));
        ++at;
        continue;
      }
      Tag tag = at_place(paragraph, paragraph.text.substr(at, close + 1 - at));
      paragraph.keep(done, at);
      done = at = close + 1;
      if (!parse_tag(std::string_view(tag.written).substr(1, tag.written.size() - 2), tag)) {
        faults_.push_back(fault_of(tag, ProblemCode::tag_unsupported));
        continue;
      }
      paragraph.pieces[paragraph.node_at(close - tag.written.size() + 1)].push_back({"", tags_.size()});
      tags_.push_back(std::move(tag));
    }
    paragraph.keep(done, paragraph.text.size());
    look_for_full_width(paragraph);
  }

  // Cuts the runs so that each tag has a marker of its own.
  void mark(const ParagraphText& paragraph) {
    for (std::size_t i = 0; i < paragraph.nodes.size(); ++i) {
      const auto& pieces = paragraph.pieces[i];
      const bool has_tag = std::any_of(pieces.begin(), pieces.end(), [](const Piece& piece) { return piece.tag.has_value(); });
      if (has_tag) {
        cut(paragraph.nodes[i], pieces);
      } else {
        std::string text;
        for (const Piece& piece : pieces) text += piece.text;
        set_text(paragraph.nodes[i], text);
      }
    }
  }

  std::vector<Tag> take() { return std::move(tags_); }

 private:
  Tag at_place(const ParagraphText& paragraph, std::string written) const {
    Tag tag;
    tag.written = std::move(written);
    tag.part = part_;
    tag.paragraph = paragraph.number;
    tag.text = beginning(paragraph.text);
    tag.paragraph_node = paragraph.paragraph;
    return tag;
  }

  // Chinese keyboards make these by default, and the form then prints its own tags.
  void look_for_full_width(const ParagraphText& paragraph) {
    constexpr std::string_view open = "｛";
    constexpr std::string_view close = "｝";
    for (std::size_t at = 0; (at = paragraph.text.find(open, at)) != std::string::npos; at += open.size()) {
      const auto end = paragraph.text.find(close, at);
      if (end == std::string::npos || end - at > longest_tag) continue;
      const auto inside = trimmed(std::string_view(paragraph.text).substr(at + open.size(), end - at - open.size()));
      const bool reads_as_tag = !inside.empty() && inside.find_first_not_of(
                                                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                       "0123456789_.#^/%") == std::string_view::npos;
      if (!reads_as_tag) continue;
      faults_.push_back(
          fault_of(at_place(paragraph, paragraph.text.substr(at, end + close.size() - at)), ProblemCode::tag_full_width));
    }
  }

  static void set_text(pugi::xml_node node, const std::string& text) {
    node.text().set(text.c_str());
    if (!node.attribute("xml:space")) node.append_attribute("xml:space") = "preserve";
  }

  static pugi::xml_node run_before(pugi::xml_node run) {
    auto fresh = run.parent().insert_child_before("w:r", run);
    if (const auto properties = run.child("w:rPr")) fresh.append_copy(properties);
    return fresh;
  }

  // What stood before the text node in its run moves to a run before, what stood after it stays.
  void cut(pugi::xml_node text_node, const std::vector<Piece>& pieces) {
    pugi::xml_node run = text_node.parent();
    const auto properties = run.child("w:rPr");
    pugi::xml_node before;
    for (auto child = run.first_child(); child && child != text_node;) {
      const auto next = child.next_sibling();
      if (child != properties) {
        if (!before) before = run_before(run);
        before.append_move(child);
      }
      child = next;
    }
    for (const Piece& piece : pieces) {
      if (piece.tag) {
        auto marker = run.parent().insert_child_before(marker_name.data(), run);
        marker.append_attribute("n") = static_cast<unsigned>(*piece.tag);
        if (properties) marker.append_copy(properties);
      } else if (!piece.text.empty()) {
        set_text(run_before(run).append_child("w:t"), piece.text);
      }
    }
    run.remove_child(text_node);
    const auto left = run.first_child();
    if (!left || (left == properties && !left.next_sibling())) run.parent().remove_child(run);
  }

  const std::string& part_;
  std::vector<Fault>& faults_;
  std::vector<Tag> tags_;
};

// A text box is drawn inside a paragraph and has paragraphs of its own: each text belongs to the innermost.
std::vector<ParagraphText> read_paragraphs(pugi::xml_node root) {
  std::vector<ParagraphText> paragraphs;
  std::map<pugi::xml_node, std::size_t> places;
  for (pugi::xml_node node = root; node; node = next_in_order(node, root)) {
    const std::string_view name = node.name();
    if (name == "w:p") {
      places[node] = paragraphs.size();
      paragraphs.emplace_back();
      paragraphs.back().paragraph = node;
      paragraphs.back().number = static_cast<int>(paragraphs.size());
    }
    if (name != "w:t" || std::string_view(node.parent().name()) != "w:r") continue;
    const auto place = places.find(paragraph_of(node));
    if (place == places.end()) continue;
    ParagraphText& paragraph = paragraphs[place->second];
    const std::string_view text = node.text().get();
    if (text.empty()) continue;
    paragraph.nodes.push_back(node);
    paragraph.starts.push_back(paragraph.text.size());
    paragraph.pieces.emplace_back();
    paragraph.text += text;
  }
  return paragraphs;
}

// A text box inside a paragraph is read after that paragraph, but stands within it.
std::vector<Tag> in_document_order(pugi::xml_node root, std::vector<Tag> tags) {
  std::vector<Tag> ordered;
  for (pugi::xml_node node = root; node; node = next_in_order(node, root)) {
    if (node.name() != marker_name) continue;
    Tag& tag = tags[node.attribute("n").as_uint()];
    tag.node = node;
    node.attribute("n") = static_cast<unsigned>(ordered.size());
    ordered.push_back(std::move(tag));
  }
  return ordered;
}

}  // namespace

Fault fault_of(const Tag& tag, ProblemCode code, std::vector<ProblemParameter> more) {
  std::vector<ProblemParameter> parameters = {
      {"tag", tag.written}, {"part", tag.part}, {"paragraph", std::to_string(tag.paragraph)}, {"text", tag.text}};
  std::move(more.begin(), more.end(), std::back_inserter(parameters));
  return {tag.part + "[" + std::to_string(tag.paragraph) + "]", code, std::move(parameters)};
}

std::vector<Tag> find_tags(pugi::xml_node root, const std::string& part, std::vector<Fault>& faults) {
  TagFinder finder(part, faults);
  auto paragraphs = read_paragraphs(root);
  for (ParagraphText& paragraph : paragraphs) {
    if (paragraph.text.find_first_of("{}") == std::string::npos && paragraph.text.find("｛") == std::string::npos) continue;
    finder.read(paragraph);
    finder.mark(paragraph);
  }
  return in_document_order(root, finder.take());
}

}  // namespace wujin::documents
