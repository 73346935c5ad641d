// bench_load WORK [OPTION …]: drives a running server with one kind of request over 127.0.0.1, closed loop, HTTP/1.1 keep-alive,
// one thread, and prints one line of JSON: {work, clients, seconds, operations, errors, rate, p50_ms, p99_ms, max_ms,
// client_cpu_ms_per_operation, bytes} and, with --pid, {server_cpu_ms_per_operation, background_cpu_ms_per_operation,
// server_peak_kib, server_anonymous_kib} of the very window that is counted. CPU of the server is of all its threads; background
// is the part of those under SCHED_IDLE, which draw renditions.
//
//   bench_seed --data DIR --activities 100000
//   wujin serve --data DIR --listen 127.0.0.1:21400 --clock "$(jq -r .clock DIR/bench.json)" &
//   bench_load activities --data DIR --port 21400 --clients 8 --pid $!
//   bench_load ask --data DIR --port 21400 --path '/api/v1/coverage/towns?year=2023' --as district --clients 32
//   bench_load get --url http://127.0.0.1:21240/10k --clients 4
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>

#include "base/json.h"
#include "load/loop.h"
#include "load/works.h"

namespace wujin::bench {
namespace {

struct Options {
  std::string work, data, url, token, who = "station";
  std::vector<std::string> paths;
  LoopOptions loop;
  double seconds = 5, warm_up = 1;
  std::uint64_t count = 0;
  pid_t server = 0;
};

Town read_town(const std::filesystem::path& folder) {
  std::ifstream in(folder / "bench.json", std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  auto town = decode_json<Town>(text);
  if (!town) throw std::runtime_error((folder / "bench.json").string() + " is missing or of another version");
  return std::move(*town);
}

// http://HOST:PORT/PATH into the endpoint and the path.
std::string take_apart(const std::string& url, Endpoint& endpoint) {
  constexpr std::string_view scheme = "http://";
  const auto slash = url.find('/', scheme.size()), colon = url.find(':', scheme.size());
  if (!url.starts_with(scheme) || slash == std::string::npos) throw std::runtime_error("not http://HOST:PORT/PATH: " + url);
  endpoint.port = 80;
  if (colon < slash) std::from_chars(url.data() + colon + 1, url.data() + slash, endpoint.port);
  endpoint.host = url.substr(scheme.size(), std::min(colon, slash) - scheme.size());
  return url.substr(slash);
}

std::unique_ptr<Work> work_of(Options& options) {
  if (options.work == "get")
    return make_get(options.loop.endpoint, take_apart(options.url, options.loop.endpoint), options.token);
  const Asker asker{options.loop.endpoint, read_town(options.data), options.data};
  if (options.work == "ask") return make_ask(asker, options.paths, options.who);
  auto work = make_work(options.work, asker, options.loop.clients);
  if (!work) throw std::runtime_error("no such work: " + options.work);
  return work;
}

void print(const Options& options, const Measured& measured) {
  const double operations = static_cast<double>(std::max<std::uint64_t>(measured.operations, 1));
  boost::json::object line{{"work", options.work},        {"clients", options.loop.clients},
                           {"seconds", measured.seconds}, {"operations", measured.operations},
                           {"errors", measured.errors},   {"rate", static_cast<double>(measured.operations) / measured.seconds},
                           {"p50_ms", measured.p50_ms},   {"p99_ms", measured.p99_ms},
                           {"max_ms", measured.max_ms},   {"client_cpu_ms_per_operation", measured.client_cpu_ms / operations},
                           {"bytes", measured.bytes}};
  if (measured.server_cpu_ms) {
    line["server_cpu_ms_per_operation"] = *measured.server_cpu_ms / operations;
    line["background_cpu_ms_per_operation"] = *measured.server_background_ms / operations;
    line["server_peak_kib"] = measured.server_peak_kib;
    line["server_anonymous_kib"] = measured.server_anonymous_kib;
  }
  if (!measured.first_error.empty()) line["first_error"] = measured.first_error;
  std::cout << boost::json::serialize(line) << std::endl;
}

int main(int count, char** words) {
  Options options;
  CLI::App app("Drives a running server and prints one line of JSON.");
  app.add_option("work", options.work,
                 "activities, with-pictures, list, list-all, list-place, list-month, picture, rendition, report, likeness, "
                 "changes, ask, get")
      ->required();
  app.add_option("--data", options.data, "the folder bench_seed made; its bench.json says what to ask for");
  app.add_option("--host", options.loop.endpoint.host, "IPv4 address");
  app.add_option("--port", options.loop.endpoint.port, "of the server");
  app.add_option("--clients", options.loop.clients, "connections, each asking one thing at a time");
  app.add_option("--seconds", options.seconds, "how long to count");
  app.add_option("--warm-up", options.warm_up, "seconds before counting");
  app.add_option("--count", options.count, "so many operations instead of seconds");
  app.add_option("--pid", options.server, "the server's process, to read its CPU and memory");
  app.add_option("--path", options.paths, "ask: of the server, one after the other");
  app.add_option("--as", options.who, "ask: station or district");
  app.add_option("--url", options.url, "get: http://HOST:PORT/PATH of any server");
  app.add_option("--token", options.token, "get: sent as Authorization: Bearer");
  CLI11_PARSE(app, count, words);
  const auto milliseconds = [](double seconds) { return std::chrono::milliseconds(static_cast<long>(seconds * 1000)); };
  options.loop.duration = milliseconds(options.seconds);
  options.loop.warm_up = milliseconds(options.warm_up);
  if (options.count > 0) options.loop.count = options.count;
  if (options.server > 0) options.loop.server = options.server;
  try {
    const auto work = work_of(options);
    print(options, run(*work, options.loop));
  } catch (const std::exception& failure) {
    std::cerr << "bench_load: " << failure.what() << std::endl;
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace wujin::bench

int main(int count, char** words) { return wujin::bench::main(count, words); }
