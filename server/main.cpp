#include <malloc.h>

#include <iostream>

#include <CLI/CLI.hpp>

#include "app/commands.h"
#include "app/config.h"

namespace wujin::app {
namespace {

// Offers every setting of the table to a command, on the command line and as WUJIN_… in the environment.
void add_settings(CLI::App& command, Config& config) {
  for (const Setting& setting : settings()) {
    const std::string flag = "--" + std::string(setting.name);
    const auto take = [&config, &setting](const std::string& value) {
      const auto taken = setting.set(config, value);
      if (taken) return;
      const Problem problem = taken.error();
      const Fault fault = problem.faults().front();
      throw CLI::ValidationError("--" + std::string(setting.name), sentence(fault.code, fault.parameters, Language::english));
    };
    if (setting.argument.empty()) {
      command.add_flag_callback(
          flag, [take] { take(""); }, std::string(setting.meaning));
      continue;
    }
    std::string variable = "WUJIN_";
    for (const char c : setting.name) variable += c == '-' ? '_' : static_cast<char>(c - 'a' + 'A');
    command.add_option_function<std::string>(flag, take, std::string(setting.meaning))
        ->type_name(std::string(setting.argument))
        ->envname(variable);
  }
}

// A document, an archive or a picture takes tens of megabytes for a moment. glibc would learn from the first of them to keep as
// much in the heap of every thread that makes one; instead what is large comes from the system and goes back to it.
void give_large_memory_back() {
  constexpr int large = 4 << 20;
  mallopt(M_MMAP_THRESHOLD, large);
  mallopt(M_TRIM_THRESHOLD, large);
}

int run(int count, char** arguments) {
  give_large_memory_back();
  CLI::App program("Wujin 五进: a township's fire-safety outreach, recorded once");
  program.set_version_flag("--version", WUJIN_VERSION);
  program.require_subcommand(1);
  Config config;
  std::filesystem::path folder;

  CLI::App* const serve_command = program.add_subcommand("serve", "run the server");
  CLI::App* const demo_command = program.add_subcommand("demo", "run the server with the sample town");
  CLI::App* const load_command =
      program.add_subcommand("load-campaign", "check a campaign's folder and keep it as its next version");
  CLI::App* const verify_command = program.add_subcommand("verify-trail", "check that nobody changed the audit trail");
  load_command->add_option("folder", folder, "the campaign's folder")->required();
  for (CLI::App* command : {serve_command, demo_command, load_command, verify_command}) add_settings(*command, config);
  CLI11_PARSE(program, count, arguments);

  if (const auto checked = check(config); !checked) {
    const Problem problem = checked.error();
    const Fault fault = problem.faults().front();
    std::cerr << "--" << fault.field << ": " << sentence(fault.code, fault.parameters, Language::english) << "\n";
    return 2;
  }
  if (demo_command->parsed()) return demo(config);
  if (load_command->parsed()) return load_campaign(config, folder);
  if (verify_command->parsed()) return verify_trail(config);
  return serve(config);
}

}  // namespace
}  // namespace wujin::app

int main(int count, char** arguments) {
  try {
    return wujin::app::run(count, arguments);
  } catch (const std::exception& error) {
    std::cerr << "wujin: " << error.what() << "\n";
    return 1;
  }
}
