#include "documents/word_template.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "documents/chart_xml.h"
#include "documents/filling.h"
#include "documents/template_loops.h"
#include "documents/template_steps.h"
#include "documents/template_tags.h"
#include "documents/xml.h"

namespace wujin::documents {
namespace {

constexpr std::size_t usual_rest = std::size_t{64} * 1024;  // of a file: what no filling alters, and its directory

constexpr std::string_view no_relationships =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";

struct CompiledPart {
  std::string name;
  std::vector<Step> steps;
  std::string relationships;  // the whole list of the template, to which a document's pictures are added
};

// word/header1.xml → header1
std::string short_name(std::string_view part) {
  const auto slash = part.rfind('/');
  return std::string(part.substr(slash == std::string_view::npos ? 0 : slash + 1, part.rfind('.') - slash - 1));
}

// The faults of a text box stand in the file twice, for old and new versions of Word; they are told once.
void drop_repeated(std::vector<Fault>& faults) {
  std::vector<Fault> told;
  for (Fault& fault : faults) {
    const bool is_told = std::any_of(told.begin(), told.end(), [&](const Fault& other) {
      return other.code == fault.code && other.parameters == fault.parameters;
    });
    if (!is_told) told.push_back(std::move(fault));
  }
  faults = std::move(told);
}

Result<std::vector<Step>> compile_part(const std::string& name, std::string_view bytes, const KnownTags* known,
                                       std::vector<Fault>& faults) {
  pugi::xml_document document;
  if (auto parsed = parse_part(document, bytes, name); !parsed) return parsed.error();
  const auto root = document.document_element();
  if (!std::string_view(root.name()).starts_with("w:")) return Problem(ProblemCode::template_not_word);
  const auto before = faults.size();
  auto tags = find_tags(root, short_name(name), faults);
  arrange_loops(tags, known, faults);
  return faults.size() == before ? compile(root, tags) : std::vector<Step>();
}

std::string with_drawings(const std::string& relationships, const FilledPart& filled, const EmbeddedPictures& pictures) {
  if (filled.pictures.empty() && filled.charts.empty()) return relationships;
  constexpr std::string_view end = "</Relationships>";
  std::string out = relationships.substr(0, relationships.rfind(end));
  for (const std::size_t place : filled.pictures) {
    out += "<Relationship Id=\"" + pictures.relationship(place) +
           "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"" +
           pictures.file(place) + "\"/>";
  }
  for (const std::size_t place : filled.charts) {
    out += "<Relationship Id=\"" + EmbeddedPictures::chart_relationship(place) +
           "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart\" Target=\"" +
           EmbeddedPictures::chart_file(place) + "\"/>";
  }
  out += end;
  return out;
}

// The figures of a chart, which Office opens when somebody edits them.
std::string workbook_file(std::size_t place) { return "embeddings/drawn" + std::to_string(place + 1) + ".xlsx"; }

std::string with_charts(const std::string& content_types, std::size_t charts) {
  constexpr std::string_view end = "</Types>";
  std::string out = content_types.substr(0, content_types.rfind(end));
  for (std::size_t place = 0; place < charts; ++place) {
    for (const auto& [file, type] :
         {std::pair{EmbeddedPictures::chart_file(place), chart_type}, std::pair{workbook_file(place), workbook_type}}) {
      out += "<Override PartName=\"/word/" + file + "\" ContentType=\"" + std::string(type) + "\"/>";
    }
  }
  out += end;
  return out;
}

void add_chart(ZipWriter& zip, std::size_t place, const Chart& chart) {
  constexpr std::string_view workbook = "rIdWorkbook";
  const std::string part = "word/" + EmbeddedPictures::chart_file(place);
  zip.add_deflated(part, chart_part(chart, workbook));
  zip.add_deflated(relationships_name(part), chart_relationships(workbook, "../" + workbook_file(place)));
  zip.add_stored("word/" + workbook_file(place), chart_workbook(chart));
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes(static_cast<std::size_t>(std::filesystem::file_size(path)), '\0');
  if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw std::system_error(errno, std::generic_category(), "reading the picture " + path.string());
  }
  return bytes;
}

std::size_t size_of(const Picture& picture) {
  if (const auto* bytes = std::get_if<std::shared_ptr<const std::string>>(&picture.bytes)) return (*bytes)->size();
  return static_cast<std::size_t>(std::filesystem::file_size(std::get<std::filesystem::path>(picture.bytes)));
}

void add_picture(ZipWriter& zip, const std::string& name, const Picture& picture) {
  if (const auto* bytes = std::get_if<std::shared_ptr<const std::string>>(&picture.bytes)) return zip.add_stored(name, **bytes);
  zip.add_stored(name, read_file(std::get<std::filesystem::path>(picture.bytes)));
}

}  // namespace

