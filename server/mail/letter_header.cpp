#include "mail/letter_header.h"

#include <algorithm>
#include <array>
#include <memory>

#include <gmime/gmime.h>

#include "base/text.h"
#include "mail/letter_charset.h"
#include "mail/letter_faults.h"
#include "mail/letter_words.h"
#include "mail/message.h"

namespace wujin::mail {
namespace {

constexpr std::size_t longest_name = 255;
constexpr std::size_t longest_authentication = 2048;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
struct Free {
  void operator()(char* text) const { g_free(text); }
  void operator()(GDateTime* date) const { g_date_time_unref(date); }
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
template <class T>
using Object = std::unique_ptr<T, Unref>;
using Text = std::unique_ptr<char, Free>;

GMimeParserOptions* options() {
  static const std::unique_ptr<GMimeParserOptions, Free> made = [] {
    g_mime_init();
    std::unique_ptr<GMimeParserOptions, Free> fresh(g_mime_parser_options_new());
    const char* charsets[] = {"utf-8", "gb18030", nullptr};
    g_mime_parser_options_set_fallback_charsets(fresh.get(), charsets);
    return fresh;
  }();
  return made.get();
}

std::string taken(const char* text) { return text == nullptr ? std::string() : to_utf8(text); }

// Ready for GMime's parsers, and RFC 2231's charsets as wide as they are used.
std::string prepared(std::string_view value, std::vector<Fault>& faults) {
  const std::string mended = mended_words(value, faults), lowered = lower(mended);
  std::string out;
  for (std::size_t at = 0; at < mended.size();) {
    const std::string_view rest = std::string_view(lowered).substr(at);
    const std::size_t narrow = rest.starts_with("=gb2312'") ? 8 : rest.starts_with("=gbk'") ? 5 : 0;
    if (narrow > 0) out += "=gb18030'";
    if (narrow == 0) out += mended[at];
    at += std::max<std::size_t>(narrow, 1);
  }
  return out;
}

// A quoted string escapes nothing but " and \ in practice; any other \ parts the folders of a Windows path.
std::string with_slashes(std::string value) {
  bool is_quoted = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '"') is_quoted = !is_quoted;
    if (value[at] != '\\' || !is_quoted || at + 1 == value.size()) continue;
    if (value[at + 1] == '"' || value[at + 1] == '\\') {
      ++at;
    } else {
      value[at] = '/';
    }
  }
  return value;
}

// Of continuations that came in another order GMime leaves the charset standing in front.
std::string_view without_charset(std::string_view value) {
  const auto quotes = value.substr(0, 20).find("''");
  if (quotes == std::string_view::npos || quotes == 0) return value;
  const bool is_charset = lower(value.substr(0, quotes)) == "utf-8" || lower(value.substr(0, quotes)).starts_with("gb");
  return is_charset ? value.substr(quotes + 2) : value;
}

void add_values(GMimeParamList* list, std::string_view name, std::vector<std::string>& values) {
  for (int i = 0; list != nullptr && i < g_mime_param_list_length(list); ++i) {
    GMimeParam* param = g_mime_param_list_get_parameter_at(list, i);
    if (lower(taken(g_mime_param_get_name(param))) != name) continue;
    const std::string told = taken(g_mime_param_get_value(param));
    std::string value = clean_name(without_charset(told));
    if (!value.empty()) values.push_back(std::move(value));
  }
}

// A sender who gives the name twice gives one of them for old programs: in ASCII, or garbled.
std::string best_name(const std::vector<std::string>& names) {
  const auto is_garbled = [](const std::string& name) { return name.find("\xEF\xBF\xBD") != std::string::npos; };
  const auto is_plain = [](const std::string& name) { return std::ranges::all_of(name, [](char c) { return c > 0; }); };
  for (const auto& name : names) {
    if (!is_plain(name) && !is_garbled(name)) return name;
  }
  for (const auto& name : names) {
    if (!is_garbled(name)) return name;
  }
  return names.empty() ? std::string() : names.front();
}

bool is_media_type(std::string_view type) {
  const auto slash = type.find('/');
  return slash != std::string_view::npos && slash > 0 && slash + 1 < type.size() && type.size() <= 127 &&
         std::ranges::all_of(type, [](char c) { return c > ' ' && c < 0x7F; });
}

void read_type(const std::string& value, Content& content, std::vector<std::string>& names) {
  const Object<GMimeContentType> type(g_mime_content_type_parse(options(), value.c_str()));
  if (!type) return;
  const Text media_type(g_mime_content_type_get_mime_type(type.get()));
  if (std::string told = lower(taken(media_type.get())); is_media_type(told)) content.media_type = std::move(told);
  content.charset = taken(g_mime_content_type_get_parameter(type.get(), "charset"));
  content.boundary = taken(g_mime_content_type_get_parameter(type.get(), "boundary"));
  add_values(g_mime_content_type_get_parameters(type.get()), "name", names);
}

void read_disposition(const std::string& value, Content& content, std::vector<std::string>& names) {
  const Object<GMimeContentDisposition> disposition(g_mime_content_disposition_parse(options(), value.c_str()));
  if (!disposition) return;
  const std::string kind = lower(taken(g_mime_content_disposition_get_disposition(disposition.get())));
  content.is_inline = kind == "inline";
  content.is_attachment = !kind.empty() && !content.is_inline;
  add_values(g_mime_content_disposition_get_parameters(disposition.get()), "filename", names);
}

const InternetAddressMailbox* first_mailbox(InternetAddressList* list, int depth) {
  for (int i = 0; list != nullptr && depth > 0 && i < internet_address_list_length(list); ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) return INTERNET_ADDRESS_MAILBOX(address);
    if (!INTERNET_ADDRESS_IS_GROUP(address)) continue;
    auto* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
    if (const auto* found = first_mailbox(members, depth - 1)) return found;
  }
  return nullptr;
}

}  // namespace

