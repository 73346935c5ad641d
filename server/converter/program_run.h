#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace wujin::converter {

// What a program is started with: nothing of ours but these.
struct Invocation {
  std::filesystem::path program;
  std::vector<std::string> arguments;  // without the program's name
  std::filesystem::path folder;        // where it stands, and its HOME and TMPDIR
  std::filesystem::path words;         // the file its output goes to
  std::chrono::milliseconds time_limit{};
};

enum class Ending : std::uint8_t { done, failed, too_slow, stopped };

// Runs a program to its end, on the calling thread. It has a process group of its own, which is killed as a whole when it ended,
// took too long or `stop` was requested: what it started does not outlive it. It gets no descriptor of ours and, where
// the kernel lets anybody have a network of their own, none but an empty one. `failed`: it ended otherwise than by exit 0,
// or could not be started. Throws std::system_error when there is no process to be had.
Ending run(const Invocation& invocation, const std::stop_token& stop);

}  // namespace wujin::converter
