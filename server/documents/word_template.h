#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "documents/known_tags.h"
#include "documents/value.h"
#include "documents/word_package.h"
#include "documents/zip_writer.h"

namespace wujin::documents {

// A Word form with tags in it, read once and filled as often as wanted, from any thread. Its tags follow docxtemplater's rules
// (docs/templates.zh-CN.md): {tag}, {#list}…{/list}, {^list}…{/list}, {%picture}, {%%picture}, {.}; a name is looked for in the
// innermost loop first, then outwards; the document body, headers, footers and notes are filled.
class WordTemplate {
 public:
  // Reads a .docx from a stranger. Errors: a template_* problem for a file that is not to be used at all; a validation problem
  // with one fault for each wrong tag, its field such as "document[12]" and its parameters naming the tag, its paragraph's number
  // and text. Given `known`, tags outside it are faults too.
  static Result<WordTemplate> load(std::string_view bytes, const KnownTags* known = nullptr);

  // Writes the filled form to `sink`, pictures read one at a time. Same values, same bytes. A text's line ends become line
  // breaks, its tabs tabs. Errors: template_runaway, before the first byte is written. Throws when a picture's file cannot be
  // read.
  Result<> fill(const Value::Object& values, const DocumentProperties& properties, const Sink& sink) const;
  Result<std::string> fill(const Value::Object& values, const DocumentProperties& properties) const;

 private:
  struct Compiled;
  struct Filling;
  explicit WordTemplate(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  Result<Filling> filled(const Value& values) const;
  void write(const Filling& filling, const DocumentProperties& properties, const Sink& sink) const;

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace wujin::documents
