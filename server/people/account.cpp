#include "people/account.h"

#include <algorithm>

#include <boost/mp11/algorithm.hpp>

#include "base/text.h"

namespace wujin::people {
namespace {

constexpr std::size_t longest_name = 64;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

Problem too_long(std::string_view field) {
  return Problem::at(std::string(field), ProblemCode::too_long, {{"limit", std::to_string(longest_name)}});
}

}  // namespace

std::string_view tag_of(Language language) { return language == Language::english ? "en" : "zh-CN"; }

std::optional<Language> language_of(std::string_view tag) {
  if (tag == "zh-CN") return Language::chinese;
  if (tag == "en") return Language::english;
  return std::nullopt;
}

std::string_view name_of(Role role) { return boost::describe::enum_to_string(role, ""); }

std::optional<Role> role_of(std::string_view name) {
  std::optional<Role> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto enumerator) {
    if (name == enumerator.name) found = enumerator.value;
  });
  return found;
}

Result<std::string> checked_display_name(std::string_view text, std::string_view field) {
  const auto name = trimmed(text);
  if (name.empty()) return Problem::at(std::string(field), ProblemCode::required);
  if (count_characters(name) > longest_name) return too_long(field);
  if (std::ranges::any_of(name, is_control)) return Problem::at(std::string(field), ProblemCode::not_text);
  return std::string(name);
}

Result<std::string> checked_login(std::string_view text, std::string_view field) {
  const auto login = trimmed(text);
  if (login.empty()) return Problem::at(std::string(field), ProblemCode::required);
  const auto length = count_characters(login);
  if (length < 2) return Problem::at(std::string(field), ProblemCode::too_short, {{"limit", "2"}});
  if (length > longest_name) return too_long(field);
  const bool has_space = login.find(' ') != std::string_view::npos || login.find("\u3000") != std::string_view::npos ||
                         login.find("\u00A0") != std::string_view::npos;
  if (has_space || std::ranges::any_of(login, is_control)) {
    return Problem::at(std::string(field), ProblemCode::invalid, {{"expected", "zhangsan"}});
  }
  return std::string(login);
}

}  // namespace wujin::people
