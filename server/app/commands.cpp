#include "app/commands.h"

#include <csignal>
#include <iostream>
#include <memory>
#include <string>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "activities/activities_store.h"
#include "app/application.h"
#include "app/sample_accounts.h"
#include "app/sample_town.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/load.h"
#include "people/accounts_store.h"
#include "people/link_actions.h"
#include "places/place_store.h"

namespace wujin::app {
namespace {

// Blocks SIGINT and SIGTERM for every thread started afterwards; wait() takes them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int received = 0;
    sigwait(&signals_, &received);
  }

 private:
  sigset_t signals_{};
};

std::unique_ptr<spdlog::logger> make_log() {
  auto log = std::make_unique<spdlog::logger>("wujin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z level=%l %v");
  return log;
}

std::unique_ptr<Clock> make_clock(const Config& config) {
  if (config.clock) return std::make_unique<ShiftedClock>(*config.clock);
  return std::make_unique<SystemClock>();
}

std::string base_address(const Config& config, std::uint16_t port) {
  const std::string host = config.host == "0.0.0.0" || config.host == "::" ? "127.0.0.1" : config.host;
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return fmt::format("{}://{}:{}", config.certificate.empty() ? "http" : "https", is_ipv6 ? "[" + host + "]" : host, port);
}

int report(const Problem& problem) {
  std::cerr << sentence(problem.code(), problem.parameters(), Language::chinese) << "\n";
  for (const Fault& fault : problem.faults()) {
    std::cerr << "  " << fault.field << "：" << sentence(fault.code, fault.parameters, Language::chinese) << "\n";
  }
  return 1;
}

// Where campaign folders stand when nobody says: beside the sources the program was built from, or installed with it.
std::filesystem::path find_campaigns() {
  const auto program = std::filesystem::read_symlink("/proc/self/exe");
  for (auto folder = program.parent_path(); folder != folder.root_path(); folder = folder.parent_path()) {
    for (const auto* name : {"campaigns", "share/wujin/campaigns"}) {
      if (std::filesystem::is_directory(folder / name)) return folder / name;
    }
  }
  return "campaigns";
}

void print_setup_link(House& house, const std::string& address) {
  std::optional<std::string> token;
  const Instant now = house.clock().now();
  (void)house.database().write_now([&](Transaction& transaction) -> Result<> {
    token = people::make_setup_link(transaction, house.randomness(), now);
    return {};
  });
  if (!token) return;
  std::cout << "\n还没有账号。用这条一次性链接设置第一个（系统管理）账号：\nNo account yet. This one-time link makes the first "
               "one:\n\n  "
            << address << "/office/setup#" << *token << "\n"
            << std::endl;
}

void print_sample_links(House& house, const std::vector<SampleAccount>& accounts) {
  const places::Tree tree =
      house.database().read_now([&](Snapshot& snapshot) { return places::read_tree(snapshot, china_date(house.clock().now())); });
  std::cout
      << "\n示例镇已就绪，点开链接即登录（数据和人名均为虚构）：\nThe sample town is ready; each link signs one role in:\n\n";
  for (const SampleAccount& account : accounts) {
    const places::Place* place = tree.find(places::PlaceId(account.place));
    std::cout << fmt::format("  {:<16}{}  {}\n", account.role, account.link, place != nullptr ? place->name : "");
  }
  std::cout << std::endl;
}

}  // namespace

int serve(const Config& config) {
  const StopSignals signals;
  const auto log = make_log();
  const auto clock = make_clock(config);
  SystemRandomness randomness;
  House house(config, {*clock, randomness, *log});
  Application application(config, house, {.demo = false, .share = config.share});
  application.start();
  const std::string address = base_address(config, application.port());
  std::cout << "wujin " << WUJIN_VERSION << "  " << address << std::endl;
  print_setup_link(house, address);
  signals.wait();
  application.stop();
  return 0;
}

int demo(Config config) {
  const auto log = make_log();
  if (!config.clock) return report(Problem::at("clock", ProblemCode::required));
  if (config.campaigns.empty()) config.campaigns = find_campaigns();
  const auto tell = [](std::string_view what) { std::cout << "  " << what << std::endl; };
  if (const auto made = make_sample_town(config, *log, tell); !made) return report(made.error());
  // Only now: a sample town cut off by a signal is begun anew at the next start.
  const StopSignals signals;
  const auto clock = make_clock(config);
  SystemRandomness randomness;
  House house(config, {*clock, randomness, *log});
  Application application(config, house, {.demo = true, .share = config.share});
  application.start();
  print_sample_links(house, write_sample_accounts(house, config.data, base_address(config, application.port())));
  signals.wait();
  application.stop();
  return 0;
}

int load_campaign(const Config& config, const std::filesystem::path& folder) {
  const auto outcome = campaigns::load_campaign(folder);
  for (const campaigns::LoadFault& fault : outcome.faults) {
    std::cerr << campaigns::describe(fault, Language::chinese) << "\n";
  }
  if (!outcome.bundle) return 1;
  const auto log = make_log();
  const auto clock = make_clock(config);
  SystemRandomness randomness;
  House house(config, {*clock, randomness, *log});
  const Instant now = clock->now();
  const auto kept = house.database().write_now([&](Transaction& transaction) -> Result<campaigns::Kept> {
    auto version = campaigns::keep_campaign(transaction, house.catalogue(), std::nullopt, *outcome.bundle,
                                            {activities::is_identifier_in_use}, now);
    if (!version) return version;
    // Whoever was set up before any place was known now has one to stand at.
    const places::Tree tree = places::read_tree(transaction, china_date(now));
    people::settle_grants_without_place(transaction, tree.place_and_ancestors(outcome.bundle->campaign.town).back());
    return version;
  });
  if (!kept) return report(kept.error());
  std::cout << fmt::format("{} 第{}版{}\n", outcome.bundle->campaign.id.text(), kept->version,
                           kept->is_new ? "" : "（内容没有变化）");
  return 0;
}

int verify_trail(const Config& config) {
  const auto log = make_log();
  const auto clock = make_clock(config);
  SystemRandomness randomness;
  House house(config, {*clock, randomness, *log});
  const auto verification = house.database().read_now([](Snapshot& snapshot) { return audit::verify(snapshot); });
  for (const audit::Finding& finding : verification.findings) {
    std::cout << fmt::format("{} #{}: {}\n", finding.town, finding.position, finding.what);
  }
  std::cout << fmt::format("sealed {}, unsealed {}, findings {}\n", verification.sealed, verification.unsealed,
                           verification.findings.size());
  return verification.findings.empty() ? 0 : 1;
}

}  // namespace wujin::app
