#include "handins/handin_wire.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <vector>

#include "base/number.h"
#include "files/digests.h"
#include "files/passing_file.h"

namespace wujin::handins {
namespace {

struct VersionList {
  std::vector<VersionAnswer> items;
};
BOOST_DESCRIBE_STRUCT(VersionList, (), (items))

}  // namespace

http::Response version_list(std::span<const Version> versions) {
  VersionList list{answers_of(versions)};
  std::ranges::reverse(list.items);
  return http::Response::of(list);
}

Result<Version> version_in(const http::Request& request, std::span<const Version> versions) {
  const auto number = parse_number<int>(request.parameter("number"));
  if (!number) return Problem(ProblemCode::not_found);
  const auto version = std::ranges::find(versions, *number, &Version::number);
  if (version == versions.end()) return Problem(ProblemCode::not_found);
  return *version;
}

Result<http::Response> passing_file(const Making& making, files::Vault& vault) {
  const std::shared_ptr<files::PassingFile> file = vault.pass();
  const auto made = make(making, [&](std::string_view piece) { file->append(piece); });
  if (!made) return made.error();
  http::Response response = http::Response::document("", std::string(word_type), making.file_name);
  response.body = http::FileBody{file->path(), file->size(), file};
  return response;
}

http::Response frozen_file(const files::Vault& vault, const Version& version, const std::string& file_name) {
  http::Response response = http::Response::document("", std::string(word_type), file_name);
  const auto path = vault.path(files::stored_hash(version.sha256));
  response.body = http::FileBody{path, std::filesystem::file_size(path)};
  response.tagged(version.sha256);
  return response;
}

}  // namespace wujin::handins
