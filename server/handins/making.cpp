#include "handins/making.h"

#include "base/text.h"

namespace wujin::handins {

Result<std::string> make(const Making& making) { return making.form.fill(making.values, making.properties); }

Result<MadeDocument> make_and_keep(const Making& making, files::Vault& vault) {
  const auto writer = vault.write();
  const auto filled = making.form.fill(making.values, making.properties, [&](std::string_view piece) { writer->append(piece); });
  if (!filled) return filled.error();
  return MadeDocument{to_hex(writer->finish().sha256), making.digest};
}

}  // namespace wujin::handins
