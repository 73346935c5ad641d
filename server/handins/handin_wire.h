#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "files/vault.h"
#include "handins/handin.h"
#include "handins/making.h"
#include "http/request.h"
#include "http/response.h"

// What plans and reports say alike on the wire.
namespace wujin::handins {

inline constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

// An empty body stands for an empty object.
template <class T>
Result<T> decode_or_empty(std::string_view body) {
  return trimmed(body).empty() ? Result<T>(T{}) : decode_json<T>(body);
}

// The versions, newest first (contract: VersionList).
http::Response version_list(std::span<const Version> versions);

// The version the path names by its number. Errors: not_found.
Result<Version> version_in(const http::Request& request, std::span<const Version> versions);

// The file as it would be now, made piece by piece and never held in memory. Errors: template_runaway.
Result<http::Response> passing_file(const Making& making, files::Vault& vault);

// What was frozen, word for word.
http::Response frozen_file(const files::Vault& vault, const Version& version, const std::string& file_name);

}  // namespace wujin::handins
