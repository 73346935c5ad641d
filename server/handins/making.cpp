#include "handins/making.h"

#include <stdexcept>

#include "base/text.h"
#include "campaigns/form_values.h"
#include "files/digests.h"

namespace wujin::handins {

std::optional<documents::Picture> picture_of(const files::Vault& vault, const std::string& sha256, int width, int height) {
  const std::string bytes = files::stored_hash(sha256);
  if (!vault.exists(bytes)) return std::nullopt;
  documents::Picture picture;
  picture.identity = sha256;
  picture.width = width;
  picture.height = height;
  picture.bytes = vault.path(bytes);
  return picture;
}

void sign(Making& making, const std::string& prepared_by, Instant submitted_at) {
  making.values["prepared_by"] = prepared_by;
  making.values["submitted_on"] = campaigns::whole_date(china_date(submitted_at));
}

void sign(Making& making, std::span<const Version> versions) {
  if (versions.empty() || is_changed(versions, making.digest)) return;
  const Version& newest = versions.back();
  const bool is_accepted = newest.state == VersionState::accepted;
  if (!is_accepted && newest.state != VersionState::submitted) return;
  sign(making, newest.by_name, newest.submitted_at);
  if (is_accepted) making.values["reviewed_by"] = newest.decided_by.value_or("");
}

Result<> make(const Making& making, const documents::Sink& sink) {
  return making.form.fill(making.values, making.properties, sink);
}

Result<std::string> make(const Making& making) { return making.form.fill(making.values, making.properties); }

Result<MadeDocument> make_and_keep(const Making& making, files::Vault& vault) {
  const auto writer = vault.write();
  const auto filled = making.form.fill(making.values, making.properties, [&](std::string_view piece) { writer->append(piece); });
  if (!filled) return filled.error();
  return MadeDocument{to_hex(writer->finish().sha256), making.digest};
}

}  // namespace wujin::handins