struct WordTemplate::Compiled {
  std::vector<CompiledPart> parts;
  std::string content_types;  // to which a document's charts are added
  PackedBytes packed_content_types;
  std::vector<std::pair<std::string, PackedBytes>> fixed;  // what no filling alters, packed once
  int first_free_picture = 1;
};

Result<WordTemplate> WordTemplate::load(std::string_view bytes, const KnownTags* known) {
  auto package = open_word_package(bytes);
  if (!package) return package.error();
  auto compiled = std::make_shared<Compiled>();
  compiled->first_free_picture = package->first_free_picture;
  std::vector<Fault> faults;
  for (const std::string& name : package->fillable) {
    auto steps = compile_part(name, package->entries[name], known, faults);
    if (!steps) return steps.error();
    pugi::xml_document relationships;
    const auto found = package->entries.find(relationships_name(name));
    const std::string_view list = found == package->entries.end() ? no_relationships : std::string_view(found->second);
    if (auto parsed = parse_part(relationships, list, relationships_name(name)); !parsed) return parsed.error();
    std::string whole = whole_xml(relationships);
    if (!whole.ends_with("</Relationships>"))
      whole = std::string(xml_declaration) + std::string(no_relationships);  // <Relationships/>
    compiled->parts.push_back({name, std::move(*steps), std::move(whole)});
    package->entries.erase(name);
    package->entries.erase(relationships_name(name));
  }
  if (!faults.empty()) {
    drop_repeated(faults);
    return Problem::of(std::move(faults));
  }
  compiled->content_types = package->entries.extract(std::string(content_types_name)).mapped();
  compiled->packed_content_types = deflated(compiled->content_types);
  for (const auto& [name, content] : package->entries) compiled->fixed.emplace_back(name, deflated(content));
  return WordTemplate(std::move(compiled));
}

// What the values make of the parts; the values must outlive it.
struct WordTemplate::Filling {
  std::vector<FilledPart> parts;
  EmbeddedPictures pictures;

  // What the file will have, a little too much rather than too little: parts that are deflated count as they are.
  std::size_t size_about() const {
    std::size_t size = 0;
    for (const FilledPart& part : parts) size += part.xml.size();
    for (std::size_t place = 0; place < pictures.size(); ++place) size += size_of(pictures.picture(place));
    return size;
  }
};

Result<WordTemplate::Filling> WordTemplate::filled(const Value& values) const {
  Filling filling{{}, EmbeddedPictures(compiled_->first_free_picture)};
  for (const CompiledPart& part : compiled_->parts) {
    auto one = fill_part(part.steps, values, filling.pictures);
    if (!one) return one.error();
    filling.parts.push_back(std::move(*one));
  }
  return filling;
}

void WordTemplate::write(const Filling& filling, const DocumentProperties& properties, const Sink& sink) const {
  const EmbeddedPictures& pictures = filling.pictures;
  ZipWriter zip(sink);
  // Word and mail programs tell a document by its first entry.
  if (pictures.charts().empty()) {
    zip.add(content_types_name, compiled_->packed_content_types);
  } else {
    zip.add_deflated(content_types_name, with_charts(compiled_->content_types, pictures.charts().size()));
  }
  for (const auto& [name, packed] : compiled_->fixed) zip.add(name, packed);
  zip.add_deflated(core_properties_name, core_properties(properties));
  for (std::size_t i = 0; i < filling.parts.size(); ++i) {
    const CompiledPart& part = compiled_->parts[i];
    zip.add_deflated(part.name, filling.parts[i].xml);
    zip.add_deflated(relationships_name(part.name), with_drawings(part.relationships, filling.parts[i], pictures));
  }
  for (std::size_t place = 0; place < pictures.charts().size(); ++place) add_chart(zip, place, *pictures.charts()[place]);
  for (std::size_t place = 0; place < pictures.size(); ++place) {
    add_picture(zip, "word/" + pictures.file(place), pictures.picture(place));
  }
  zip.finish();
}

Result<> WordTemplate::fill(const Value::Object& values, const DocumentProperties& properties, const Sink& sink) const {
  const Value root(values);
  const auto filling = filled(root);
  if (!filling) return filling.error();
  write(*filling, properties, sink);
  return {};
}

Result<std::string> WordTemplate::fill(const Value::Object& values, const DocumentProperties& properties) const {
  const Value root(values);
  const auto filling = filled(root);
  if (!filling) return filling.error();
  std::string bytes;
  bytes.reserve(filling->size_about() + usual_rest);
  write(*filling, properties, [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

}  // namespace wujin::documents
