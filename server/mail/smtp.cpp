#include "mail/smtp.h"

#include <chrono>
#include <cstring>
#include <memory>
#include <stdexcept>

#include <curl/curl.h>
#include <fmt/format.h>

namespace wujin::mail {
namespace {

struct Closer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, Closer>;
using List = std::unique_ptr<curl_slist, Closer>;

struct Reading {
  std::string_view left;
  bool has_ended = false;  // libcurl was told that nothing follows: the closing dot goes out next
};

std::size_t read_message(char* out, std::size_t size, std::size_t count, void* reading) {
  auto& state = *static_cast<Reading*>(reading);
  const std::size_t taken = std::min(state.left.size(), size * count);
  std::memcpy(out, state.left.data(), taken);
  state.left.remove_prefix(taken);
  state.has_ended = taken == 0;
  return taken;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) { return size * count; }

// libcurl ends with QUIT, to a server whose answer it gave up on too, and waits two minutes for the answer to that, whatever time
// is left. Called every second, this hangs up; the connection is closed while it is still called (CURLOPT_FORBID_REUSE).
int hang_up_after(void* end, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return std::chrono::steady_clock::now() > *static_cast<const std::chrono::steady_clock::time_point*>(end) ? 1 : 0;
}

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  if (const auto code = curl_easy_setopt(handle, option, value); code != CURLE_OK) {
    throw std::runtime_error(std::string("libcurl: ") + curl_easy_strerror(code));
  }
}

void set_server(CURL* handle, const Server& server, const Limits& limits) {
  const bool is_tls = server.security == Security::tls;
  set(handle, CURLOPT_URL, fmt::format("{}://{}:{}/wujin", is_tls ? "smtps" : "smtp", server.host, server.port).c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, is_tls ? "smtps" : "smtp");
  set(handle, CURLOPT_USE_SSL, static_cast<long>(CURLUSESSL_ALL));
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole.count()));
  if (!limits.trusted_certificates.empty()) set(handle, CURLOPT_CAINFO, limits.trusted_certificates.c_str());
  if (server.login.empty()) return;
  set(handle, CURLOPT_USERNAME, server.login.c_str());
  set(handle, CURLOPT_PASSWORD, server.password.c_str());
}

Outcome judge(CURL* handle, CURLcode code, const Reading& reading) {
  long reply = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &reply);
  if (code == CURLE_OK) return {Delivery::sent};
  std::string cause = fmt::format("{} ({})", curl_easy_strerror(code), reply);
  // A reply of the server settles it, whichever command it answered; 4xx asks for another attempt (RFC 5321, 4.2.1).
  const bool is_reply = code == CURLE_LOGIN_DENIED || code == CURLE_WEIRD_SERVER_REPLY || code == CURLE_SEND_ERROR ||
                        code == CURLE_RECV_ERROR || code == CURLE_REMOTE_ACCESS_DENIED || code == CURLE_UPLOAD_FAILED ||
                        code == CURLE_USE_SSL_FAILED;
  if (is_reply && reply >= 500) return {Delivery::refused, std::move(cause)};
  if (is_reply && reply >= 400) return {Delivery::later, std::move(cause)};
  if (reading.has_ended) return {Delivery::uncertain, std::move(cause)};
  return {Delivery::later, std::move(cause)};
}

}  // namespace

Outcome send(const Server& server, const Message& message, const Limits& limits) {
  // A second later than libcurl's own limit, whose cause tells more.
  auto end = std::chrono::steady_clock::now() + limits.whole + std::chrono::seconds(1);
  const Handle handle(curl_easy_init());
  if (!handle) throw std::runtime_error("libcurl cannot start");
  const List recipients(curl_slist_append(nullptr, ("<" + message.to + ">").c_str()));
  const std::string composed = compose(message), sender = "<" + message.from + ">";
  Reading reading{composed};
  set_server(handle.get(), server, limits);
  set(handle.get(), CURLOPT_MAIL_FROM, sender.c_str());
  set(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
  set(handle.get(), CURLOPT_UPLOAD, 1L);
  set(handle.get(), CURLOPT_READFUNCTION, &read_message);
  set(handle.get(), CURLOPT_READDATA, static_cast<void*>(&reading));
  set(handle.get(), CURLOPT_WRITEFUNCTION, &ignore);
  set(handle.get(), CURLOPT_FORBID_REUSE, 1L);
  set(handle.get(), CURLOPT_NOPROGRESS, 0L);
  set(handle.get(), CURLOPT_XFERINFOFUNCTION, &hang_up_after);
  set(handle.get(), CURLOPT_XFERINFODATA, static_cast<void*>(&end));
  const CURLcode code = curl_easy_perform(handle.get());
  return judge(handle.get(), code, reading);
}

}  // namespace wujin::mail
