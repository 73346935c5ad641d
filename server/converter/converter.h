#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

#include "http/response.h"
#include "http/work_pool.h"

// Word files as PDF, by LibreOffice where it is installed: nothing else draws a station's own template as Word would.
namespace wujin::converter {

struct Settings {
  std::filesystem::path program;                 // soffice; empty: there is none
  std::filesystem::path folder;                  // our own, emptied at the start
  std::chrono::milliseconds time_limit{60'000};  // one takes two seconds, many times as long on a machine that is overrun
  std::size_t most_waiting = 8;                  // who comes after these is told to come again
};

// The program to use: `named`; where none is named soffice, else libreoffice, out of the first folder of `search_path` (as PATH)
// that has it. Empty when there is no such program.
std::filesystem::path find_office(const std::filesystem::path& named, std::string_view search_path);

// Turns one file at a time into another, in a process that is killed when it takes too long. Safe to share between threads.
class Converter {
 public:
  using Log = std::function<void(std::string_view)>;
  // Writes the Word file to a path at which there is nothing yet.
  using Source = std::function<void(const std::filesystem::path&)>;

  Converter(Settings settings, Log log);
  ~Converter();
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  // The PDF, which goes with its answer. `source` is called on a thread of the converter's own. Errors: converter_missing, busy,
  // converter_too_slow, converter_failed.
  Task<Result<http::FileBody>> convert(Source source);

  // An old Word file (.doc, .wps) as .docx, or an old table (.xls, .et) as .xlsx, written to `into`. Waits its turn and blocks:
  // for a job. Errors: converter_missing, converter_too_slow, converter_failed.
  enum class Old : std::uint8_t { word, excel };
  Result<> modernise(const std::filesystem::path& file, Old old, const std::filesystem::path& into);

  // Ends what runs and what waits with converter_failed; nothing is converted afterwards.
  void stop();

 private:
  Result<http::FileBody> convert_now(const Source& source);
  struct Target;
  Result<> make(const std::filesystem::path& folder, const Target& target);

  const Settings settings_;
  const Log log_;
  std::stop_source stop_;
  std::atomic<std::uint64_t> next_{1};
  std::mutex one_at_a_time_;  // LibreOffice locks its profile
  http::WorkPool pool_;       // last: it ends before what it uses
};

}  // namespace wujin::converter
