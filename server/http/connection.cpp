#include "http/connection.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/storage_full.h"
#include "base/text.h"
#include "http/gzip.h"
#include "http/origin.h"
#include "http/problem_response.h"
#include "http/response_head.h"

namespace wujin::http {
namespace {

using Steady = std::chrono::steady_clock;

// How much and how long we listen to a client that is still sending what we refused, so that it gets to read why.
constexpr std::uint64_t most_lingered = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds longest_linger{2000};

class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "a file to be sent cannot be opened");
  }
  ~OpenFile() { ::close(descriptor_); }
  OpenFile(const OpenFile&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string join(const std::vector<Method>& methods) {
  std::string out;
  for (const Method method : methods) out += (out.empty() ? "" : ", ") + std::string(name_of(method));
  return out;
}

std::string_view bytes_of(const Response& response) {
  if (const auto* text = std::get_if<std::string>(&response.body)) return *text;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body)) return **shared;
  if (const auto* fixed = std::get_if<StaticBody>(&response.body)) return fixed->bytes;
  return {};
}

// Whether a body may be JSON by what its headers say of it. Programs that send JSON under fetch's or curl's usual type are
// understood; a form, a picture or anything squeezed is not.
bool may_be_json(const Request& request) {
  const std::string_view coding = request.header("content-encoding");
  if (!coding.empty() && coding != "identity") return false;
  const std::string_view header = request.header("content-type");
  const std::string_view type = trimmed(header.substr(0, header.find(';')));
  return type.empty() || type == "application/json" || type == "text/plain" || type == "application/x-www-form-urlencoded";
}

}  // namespace

struct Connection::Exchange {
  Request request;
  RequestHead head;
  Router::Match match;
  std::unique_ptr<Body> body;
  Response response;
  bool is_answered = false;
  bool keep_alive = false;
  std::uint64_t sent_bytes = 0;
  Steady::time_point started = Steady::now();
};

struct Connection::Pace {
  Steady::time_point started = Steady::now();
  std::uint64_t total = 0;
};

Connection::Connection(std::unique_ptr<Transport> transport, std::string peer_address, const Service& service, Loop& loop)
    : transport_(std::move(transport)),
      peer_address_(std::move(peer_address)),
      service_(service),
      loop_(loop),
      intake_(*transport_, service.config.limits) {
  loop_.connections.insert(this);
}

Connection::~Connection() { loop_.connections.erase(this); }

Task<void> Connection::run() {
  transport_->wait_until(Steady::now() + service_.config.limits.handshake);
  // Not `while (co_await …)`: GCC 12 lays out the frame wrongly when that stands below an `if (co_await …)`.
  bool goes_on = co_await transport_->open();
  const bool is_open = goes_on;
  while (goes_on) goes_on = co_await serve_next();
  if (is_open) co_await say_goodbye();
  transport_->close();
}

Task<bool> Connection::serve_next() {
  RequestParser parser;
  is_between_requests_ = intake_.view().empty();
  if (loop_.is_stopping && is_between_requests_) co_return false;
  auto head = co_await intake_.next_head(parser);
  if (std::holds_alternative<Intake::NoRequest>(head)) co_return false;
  is_between_requests_ = false;
  Exchange exchange;
  exchange.request.request_id = loop_.new_request_id();
  service_.metrics.begin();
  if (const auto* problem = std::get_if<Problem>(&head)) {
    refuse(exchange, *problem);
  } else {
    exchange.head = std::move(std::get<RequestHead>(head));
    exchange.keep_alive = exchange.head.keep_alive;
    if (const auto judged = decode(exchange); !judged) {
      refuse(exchange, judged.error());
    } else {
      std::uint64_t limit = 0;
      if (exchange.match.options) limit = exchange.match.options->body_limit;
      exchange.body = std::make_unique<Body>(intake_, parser, loop_, service_.config.limits, exchange.head, limit);
      co_await answer(exchange);
    }
  }
  const bool is_all_read = exchange.body && exchange.body->discard();
  if (!is_all_read) exchange.keep_alive = false;
  if (loop_.is_stopping) exchange.keep_alive = false;
  const bool was_sent = co_await send(exchange);
  note(exchange);
  if (!was_sent) co_return false;
  is_peer_sending_ = !is_all_read;
  co_return exchange.keep_alive;
}

