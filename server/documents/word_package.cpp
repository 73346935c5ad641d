#include "documents/word_package.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <memory>

#include "documents/package_problem.h"
#include "documents/part_names.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::string_view main_relationship =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
constexpr std::string_view main_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
constexpr std::string_view core_type = "application/vnd.openxmlformats-package.core-properties+xml";
constexpr std::string_view core_relationship =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
constexpr std::string_view root_relationships = "_rels/.rels";

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool is_xml(std::string_view name) { return name.ends_with(".xml") || name.ends_with(".rels"); }

bool is_active(std::string_view name_or_type) {
  const std::string lower = lower_case(name_or_type);
  return contains(lower, "vbaproject") || contains(lower, "vbadata") || contains(lower, "macroenabled") ||
         contains(lower, "activex") || contains(lower, "oleobject") || contains(lower, "/embeddings/");
}

bool is_active_element(std::string_view name) {
  constexpr std::array names = {"w:altChunk", "w:object", "w:control", "o:OLEObject", "w:subDoc", "w:movie"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A field that fetches or runs something when the document is opened.
bool is_fetching_field(std::string_view instruction) {
  constexpr std::array words = {"DDE",    "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE",
                                "IMPORT", "LINK",    "EMBED",       "DATABASE",       "RD"};
  const auto start = instruction.find_first_not_of(" \t\r\n\"");
  if (start == std::string_view::npos) return false;
  const auto end = std::min(instruction.find_first_of(" \t\r\n\\\"", start), instruction.size());
  std::string word(instruction.substr(start, end - start));
  std::transform(word.begin(), word.end(), word.begin(), [](unsigned char letter) { return std::toupper(letter); });
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Word may cut one instruction into many runs, so the pieces of a field are joined before they are judged.
Result<> check_content(const pugi::xml_document& document, const std::string& part) {
  std::string instruction;
  for (pugi::xml_node node = document.first_child(); node; node = next_in_order(node, document.root())) {
    const std::string_view name = node.name();
    if (is_active_element(name)) return about(ProblemCode::template_active, part + " " + std::string(name));
    if (name == "w:instrText") instruction += node.child_value();
    if (name == "w:fldSimple" && is_fetching_field(node.attribute("w:instr").value())) {
      return about(ProblemCode::template_external, node.attribute("w:instr").value());
    }
    if (name == "w:fldChar") {
      if (is_fetching_field(instruction)) return about(ProblemCode::template_external, instruction);
      instruction.clear();
    }
  }
  if (is_fetching_field(instruction)) return about(ProblemCode::template_external, instruction);
  return {};
}

bool is_plain_link(pugi::xml_node relationship) {
  const std::string target = lower_case(relationship.attribute("Target").value());
  return std::string_view(relationship.attribute("Type").value()).ends_with("/hyperlink") &&
         (target.starts_with("https://") || target.starts_with("http://") || target.starts_with("mailto:"));
}

// A link that a person must click is let through; whatever Word would fetch by itself is not.
Result<> check_relationships(const pugi::xml_document& document) {
  for (const auto relationship : document.document_element().children("Relationship")) {
    const std::string_view target = relationship.attribute("Target").value();
    if (is_active(relationship.attribute("Type").value()) || is_active(target))
      return about(ProblemCode::template_active, target);
    if (std::string_view(relationship.attribute("TargetMode").value()) == "External") {
      if (!is_plain_link(relationship)) return about(ProblemCode::template_external, target);
    } else if (contains(target, "..\\") || contains(target, "../../") || contains(target, ":")) {
      return about(ProblemCode::template_unsafe_path, target);
    }
  }
  return {};
}

Result<> check_entries(const ZipEntries& entries) {
  for (const auto& [name, bytes] : entries) {
    if (is_active("/" + name)) return about(ProblemCode::template_active, name);
    if (!is_xml(name)) continue;
    pugi::xml_document document;
    if (auto parsed = parse_part(document, bytes, name); !parsed) return parsed.error();
    auto judged = name.ends_with(".rels") ? check_relationships(document) : check_content(document, name);
    if (!judged) return judged.error();
  }
  return {};
}

// Relative to the folder of the part that owns the relationship, or to the root.
std::string resolved(std::string_view folder, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::string base(folder);
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    if (!base.empty()) base.pop_back();
    base.resize(base.rfind('/') == std::string::npos ? 0 : base.rfind('/') + 1);
  }
  return base + std::string(target);
}

// The package's table of contents and its two lists that cleaning rewrites.
class Cleaning {
 public:
  explicit Cleaning(ZipEntries& entries) : entries_(entries) {}

  Result<WordPackage> run() {
    if (!load(types_, content_types_name) || !load(root_, root_relationships)) return Problem(ProblemCode::template_not_word);
    std::string main;
    for (const auto relationship : root_.document_element().children("Relationship")) {
      if (relationship.attribute("Type").value() == main_relationship) {
        main = resolved("", relationship.attribute("Target").value());
      }
    }
    for (const auto override : types_.document_element().children("Override")) {
      if (is_active(override.attribute("ContentType").value())) {
        return about(ProblemCode::template_active, override.attribute("PartName").value());
      }
    }
    if (main.empty() || !entries_.contains(main) || type_of(main) != main_type) {
      return Problem(ProblemCode::template_not_word);
    }
    drop_comments(main);
    replace_properties();
    allow_pictures();
    WordPackage package;
    package.fillable = fillable(main);
    entries_[std::string(content_types_name)] = whole_xml(types_);
    entries_[std::string(root_relationships)] = whole_xml(root_);
    package.first_free_picture = first_free_picture();
    package.entries = std::move(entries_);
    return package;
  }

 private:
  bool load(pugi::xml_document& document, std::string_view name) const {
    const auto found = entries_.find(name);
    return found != entries_.end() && parse_part(document, found->second, found->first);
  }

  std::string type_of(const std::string& part) const {
    const auto override = types_.document_element().find_child_by_attribute("Override", "PartName", ("/" + part).c_str());
    return override.attribute("ContentType").value();
  }

  void drop_part(const std::string& part) {
    entries_.erase(part);
    types_.document_element().remove_child(
        types_.document_element().find_child_by_attribute("Override", "PartName", ("/" + part).c_str()));
  }

  // Comments are notes to whoever edits the form; a filled form carries none.
  void drop_comments(const std::string& main) {
    const std::string name = relationships_name(main);
    pugi::xml_document relationships;
    if (!load(relationships, name)) return;
    auto list = relationships.document_element();
    for (auto relationship = list.first_child(); relationship;) {
      const auto next = relationship.next_sibling();
      const std::string type = lower_case(relationship.attribute("Type").value());
      if (contains(type, "/comments") || type.ends_with("/people")) {
        drop_part(resolved(main.substr(0, main.rfind('/') + 1), relationship.attribute("Target").value()));
        list.remove_child(relationship);
      }
      relationship = next;
    }
    entries_[name] = whole_xml(relationships);
  }

  void replace_properties() {
    auto list = root_.document_element();
    for (auto relationship = list.first_child(); relationship;) {
      const auto next = relationship.next_sibling();
      const std::string_view type = relationship.attribute("Type").value();
      if (type.ends_with("/core-properties") || type.ends_with("/extended-properties") || type.ends_with("/custom-properties") ||
          type.ends_with("/thumbnail")) {
        drop_part(resolved("", relationship.attribute("Target").value()));
        list.remove_child(relationship);
      }
      relationship = next;
    }
    auto relationship = list.append_child("Relationship");
    relationship.append_attribute("Id") = "rIdProperties";
    relationship.append_attribute("Type") = core_relationship.data();
    relationship.append_attribute("Target") = core_properties_name.data();
    drop_part(std::string(core_properties_name));
    auto override = types_.document_element().append_child("Override");
    override.append_attribute("PartName") = ("/" + std::string(core_properties_name)).c_str();
    override.append_attribute("ContentType") = core_type.data();
  }

  void allow_pictures() {
    auto list = types_.document_element();
    for (const auto& [extension, type] : {std::pair{"jpg", "image/jpeg"}, std::pair{"png", "image/png"}}) {
      if (list.find_child_by_attribute("Default", "Extension", extension)) continue;
      auto entry = list.prepend_child("Default");
      entry.append_attribute("Extension") = extension;
      entry.append_attribute("ContentType") = type;
    }
  }

  std::vector<std::string> fillable(const std::string& main) const {
    constexpr std::array kinds = {"header+xml", "footer+xml", "footnotes+xml", "endnotes+xml"};
    std::vector<std::string> parts = {main};
    for (const auto override : types_.document_element().children("Override")) {
      const std::string_view name = override.attribute("PartName").value();
      const std::string_view type = override.attribute("ContentType").value();
      const bool fits =
          type.starts_with(word_type) && std::find(kinds.begin(), kinds.end(), type.substr(word_type.size())) != kinds.end();
      if (fits && name.starts_with('/') && entries_.contains(name.substr(1))) parts.emplace_back(name.substr(1));
    }
    std::sort(parts.begin() + 1, parts.end());
    return parts;
  }

  // A filled form may itself become a template: its pictures keep their names.
  int first_free_picture() const {
    constexpr std::string_view prefix = "word/media/picture";
    int free = 1;
    for (const auto& [name, bytes] : entries_) {
      if (!name.starts_with(prefix)) continue;
      int number = 0;
      std::from_chars(name.data() + prefix.size(), name.data() + name.size(), number);
      free = std::max(free, std::min(number, 1'000'000) + 1);
    }
    return free;
  }

  ZipEntries& entries_;
  pugi::xml_document types_;
  pugi::xml_document root_;
};

}  // namespace

Result<WordPackage> open_word_package(std::string_view bytes) {
  auto entries = read_zip(bytes);
  if (!entries) return entries.error();
  if (auto checked = check_entries(*entries); !checked) return checked.error();
  return Cleaning(*entries).run();
}

std::string relationships_name(std::string_view part) {
  const auto slash = part.rfind('/');
  const auto folder = slash == std::string_view::npos ? std::string_view() : part.substr(0, slash + 1);
  return std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

std::string core_properties(const DocumentProperties& properties) {
  std::string out(xml_declaration);
  out +=
      "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\""
      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>";
  append_escaped(out, properties.title);
  out += "</dc:title><dc:creator>";
  append_escaped(out, properties.author);
  out += "</dc:creator></cp:coreProperties>";
  return out;
}

}  // namespace wujin::documents
