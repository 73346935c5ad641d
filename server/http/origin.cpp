#include "http/origin.h"

#include <algorithm>
#include <cstdlib>

#include <boost/beast/core/string.hpp>

#include "base/text.h"

namespace wujin::http {
namespace {

using boost::beast::iequals;

bool contains(const std::vector<std::string>& list, std::string_view text) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& entry) { return iequals(entry, text); });
}

// "[::1]:8080" → "[::1]"; "example.org:80" → "example.org".
std::string_view without_port(std::string_view host) {
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    return end == std::string_view::npos ? host : host.substr(0, end + 1);
  }
  return host.substr(0, host.find(':'));
}

bool is_loopback_address(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

bool is_loopback_host(std::string_view host) {
  const auto name = without_port(host);
  return iequals(name, "localhost") || name == "[::1]" || name.starts_with("127.");
}

// The last of a comma-separated list: what the nearest proxy says it saw.
std::string_view last_of(std::string_view list) {
  const auto comma = list.rfind(',');
  return trimmed(comma == std::string_view::npos ? list : list.substr(comma + 1));
}

bool is_write(Method method) {
  return method == Method::post || method == Method::put || method == Method::patch || method == Method::delete_;
}

}  // namespace

void place_peer(Request& request, std::string_view peer_address, const ServerConfig& config) {
  const std::string_view forwarded_for = request.header("x-forwarded-for");
  const bool is_forwarded = !forwarded_for.empty() || !request.header("forwarded").empty();
  request.remote_address = std::string(peer_address);
  request.secure = config.tls.has_value();
  // Whoever comes through a proxy on this machine is not this machine, whether we trust the proxy's word or not.
  request.loopback = is_loopback_address(peer_address) && !is_forwarded && is_loopback_host(request.header("host"));
  if (!contains(config.trusted_proxies, peer_address)) return;
  if (!forwarded_for.empty()) request.remote_address = std::string(last_of(forwarded_for));
  if (!request.header("x-forwarded-proto").empty())
    request.secure = iequals(last_of(request.header("x-forwarded-proto")), "https");
}

Result<> judge_host(const Request& request, const ServerConfig& config) {
  if (config.allowed_hosts.empty()) return {};
  const auto host = request.header("host");
  if (is_loopback_host(host) || contains(config.allowed_hosts, without_port(host))) return {};
  return Problem(ProblemCode::wrong_host);
}

Result<> judge_origin(const Request& request, const ServerConfig& config) {
  if (!is_write(request.method)) return {};
  const auto origin = request.header("origin");
  if (!origin.empty() && contains(config.allowed_origins, origin)) return {};
  const auto site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return Problem(ProblemCode::wrong_origin);
  if (origin.empty()) return {};
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos) return Problem(ProblemCode::wrong_origin);  // "null" among others
  const bool same_host = iequals(origin.substr(scheme_end + 3), request.header("host"));
  const bool is_downgrade = request.secure && !iequals(origin.substr(0, scheme_end), "https");
  if (!same_host || is_downgrade) return Problem(ProblemCode::wrong_origin);
  return {};
}

Language preferred_language(std::string_view accept_language) {
  double chinese = -1;
  double english = -1;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    const std::string_view entry = trimmed(accept_language.substr(0, comma));
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    const auto semicolon = entry.find(";q=");
    double weight = 1;
    if (semicolon != std::string_view::npos) weight = std::atof(std::string(entry.substr(semicolon + 3)).c_str());
    const std::string_view tag = entry.substr(0, std::min<std::size_t>(2, entry.size()));
    if (iequals(tag, "zh")) chinese = std::max(chinese, weight);
    if (iequals(tag, "en")) english = std::max(english, weight);
  }
  return english > 0 && english > chinese ? Language::english : Language::chinese;
}

}  // namespace wujin::http