// Makes the head into a request and finds its route. What fails here leaves the body unread, so the connection goes.
Result<> Connection::decode(Exchange& exchange) {
  Request& request = exchange.request;
  request.headers = std::move(exchange.head.headers);
  request.content_length = exchange.head.content_length;
  request.language = preferred_language(request.header("accept-language"));
  place_peer(request, peer_address_, service_.config);
  const auto method = parse_method(exchange.head.method);
  exchange.keep_alive = false;
  if (!method) return Problem(ProblemCode::method_not_allowed);
  request.method = *method;
  if (auto decoded = decode_target(exchange.head.target, request); !decoded) return decoded.error();
  if (auto judged = judge_host(request, service_.config); !judged) return judged.error();
  exchange.match = service_.router.find(request.method, request.path);
  request.parameters = std::move(exchange.match.parameters);
  exchange.keep_alive = exchange.head.keep_alive;
  return {};
}

// What can be refused before the body is read.
Result<> Connection::judge(Exchange& exchange) {
  const RouteOptions& options = *exchange.match.options;
  if (!options.cross_origin_writes) {
    if (auto judged = judge_origin(exchange.request, service_.config); !judged) return judged.error();
  }
  if (exchange.request.content_length.value_or(0) > options.body_limit) {
    return Problem(ProblemCode::too_large, {{"limit", std::to_string(options.body_limit)}});
  }
  const bool has_body = exchange.request.content_length.value_or(0) > 0 || !exchange.request.header("transfer-encoding").empty();
  if (has_body && !options.streams && !may_be_json(exchange.request)) return Problem(ProblemCode::unsupported_media_type);
  return {};
}

void Connection::refuse(Exchange& exchange, const Problem& problem) {
  exchange.response = problem_response(problem, exchange.request);
  if (!exchange.body) exchange.keep_alive = false;
  if (problem.code() == ProblemCode::internal) {
    service_.log.error("request={} cause=\"{}\"", exchange.request.request_id, problem.cause());
  }
}

void Connection::answer_unrouted(Exchange& exchange) {
  const Request& request = exchange.request;
  if (!exchange.match.allowed.empty()) {
    if (request.method == Method::options) {
      exchange.response = Response::empty();
    } else {
      refuse(exchange, Problem(ProblemCode::method_not_allowed));
    }
    exchange.response.with("Allow", join(exchange.match.allowed) + ", OPTIONS");
    return;
  }
  if (request.path == "*" && request.method == Method::options) {
    exchange.response = Response::empty();
    return;
  }
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (is_read && service_.pages) {
    if (auto page = service_.pages(request)) {
      exchange.response = std::move(*page);
      return;
    }
  }
  refuse(exchange, Problem(ProblemCode::not_found));
}

Task<void> Connection::answer(Exchange& exchange) {
  if (!exchange.match.handler) {
    answer_unrouted(exchange);
    co_return;
  }
  if (const auto judged = judge(exchange); !judged) {
    refuse(exchange, judged.error());
    co_return;
  }
  Problem problem;
  try {
    if (exchange.match.options->streams) {
      exchange.request.stream = exchange.body.get();
    } else if (const auto read = co_await exchange.body->read_whole(exchange.request.body); !read) {
      refuse(exchange, read.error());
      co_return;
    }
    auto result = co_await (*exchange.match.handler)(exchange.request);
    if (result) {
      exchange.response = std::move(*result);
      co_return;
    }
    problem = result.error();
  } catch (const StorageFull& full) {
    problem = Problem(ProblemCode::storage_full);
    service_.log.error("request={} storage full: {}", exchange.request.request_id, full.what());
  } catch (const std::exception& broken) {
    problem = Problem(ProblemCode::internal).because(broken.what());
  }
  refuse(exchange, problem);
}

