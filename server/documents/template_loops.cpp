#include "documents/template_loops.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "base/text.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::size_t deepest_loop = 12;

bool opens(const Tag& tag) { return tag.kind == Tag::Kind::open || tag.kind == Tag::Kind::open_if_empty; }
bool is_loop_tag(const Tag& tag) { return opens(tag) || tag.kind == Tag::Kind::close; }
bool is_named(pugi::xml_node node, std::string_view name) { return node.name() == name; }

struct Pair {
  std::size_t open;
  std::size_t close;
};

// What a name means where a tag stands: looked for in the innermost loop first, then outwards.
class Scopes {
 public:
  explicit Scopes(const KnownTags& known) { levels_.push_back(&known); }

  const KnownTag* find(std::string_view name) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
      for (const KnownTag& tag : **level) {
        if (tag.name == name) return &tag;
      }
    }
    return nullptr;
  }
  void enter(const KnownTag* tag) { levels_.push_back(tag != nullptr ? &tag->inside : &nothing_); }
  void leave() { levels_.pop_back(); }

 private:
  KnownTags nothing_;
  std::vector<const KnownTags*> levels_;
};

class Pairing {
 public:
  Pairing(std::vector<Tag>& tags, const KnownTags* known, std::vector<Fault>& faults)
      : tags_(tags), known_(known), scopes_(known != nullptr ? *known : no_tags_), faults_(faults) {}

  std::vector<Pair> run() {
    for (std::size_t i = 0; i < tags_.size(); ++i) {
      if (tags_[i].kind == Tag::Kind::close) {
        close(i);
      } else {
        judge_name(tags_[i]);
        if (opens(tags_[i])) open(i);
      }
    }
    while (!open_.empty()) give_up_innermost();
    std::sort(pairs_.begin(), pairs_.end(), [](const Pair& a, const Pair& b) { return a.open < b.open; });
    return std::move(pairs_);
  }

 private:
  void fault(const Tag& tag, ProblemCode code, std::vector<ProblemParameter> more = {}) {
    faults_.push_back(fault_of(tag, code, std::move(more)));
  }

  void open(std::size_t index) {
    const Tag& tag = tags_[index];
    const bool in_itself =
        tag.kind == Tag::Kind::open && tag.name != "." && std::any_of(open_.begin(), open_.end(), [&](std::size_t outer) {
          return tags_[outer].kind == Tag::Kind::open && tags_[outer].name == tag.name;
        });
    if (in_itself || open_.size() >= deepest_loop) fault(tag, ProblemCode::tag_nested);
    open_.push_back(index);
    scopes_.enter(tag.kind == Tag::Kind::open ? scopes_.find(tag.name) : nullptr);
  }

  void close(std::size_t index) {
    const Tag& tag = tags_[index];
    const auto matching = std::find_if(open_.rbegin(), open_.rend(),
                                       [&](std::size_t open) { return tag.name.empty() || tags_[open].name == tag.name; });
    if (matching == open_.rend()) return fault(tag, ProblemCode::tag_unopened);
    while (open_.back() != *matching) give_up_innermost();
    pairs_.push_back({open_.back(), index});
    open_.pop_back();
    scopes_.leave();
  }

  void give_up_innermost() {
    fault(tags_[open_.back()], ProblemCode::tag_unclosed);
    open_.pop_back();
    scopes_.leave();
  }

  void judge_name(const Tag& tag) {
    if (tag.name == ".") {
      if (open_.empty()) fault(tag, ProblemCode::tag_unknown);
      return;
    }
    if (known_ == nullptr) return;
    const KnownTag* known = scopes_.find(tag.name);
    if (known == nullptr) return fault(tag, ProblemCode::tag_unknown);
    using Kind = KnownTag::Kind;
    const bool shows_picture = tag.kind == Tag::Kind::picture || tag.kind == Tag::Kind::centred_picture;
    if (shows_picture != (known->kind == Kind::picture) && !opens(tag)) {
      return fault(tag, ProblemCode::tag_wrong_kind, {{"expected", expected(*known)}});
    }
    if (tag.kind == Tag::Kind::text && known->kind != Kind::text) {
      fault(tag, ProblemCode::tag_wrong_kind, {{"expected", expected(*known)}});
    }
  }

  static std::string expected(const KnownTag& known) {
    switch (known.kind) {
      case KnownTag::Kind::text:
        return "{" + known.name + "}";
      case KnownTag::Kind::picture:
        return "{%" + known.name + "}";
      default:
        return "{#" + known.name + "}…{/" + known.name + "}";
    }
  }

  std::vector<Tag>& tags_;
  const KnownTags* known_;
  KnownTags no_tags_;
  Scopes scopes_;
  std::vector<Fault>& faults_;
  std::vector<std::size_t> open_;
  std::vector<Pair> pairs_;
};

std::vector<pugi::xml_node> ancestors(pugi::xml_node node) {
  std::vector<pugi::xml_node> chain;
  for (; node; node = node.parent()) chain.push_back(node);
  std::reverse(chain.begin(), chain.end());
  return chain;
}

// Where the ways from the root to both markers part.
struct Fork {
  pugi::xml_node common;
  pugi::xml_node open_branch;
  pugi::xml_node close_branch;
};

Fork fork_of(const Tag& open, const Tag& close) {
  const auto a = ancestors(open.node);
  const auto b = ancestors(close.node);
  std::size_t i = 0;
  while (i + 1 < a.size() && i + 1 < b.size() && a[i] == b[i]) ++i;
  return {a[i - 1], a[i], b[i]};
}

