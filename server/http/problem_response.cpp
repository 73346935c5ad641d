#include "http/problem_response.h"

#include "base/json.h"

// The one file that knows which HTTP status a problem becomes.
namespace wujin::http {
namespace {

unsigned status_of(ProblemCode code) {
  switch (code) {
    case ProblemCode::malformed:
      return 400;
    case ProblemCode::not_signed_in:
    case ProblemCode::wrong_login:
      return 401;
    case ProblemCode::forbidden:
      return 403;
    case ProblemCode::not_found:
    case ProblemCode::photo_unreadable:
    case ProblemCode::no_pictures:
    case ProblemCode::rendition_not_ready:
      return 404;
    case ProblemCode::method_not_allowed:
      return 405;
    case ProblemCode::timeout:
      return 408;
    case ProblemCode::conflict:
    case ProblemCode::wrong_offset:
    case ProblemCode::key_reused:
    case ProblemCode::already_handed_in:
    case ProblemCode::not_handed_in:
    case ProblemCode::already_reviewed:
    case ProblemCode::own_hand_in:
    case ProblemCode::login_taken:
    case ProblemCode::already_set_up:
    case ProblemCode::report_locked:
    case ProblemCode::reminder_settled:
    case ProblemCode::letter_settled:
    case ProblemCode::letter_unclear:
    case ProblemCode::letter_not_filed:
    case ProblemCode::letter_accepted:
    case ProblemCode::letter_no_answer:
      return 409;
    case ProblemCode::gone:
    case ProblemCode::link_spent:
      return 410;
    case ProblemCode::stale:
    case ProblemCode::file_changed:
    case ProblemCode::not_the_newest:
    case ProblemCode::if_match_required:
    case ProblemCode::tus_version:
      return 412;
    case ProblemCode::too_large:
      return 413;
    case ProblemCode::unsupported_media_type:
      return 415;
    case ProblemCode::range_unsatisfiable:
      return 416;
    case ProblemCode::wrong_origin:
    case ProblemCode::wrong_host:
      return 421;
    case ProblemCode::locked_out:
    case ProblemCode::upload_locked:
      return 423;
    case ProblemCode::too_many_requests:
      return 429;
    case ProblemCode::header_too_large:
      return 431;
    case ProblemCode::checksum_mismatch:
      return 460;  // tus, not HTTP
    case ProblemCode::internal:
    case ProblemCode::converter_failed:
      return 500;
    case ProblemCode::converter_missing:
      return 501;
    case ProblemCode::converter_too_slow:
    case ProblemCode::busy:
      return 503;
    case ProblemCode::storage_full:
      return 507;
    default:
      return 422;  // understood, and wrong: validation, what is wrong with a field, with a template …
  }
}

// What the contract lets one answer name.
constexpr std::size_t most_faults = 200;
constexpr std::size_t longest_field = 200;

void write_member(std::string& out, std::string_view key, std::string_view value) {
  out += ",\"";
  out += key;
  out += "\":";
  encode_value(out, value);
}

// At most `longest_field` bytes, cut between characters: the path may hold a key the client made up.
std::string_view field_of(const Fault& fault) {
  std::string_view field = fault.field;
  if (field.size() <= longest_field) return field;
  std::size_t end = longest_field;
  while (end > 0 && (static_cast<unsigned char>(field[end]) & 0xC0) == 0x80) --end;
  return field.substr(0, end);
}

void write_faults(std::string& out, const Problem& problem, Language language) {
  if (problem.faults().empty()) return;
  out += ",\"faults\":[";
  std::size_t written = 0;
  for (const Fault& fault : problem.faults()) {
    if (written == most_faults) break;
    out += written++ == 0 ? "{\"field\":" : ",{\"field\":";
    encode_value(out, field_of(fault));
    write_member(out, "code", slug(fault.code));
    write_member(out, "detail", sentence(fault.code, fault.parameters, language));
    out += '}';
  }
  out += ']';
}

// Seconds a client should wait, where the problem says so.
std::string retry_after(const Problem& problem) {
  if (problem.code() == ProblemCode::busy) return "1";
  for (const auto& [name, value] : problem.parameters()) {
    if (name == "seconds") return value;
    if (name == "minutes") return std::to_string(std::stoll(value) * 60);
  }
  return "";
}

std::string body_of(const Problem& problem, const Request& request, unsigned status) {
  std::string out = "{\"type\":\"about:blank\"";
  write_member(out, "title", sentence(problem.code(), problem.parameters(), request.language));
  out += ",\"status\":" + std::to_string(status);
  write_member(out, "code", slug(problem.code()));
  write_member(out, "request_id", request.request_id);
  if (problem.faults().size() == 1) {
    const Fault& fault = problem.faults().front();
    write_member(out, "detail", sentence(fault.code, fault.parameters, request.language));
  }
  write_faults(out, problem, request.language);
  if (!problem.current().empty()) out += ",\"current\":" + problem.current();
  out += '}';
  return out;
}

}  // namespace

Response problem_response(const Problem& problem, const Request& request) {
  const unsigned status = status_of(problem.code());
  Response response;
  response.status = static_cast<Status>(status);
  response.with("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
  if (status == 401) response.with("WWW-Authenticate", "Bearer");
  const std::string wait = retry_after(problem);
  if (!wait.empty()) response.with("Retry-After", wait);
  response.body = body_of(problem, request, status);
  return response;
}

}  // namespace wujin::http
