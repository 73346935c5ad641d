#pragma once

#include <optional>
#include <span>
#include <string>

#include "documents/value.h"
#include "documents/word_package.h"
#include "documents/word_template.h"
#include "files/vault.h"
#include "handins/handin.h"
#include "handins/handins_actions.h"

// The Word file of what is handed in is made away from the database, on a thread of its own, and only then frozen.
namespace wujin::handins {

// Everything the file is made from.
struct Making {
  documents::WordTemplate form;
  documents::Value::Object values;
  documents::DocumentProperties properties;
  std::string file_name;
  std::string digest;  // of the content it is made from
  int undrawn = 0;     // chosen pictures that are here, but whose large rendition is still being drawn
};

// A drawn picture of the vault, for a document: JPEG, upright and without metadata; nothing when the vault no longer has it.
// `sha256` is hexadecimal.
std::optional<documents::Picture> picture_of(const files::Vault& vault, const std::string& sha256, int width, int height);

// Fills the tags of a signature line, which a station may put into its forms (forms.md, section 0): who hands in, and the day.
void sign(Making& making, const std::string& prepared_by, Instant submitted_at);
// The same of what was handed in, with whoever accepted it; a draft that differs from it has none.
void sign(Making& making, std::span<const Version> versions);

// The file as it is made, pictures read one at a time. Errors: template_runaway, before the first byte.
Result<> make(const Making& making, const documents::Sink& sink);
// The file as bytes. Errors: template_runaway.
Result<std::string> make(const Making& making);
// The file in the vault, durable. Errors: template_runaway.
Result<MadeDocument> make_and_keep(const Making& making, files::Vault& vault);

}  // namespace wujin::handins