class Arranging {
 public:
  Arranging(std::vector<Tag>& tags, std::vector<Pair> pairs, std::vector<Fault>& faults)
      : tags_(tags), pairs_(std::move(pairs)), faults_(faults) {}

  void run() {
    std::vector<Pair> blocks;
    std::vector<Pair> rows;
    for (const Pair& pair : pairs_) {
      const Tag& open = tags_[pair.open];
      const Tag& close = tags_[pair.close];
      if (open.paragraph_node == close.paragraph_node && open.node.parent() == close.node.parent()) continue;
      const Fork fork = fork_of(open, close);
      if (is_named(fork.common, "w:tr") || is_named(fork.common, "w:tbl")) {
        rows.push_back(pair);
      } else if (open.node.parent() == open.paragraph_node && close.node.parent() == close.paragraph_node &&
                 fork.open_branch == open.paragraph_node && fork.close_branch == close.paragraph_node) {
        blocks.push_back(pair);
      } else {
        faults_.push_back(fault_of(open, ProblemCode::tag_across));
      }
    }
    for (const Pair& pair : rows) move_around_rows(pair);
    drop_paragraphs(blocks);
  }

 private:
  void move_around_rows(const Pair& pair) {
    Tag& open = tags_[pair.open];
    Tag& close = tags_[pair.close];
    Fork fork = fork_of(open, close);
    if (is_named(fork.common, "w:tr")) fork.open_branch = fork.close_branch = fork.common;
    pugi::xml_node table = fork.open_branch.parent();
    open.node = table.insert_move_before(open.node, fork.open_branch);
    close.node = table.insert_move_after(close.node, fork.close_branch);
  }

  // A paragraph goes when it holds nothing but loop tags whose other ends stand in such paragraphs too.
  void drop_paragraphs(const std::vector<Pair>& blocks) {
    std::set<pugi::xml_node> droppable;
    for (const Pair& pair : blocks) {
      for (const auto index : {pair.open, pair.close}) {
        if (holds_only_loop_tags(tags_[index].paragraph_node)) droppable.insert(tags_[index].paragraph_node);
      }
    }
    std::map<std::size_t, std::size_t> partner;
    for (const Pair& pair : blocks) {
      partner[pair.open] = pair.close;
      partner[pair.close] = pair.open;
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < tags_.size(); ++i) {
        if (!droppable.contains(tags_[i].paragraph_node) || tags_[i].node.parent() != tags_[i].paragraph_node) continue;
        const auto other = partner.find(i);
        if (other != partner.end() && droppable.contains(tags_[other->second].paragraph_node)) continue;
        droppable.erase(tags_[i].paragraph_node);
        changed = true;
      }
    }
    for (auto paragraph : droppable) unwrap(paragraph);
  }

  static bool holds_only_loop_tags(pugi::xml_node paragraph) {
    if (paragraph.child("w:pPr").child("w:sectPr")) return false;
    for (const auto child : paragraph.children()) {
      const std::string_view name = child.name();
      const bool is_harmless = name == "w:pPr" || name == marker_name || name == "w:proofErr" || name == "w:bookmarkStart" ||
                               name == "w:bookmarkEnd" || name.starts_with("w:comment") || child.type() == pugi::node_pcdata;
      if (!is_harmless && !is_blank_run(child)) return false;
    }
    return true;
  }

  static bool is_blank_run(pugi::xml_node run) {
    if (!is_named(run, "w:r")) return false;
    for (const auto child : run.children()) {
      const std::string_view name = child.name();
      const bool is_blank = name == "w:rPr" || name == "w:commentReference" || name == "w:lastRenderedPageBreak" ||
                            child.type() == pugi::node_pcdata || (name == "w:t" && trimmed(child.text().get()).empty());
      if (!is_blank) return false;
    }
    return true;
  }

  static void unwrap(pugi::xml_node paragraph) {
    auto container = paragraph.parent();
    for (auto child = paragraph.first_child(); child;) {
      const auto next = child.next_sibling();
      if (child.name() == marker_name) container.insert_move_before(child, paragraph);
      child = next;
    }
    container.remove_child(paragraph);
  }

  std::vector<Tag>& tags_;
  std::vector<Pair> pairs_;
  std::vector<Fault>& faults_;
};

// {%%picture} takes the whole paragraph; neither kind may stand where Word draws no picture.
void judge_pictures(const std::vector<Tag>& tags, std::vector<Fault>& faults) {
  for (const Tag& tag : tags) {
    if (tag.kind != Tag::Kind::picture && tag.kind != Tag::Kind::centred_picture) continue;
    bool is_misplaced = !is_named(tag.node.parent(), "w:p") && !is_named(tag.node.parent(), "w:hyperlink");
    if (tag.kind == Tag::Kind::centred_picture) {
      for (const auto child : tag.paragraph_node.children()) {
        const bool is_other_tag = child.name() == marker_name && child != tag.node;
        const bool has_text = is_named(child, "w:r") && !trimmed(child.child("w:t").text().get()).empty();
        is_misplaced = is_misplaced || has_text || (is_other_tag && !is_loop_tag(tags[child.attribute("n").as_uint()]));
      }
    }
    if (is_misplaced) faults.push_back(fault_of(tag, ProblemCode::tag_misplaced));
  }
}

}  // namespace

void arrange_loops(std::vector<Tag>& tags, const KnownTags* known, std::vector<Fault>& faults) {
  const auto before = faults.size();
  auto pairs = Pairing(tags, known, faults).run();
  judge_pictures(tags, faults);
  if (faults.size() == before) Arranging(tags, std::move(pairs), faults).run();
}

}  // namespace wujin::documents