Task<bool> Connection::send(Exchange& exchange) {
  Response& response = exchange.response;
  std::unique_ptr<OpenFile> file;
  if (auto* body = std::get_if<FileBody>(&response.body)) {
    try {
      file = std::make_unique<OpenFile>(body->path);
      struct stat facts {};
      if (::fstat(file->descriptor(), &facts) == 0) body->size = static_cast<std::uint64_t>(facts.st_size);
    } catch (const std::exception& broken) {
      refuse(exchange, Problem(ProblemCode::internal).because(broken.what()));
    }
  }
  const auto delivery = plan_delivery(exchange.request, response);
  Delivery part;
  if (delivery) {
    part = *delivery;
    gzip_if_worthwhile(exchange.request, response);
    if (const auto* text = std::get_if<std::string>(&response.body)) part.length = text->size();
  } else {
    const std::string range(response.header("content-range"));
    refuse(exchange, delivery.error());
    if (!range.empty()) response.with("Content-Range", range);
    part.length = bytes_of(response).size();
  }
  HeadFacts facts{loop_.date(), exchange.request.request_id, part.length, exchange.keep_alive};
  std::string head;
  try {
    head = write_head(response, facts);
  } catch (const std::logic_error& broken) {
    refuse(exchange, Problem(ProblemCode::internal).because(broken.what()));
    part = Delivery{0, size_of(response)};
    facts.content_length = part.length;
    head = write_head(response, facts);
  }
  exchange.sent_bytes = part.length;
  Pace pace;
  if (exchange.request.method == Method::head) co_return co_await send_bytes(head, "", pace);
  const bool is_file = std::holds_alternative<FileBody>(response.body);
  const auto* pieces = std::get_if<PiecedBody>(&response.body);
  if (!is_file && pieces == nullptr) co_return co_await send_bytes(head, bytes_of(response), pace);
  const bool goes_on = co_await send_bytes(head, "", pace);
  if (!goes_on) co_return false;
  if (is_file) co_return co_await send_file(file->descriptor(), part.offset, part.length, pace);
  co_return co_await send_pieces(**pieces, part, pace);
}

Task<bool> Connection::send_bytes(std::string_view head, std::string_view body, Pace& pace) {
  std::span<const char> first(head);
  std::span<const char> second(body);
  while (!first.empty() || !second.empty()) {
    transport_->wait_until(pace_deadline(pace.started, pace.total, service_.config.limits));
    const std::size_t sent = co_await transport_->write_some(first, second);
    if (sent == 0) co_return false;
    pace.total += sent;
    const std::size_t of_first = std::min(sent, first.size());
    first = first.subspan(of_first);
    second = second.subspan(sent - of_first);
  }
  co_return true;
}

Task<bool> Connection::send_file(int file, std::uint64_t offset, std::uint64_t length, Pace& pace) {
  while (length > 0) {
    transport_->wait_until(pace_deadline(pace.started, pace.total, service_.config.limits));
    const std::size_t sent = co_await transport_->send_file(file, offset, length);
    if (sent == 0) co_return false;
    pace.total += sent;
    offset += sent;
    length -= sent;
  }
  co_return true;
}

Task<bool> Connection::send_pieces(const Pieces& pieces, Delivery part, Pace& pace) {
  try {
    while (part.length > 0) {
      const Pieces::Piece piece = pieces.at(part.offset);
      std::uint64_t length = 0;
      bool goes_on = false;
      if (const auto* of_file = std::get_if<FilePart>(&piece)) {
        length = std::min(of_file->length, part.length);
        const OpenFile file(of_file->path);
        goes_on = co_await send_file(file.descriptor(), of_file->offset, length, pace);
      } else {
        const std::string_view bytes = std::string_view(std::get<std::string>(piece)).substr(0, part.length);
        length = bytes.size();
        goes_on = co_await send_bytes(bytes, "", pace);
      }
      if (!goes_on || length == 0) co_return false;
      part.offset += length;
      part.length -= length;
    }
  } catch (const std::exception& broken) {
    service_.log.error("an answer was cut short: {}", broken.what());
    co_return false;
  }
  co_return true;
}

// One line a request: nothing that names a record or a person.
void Connection::note(const Exchange& exchange) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - exchange.started);
  const auto status = static_cast<unsigned>(exchange.response.status);
  service_.metrics.end(exchange.match.handler ? exchange.match.index : Metrics::no_route, status, took);
  service_.log.info("request={} method={} route={} status={} us={} bytes={}", exchange.request.request_id,
                    name_of(exchange.request.method), exchange.match.pattern.empty() ? "-" : exchange.match.pattern, status,
                    took.count(), exchange.sent_bytes);
}

// A client that is still sending gets to read our answer before it finds the connection closed.
Task<void> Connection::say_goodbye() {
  const auto deadline = Steady::now() + longest_linger;
  transport_->wait_until(deadline);
  co_await transport_->finish();
  if (!is_peer_sending_) co_return;
  Loop::Piece piece = loop_.borrow_piece();
  const std::span<char> room(piece.get(), Loop::piece_bytes);
  std::uint64_t total = 0;
  std::size_t got = 1;
  while (got > 0 && total < most_lingered && !transport_->is_cut()) {
    transport_->wait_until(deadline);
    got = co_await transport_->discard_some(room);
    total += got;
  }
  loop_.give_back(std::move(piece));
}

}  // namespace wujin::http
