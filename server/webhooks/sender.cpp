#include "webhooks/sender.h"

#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>

#include "webhooks/public_address.h"

namespace wujin::webhooks {
namespace {

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURL, Closer>;
using List = std::unique_ptr<curl_slist, Closer>;
using Url = std::unique_ptr<CURLU, Closer>;

struct Doorkeeper {
  bool lets_loopback = false;
  bool has_refused = false;
};

// The address that is truly connected to is judged, not the name: a name may lead elsewhere each time it is asked.
curl_socket_t open_allowed(void* doorkeeper, curlsocktype, curl_sockaddr* address) {
  auto& keeper = *static_cast<Doorkeeper*>(doorkeeper);
  keeper.has_refused = !is_public(address->addr) && !(keeper.lets_loopback && is_loopback(address->addr));
  if (keeper.has_refused) return CURL_SOCKET_BAD;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

struct Answer {
  std::string body;
  std::size_t limit;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* answer) {
  auto& state = *static_cast<Answer*>(answer);
  if (state.body.size() + size * count > state.limit) return 0;
  state.body.append(bytes, size * count);
  return size * count;
}

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  if (const auto code = curl_easy_setopt(handle, option, value); code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
  }
}

void set_limits(CURL* handle, const Limits& limits) {
  set(handle, CURLOPT_PROTOCOLS_STR, limits.loopback ? "https,http" : "https");
  set(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!limits.trusted_certificates.empty()) set(handle, CURLOPT_CAINFO, limits.trusted_certificates.c_str());
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return "";
  std::string out(text);
  curl_free(text);
  return out;
}

bool is_this_machine(const std::string& host) { return host == "127.0.0.1" || host == "[::1]" || host == "localhost"; }

// Whether the request may have reached the robot.
bool was_posted(CURL* handle, std::size_t bytes) {
  curl_off_t uploaded = 0;
  curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &uploaded);
  return static_cast<std::size_t>(uploaded) >= bytes;
}

}  // namespace

Result<> check_url(std::string_view url, const Limits& limits) {
  const Problem expected(ProblemCode::invalid, {{"expected", "https://…"}});
  constexpr std::size_t longest = 1024;
  const Url parsed(curl_url());
  const std::string text(url);
  if (url.size() > longest || curl_url_set(parsed.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return expected;
  const auto scheme = part_of(parsed.get(), CURLUPART_SCHEME), host = part_of(parsed.get(), CURLUPART_HOST);
  if (host.empty() || !part_of(parsed.get(), CURLUPART_USER).empty()) return expected;
  if (scheme == "https") return {};
  return scheme == "http" && limits.loopback && is_this_machine(host) ? Result<>() : Result<>(expected);
}

Outcome send(const Post& post, const Limits& limits) {
  if (!check_url(post.url, limits)) return {Delivery::refused, "not an address of a robot"};
  const Handle handle(curl_easy_init());
  if (!handle) throw std::runtime_error("libcurl cannot start");
  // Without Expect: no server can ask to wait before the body.
  List headers(curl_slist_append(nullptr, "Content-Type: application/json; charset=utf-8"));
  curl_slist_append(headers.get(), "Expect:");
  Answer answer{{}, limits.answer_bytes};
  Doorkeeper keeper{limits.loopback};
  set(handle.get(), CURLOPT_URL, post.url.c_str());
  set_limits(handle.get(), limits);
  set(handle.get(), CURLOPT_OPENSOCKETFUNCTION, &open_allowed);
  set(handle.get(), CURLOPT_OPENSOCKETDATA, static_cast<void*>(&keeper));
  set(handle.get(), CURLOPT_POSTFIELDS, post.body.c_str());
  set(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(post.body.size()));
  set(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  set(handle.get(), CURLOPT_WRITEFUNCTION, &take);
  set(handle.get(), CURLOPT_WRITEDATA, static_cast<void*>(&answer));
  const CURLcode code = curl_easy_perform(handle.get());
  if (code != CURLE_OK && keeper.has_refused) return {Delivery::refused, "not an address of the open internet"};
  if (code != CURLE_OK) {
    std::string cause = curl_easy_strerror(code);
    return {was_posted(handle.get(), post.body.size()) ? Delivery::uncertain : Delivery::later, std::move(cause)};
  }
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  auto judged = judge(static_cast<int>(status), answer.body);
  constexpr Delivery deliveries[] = {Delivery::sent, Delivery::later, Delivery::refused};
  return {deliveries[static_cast<std::size_t>(judged.reply)], std::move(judged.cause)};
}

}  // namespace wujin::webhooks
