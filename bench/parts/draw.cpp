// bench_draw --folder DIR: draws the renditions of the folder's JPEGs as the server's job does — mapped, inspected, its camera's
// claims read, drawn at both sizes with the fingerprint — in a process of its own, and prints one line of JSON.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "images/exif.h"
#include "images/inspect.h"
#include "images/render.h"
#include "parts/process_usage.h"
#include "photos/mapped_file.h"

namespace wujin::bench {
namespace {

using Clock = std::chrono::steady_clock;

void draw(const std::filesystem::path& path) {
  const photos::MappedFile file(path);
  if (!images::inspect(file.bytes())) throw std::runtime_error("no picture: " + path.string());
  (void)images::read_exif(file.bytes());
  if (!images::render(file.bytes())) throw std::runtime_error("does not decode: " + path.string());
}

std::vector<std::filesystem::path> pictures_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".jpg") found.push_back(entry.path());
  }
  std::ranges::sort(found);
  if (found.empty()) throw std::runtime_error("no pictures in " + folder.string());
  return found;
}

void measure(const std::vector<std::filesystem::path>& pictures, int threads, int count) {
  draw(pictures.front());  // libvips starts
  std::atomic<int> next = 0;
  std::vector<double> took(static_cast<std::size_t>(count));
  const double cpu = own_cpu_ms();
  const auto began = Clock::now();
  std::vector<std::thread> workers;
  for (int thread = 0; thread < threads; ++thread) {
    workers.emplace_back([&] {
      for (int number = next++; number < count; number = next++) {
        const auto one = Clock::now();
        draw(pictures[static_cast<std::size_t>(number) % pictures.size()]);
        took[static_cast<std::size_t>(number)] = std::chrono::duration<double, std::milli>(Clock::now() - one).count();
      }
    });
  }
  for (auto& worker : workers) worker.join();
  const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
  std::ranges::sort(took);
  fmt::print(R"({{"rate":{:.2f},"p50_ms":{:.3f},"p99_ms":{:.3f},"cpu_ms_per_operation":{:.3f},"peak_kib":{}}})"
             "\n",
             count / seconds, took[took.size() / 2], took.back(), (own_cpu_ms() - cpu) / count, own_peak_kib());
}

int main(int count, char** words) {
  std::filesystem::path folder;
  int threads = 2, pictures = 48;
  CLI::App app("Draws renditions as the server does.");
  app.add_option("--folder", folder, "with JPEGs of 12 megapixels")->required();
  app.add_option("--threads", threads, "at once")->check(CLI::Range(1, 64));
  app.add_option("--count", pictures, "how many")->check(CLI::Range(1, 100'000));
  CLI11_PARSE(app, count, words);
  try {
    measure(pictures_in(folder), threads, pictures);
  } catch (const std::exception& failure) {
    std::cerr << "bench_draw: " << failure.what() << std::endl;
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace wujin::bench

int main(int count, char** words) { return wujin::bench::main(count, words); }