std::string_view value_of(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? std::string_view() : std::string_view(found->value);
}

Content content_of(const Fields& fields, std::string_view type_when_none, std::vector<Fault>& faults) {
  Content content;
  std::vector<std::string> names;
  const auto disposition = value_of(fields, "content-disposition"), type = value_of(fields, "content-type");
  if (!disposition.empty()) read_disposition(with_slashes(prepared(disposition, faults)), content, names);
  if (trimmed(type).empty()) {
    content.media_type = type_when_none;
  } else if (type.find('/') != std::string_view::npos) {
    read_type(with_slashes(prepared(type, faults)), content, names);
  }
  content.name = best_name(names);
  content.content_id = header_id(value_of(fields, "content-id"));
  const std::string encoding = lower(trimmed(value_of(fields, "content-transfer-encoding")));
  content.encoding = g_mime_content_encoding_from_string(encoding.substr(0, encoding.find_first_of("; \t")).c_str());
  return content;
}

std::string header_text(std::string_view value, std::vector<Fault>& faults) {
  const std::string ready = mended_words(value, faults);
  const Text text(g_mime_utils_header_decode_text(options(), ready.c_str()));
  return one_line(taken(text.get()));
}

Mailbox header_mailbox(std::string_view value, std::vector<Fault>& faults) {
  const std::string ready = mended_words(value, faults);
  const Object<InternetAddressList> list(internet_address_list_parse(options(), ready.c_str()));
  Mailbox mailbox;
  if (const auto* found = first_mailbox(list.get(), 3)) {
    mailbox.name = one_line(taken(internet_address_get_name(&const_cast<InternetAddressMailbox*>(found)->parent_object)));
    mailbox.address = std::string(trimmed(taken(internet_address_mailbox_get_addr(const_cast<InternetAddressMailbox*>(found)))));
  }
  if (!is_address(mailbox.address)) mailbox.address.clear();
  return mailbox;
}

std::optional<Instant> header_date(std::string_view value) {
  options();
  const std::unique_ptr<GDateTime, Free> date(g_mime_utils_header_decode_date(std::string(value).c_str()));
  if (!date) return std::nullopt;
  return Instant(std::chrono::seconds(g_date_time_to_unix(date.get())));
}

std::string header_id(std::string_view value) {
  std::string id = one_line(to_utf8(value));
  if (const auto begin = id.find('<'); begin != std::string::npos) id = id.substr(begin + 1, id.find('>', begin) - begin - 1);
  return std::string(cut(trimmed(id), 998));
}

std::string extension_of(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 || name.size() - dot > 12 ? std::string() : lower(name.substr(dot));
}

std::string clean_name(std::string_view name) {
  std::string out = one_line(name);
  if (const auto slash = out.find_last_of("/\\"); slash != std::string::npos) out.erase(0, slash + 1);
  const auto is_quote = [](char c) { return c == '"'; };
  while (!out.empty() && is_quote(out.front())) out.erase(0, 1);
  while (!out.empty() && is_quote(out.back())) out.pop_back();
  out = std::string(trimmed(out));
  if (out == "." || out == "..") return {};
  if (out.size() <= longest_name) return out;
  const std::string extension = extension_of(out);
  return std::string(cut(out, longest_name - extension.size())) + extension;
}

bool is_automatic(const Fields& fields, std::string_view from) {
  const auto says = [&](std::string_view name) { return lower(trimmed(value_of(fields, name))); };
  const std::string submitted = says("auto-submitted");
  if (!submitted.empty() && trimmed(submitted.substr(0, submitted.find(';'))) != "no") return true;
  const std::string precedence = says("precedence");
  if (precedence == "bulk" || precedence == "junk" || precedence == "list" || precedence == "auto_reply") return true;
  for (const char* name : {"list-id", "x-autoreply", "x-autorespond", "x-autoresponder", "x-loop"}) {
    if (!says(name).empty() && says(name) != "no") return true;
  }
  const std::string suppress = says("x-auto-response-suppress");
  if (!suppress.empty() && suppress != "none") return true;
  if (says("return-path") == "<>" || says("content-type").starts_with("multipart/report")) return true;
  const std::string local = lower(from.substr(0, from.find('@')));
  return local == "mailer-daemon" || local == "postmaster";
}

std::string authentication_of(const Fields& fields) {
  // Servers put theirs on top; what stands under a second Received, or under what the sender wrote, is the word of others.
  static constexpr std::array written = {"from", "subject", "date", "message-id"};
  std::string text, server;
  int received = 0;
  for (const Field& field : fields) {
    if (field.name == "received" && ++received == 2) break;
    if (std::ranges::find(written, field.name) != written.end()) break;
    const bool is_results = field.name == "authentication-results";
    if (!is_results && field.name != "received-spf") continue;
    const std::string value = one_line(to_utf8(field.value));
    const std::string by = value.substr(0, value.find(';'));
    if (is_results && !server.empty() && by != server) continue;
    if (is_results) server = by;
    if (!text.empty()) text += '\n';
    text += (is_results ? "Authentication-Results: " : "Received-SPF: ") + value;
  }
  return std::string(cut(text, longest_authentication));
}

}  // namespace wujin::mail
