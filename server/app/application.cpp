#include "app/application.h"

#include <cstdlib>
#include <utility>

#include "activities/activities_api.h"
#include "activities/activities_store.h"
#include "activities/counting.h"
#include "app/forgetting.h"
#include "app/gathering.h"
#include "app/system_api.h"
#include "appraisal/appraisal_api.h"
#include "appraisal/appraisal_store.h"
#include "audit/trail.h"
#include "campaigns/campaigns_api.h"
#include "campaigns/campaigns_store.h"
#include "campaigns/ending_api.h"
#include "campaigns/forms_api.h"
#include "campaigns/issue_api.h"
#include "changes/feed.h"
#include "converter/converter_api.h"
#include "coverage/coverage_api.h"
#include "database/migrate.h"
#include "database/open.h"
#include "deadlines/deadlines_api.h"
#include "embedded_web.h"
#include "feed/feed_api.h"
#include "handins/handins_store.h"
#include "handovers/handovers_api.h"
#include "handovers/handovers_store.h"
#include "ledgers/ledgers_api.h"
#include "ledgers/ledgers_store.h"
#include "mailbox/dispatch.h"
#include "mailbox/filed_store.h"
#include "mailbox/letters_api.h"
#include "mailbox/mailboxes_api.h"
#include "mailbox/senders_api.h"
#include "mailbox/taking_in.h"
#include "people/accounts_store.h"
#include "people/places_api.h"
#include "photos/photos_api.h"
#include "photos/photos_store.h"
#include "places/place_store.h"
#include "plans/plans_api.h"
#include "plans/plans_store.h"
#include "reminders/reminders_api.h"
#include "reminders/reminders_store.h"
#include "replays/replays.h"
#include "reports/reports_api.h"
#include "reports/reports_store.h"
#include "sites/sites_api.h"
#include "sites/sites_store.h"
#include "suggestions/suggestions_api.h"
#include "suggestions/suggestions_store.h"
#include "summaries/summaries_api.h"
#include "summaries/summaries_store.h"
#include "tallies/tallies_store.h"

namespace wujin::app {
namespace {

// Every room that keeps something, in building order.
const std::vector<std::span<const Migration>>& all_migrations() {
  static const std::vector<std::span<const Migration>> rooms = {
      audit::migrations(),       changes::migrations(),    jobs::migrations(),      replays::migrations(),
      uploads::migrations(),     places::migrations(),     people::migrations(),    campaigns::migrations(),
      photos::migrations(),      activities::migrations(), handins::migrations(),   plans::migrations(),
      reports::migrations(),     reminders::migrations(),  tallies::migrations(),   ledgers::migrations(),
      summaries::migrations(),   sites::migrations(),      handovers::migrations(), appraisal::migrations(),
      suggestions::migrations(), mailbox::migrations(),
  };
  return rooms;
}

std::unique_ptr<Database> open_and_migrate(const Config& config, const Surroundings& surroundings) {
  std::filesystem::create_directories(config.data);
  auto database = open_database(config.database.value_or((config.data / "wujin.sqlite").string()));
  migrate(*database, all_migrations());
  (void)database->write_now([&](Transaction& transaction) -> Result<> {
    changes::open_epoch(transaction, surroundings.randomness);
    activities::count_if_never_counted(transaction);
    handins::mark_if_never_marked(transaction);
    return {};
  });
  const auto write_records = [](Transaction& transaction) -> Result<int> {
    constexpr int at_once = 1000;
    return activities::write_missing_records(transaction, at_once);
  };
  while (database->write_now(write_records).value() > 0) {
  }
  return database;
}

jobs::Workers::Log warn_into(spdlog::logger& log) {
  return [&log](std::string_view what) { log.warn("{}", what); };
}

// What waits for other machines: "reminders.send", "mailbox.send".
constexpr const char* sending_jobs = "%.send";

jobs::WorkerOptions worker_options() {
  jobs::WorkerOptions options;
  options.kinds.but_not = sending_jobs;
  // Two pictures at once keep up with a village meeting's uploads, and no letter being read holds up all of them.
  options.helpers = 1;
  options.helped.only = photos::drawing_job;
  return options;
}

jobs::WorkerOptions sender_options() {
  jobs::WorkerOptions options;
  options.kinds.only = sending_jobs;
  options.threads = 2;
  return options;
}

mail::Limits mail_limits(const Config& config) {
  mail::Limits limits;
  limits.trusted_certificates = config.trusted_certificates;
  return limits;
}

mail::ImapLimits imap_limits(const Config& config) {
  mail::ImapLimits limits;
  limits.poll = std::chrono::minutes(5);
  limits.trusted_certificates = config.trusted_certificates;
  return limits;
}

webhooks::Limits webhook_limits(const Config& config) {
  webhooks::Limits limits;
  limits.loopback = config.loopback_webhooks;
  limits.trusted_certificates = config.trusted_certificates;
  return limits;
}

converter::Settings converter_settings(const Config& config) {
  const char* search_path = std::getenv("PATH");
  converter::Settings settings;
  settings.program = converter::find_office(config.libreoffice, search_path != nullptr ? search_path : "");
  settings.folder = config.data / "converting";
  return settings;
}

http::Assets assets_of(const Config& config) {
  const std::vector<std::string> faces = {"/phone/", "/office/"};
  if (!config.web_dir.empty()) return http::Assets(config.web_dir, faces);
  return http::Assets(embedded_web(), faces);
}

mailbox::WatchParts watch_parts(const Config& config, House& house) {
  return {house.database(), house.queue(),       house.letters(), house.field_key(),     house.randomness(),
          house.clock(),    imap_limits(config), mailbox::Pace(), warn_into(house.log())};
}

// Another server process on the same PostgreSQL may sign somebody out: what is kept of sessions is asked anew this often.
std::optional<std::chrono::milliseconds> session_cache_lifetime(const Config& config) {
  if (!config.database) return std::nullopt;
  return std::chrono::milliseconds(2000);
}

}  // namespace

House::House(const Config& config, const Surroundings& surroundings)
    : surroundings_(surroundings),
      database_(open_and_migrate(config, surroundings)),
      vault_(files::open_disk_vault(config.data / "files")),
      letters_(files::open_disk_vault(config.data / "letters")),
      queue_(surroundings.clock),
      activity_owners_(surroundings.clock),
      site_owners_(surroundings.clock),
      field_key_(secrets::FieldKey::of_file(config.data / "fields.key", surroundings.randomness)),
      workers_(*database_, queue_, surroundings.clock, surroundings.randomness, worker_options(), warn_into(surroundings.log)),
      senders_(*database_, queue_, surroundings.clock, surroundings.randomness, sender_options(), warn_into(surroundings.log)) {
  const photos::JobParts drawing{*database_, queue_, *vault_, owners_, likenesses_, surroundings.clock};
  photos::add_jobs(workers_, drawing);
  photos::schedule_cleaning(drawing);
  add_forgetting(workers_, queue_, *database_, surroundings.clock);
  add_gathering(workers_, queue_, *database_, catalogue_);
  const reminders::JobParts sending{*database_,
                                    queue_,
                                    catalogue_,
                                    field_key_,
                                    surroundings.randomness,
                                    surroundings.clock,
                                    mail_limits(config),
                                    webhook_limits(config)};
  reminders::add_jobs(workers_, senders_, sending);
  reminders::schedule_looking(sending);
  const mailbox::SendParts answering{*database_, queue_, field_key_, surroundings.clock, mail_limits(config)};
  mailbox::add_send_jobs(workers_, senders_, answering);
  mailbox::schedule_sending(answering);
}

Application::Application(const Config& config, House& house, people::HouseOptions options)
    : config_(config),
      house_(house),
      options_(options),
      pool_(2, 256),
      session_cache_(session_cache_lifetime(config)),
      sessions_(house.database(), session_cache_, house.clock()),
      door_(house.database(), passwords_, session_cache_, house.clock(), house.randomness()),
      session_api_(house.database(), sessions_, session_cache_, door_, house.clock(), options),
      people_api_(house.database(), sessions_, session_cache_, house.clock(), house.randomness()),
      audit_api_(house.database(), sessions_, pool_, house.clock()),
      uploads_(house.database(), house.vault(), pool_, house.clock(), house.randomness(),
               photos::upload_hooks({house.database(), sessions_, house.queue(), house.vault(), house.owners(), house.clock()})),
      converter_(converter_settings(config), warn_into(house.log())),
      filing_({house.database(), house.queue(), house.vault(), house.owners(), house.catalogue(), forms_}),
      watcher_(watch_parts(config, house)),
      assets_(assets_of(config)),
      sealer_(house.database(), warn_into(house.log())) {
  uploads_.add_jobs(house.workers(), house.queue());
  add_routes();
  add_mailbox();
  server_ = std::make_unique<http::Server>(server_config(), router_, metrics_, house.log(), true_clock_, house.randomness(),
                                           [this](const http::Request& request) { return assets_.find(request); });
}

Application::~Application() { stop(); }

void Application::add_routes() {
  Database& database = house_.database();
  const Clock& clock = house_.clock();
  add_system_routes(router_, {database, metrics_, true_clock_, options_.demo});
  session_api_.add_routes(router_);
  people_api_.add_routes(router_);
  audit_api_.add_routes(router_);
  people::add_place_routes(router_, {database, sessions_, clock});
  campaigns::add_routes(router_, {database, sessions_, house_.catalogue(), clock, options_.demo});
  campaigns::add_ending_routes(router_, {database, sessions_, house_.catalogue(), clock, options_.demo});
  campaigns::add_issue_routes(router_, {database, sessions_, house_.catalogue(), clock, options_.demo},
                              {activities::is_identifier_in_use});
  campaigns::add_form_routes(router_, {database, sessions_, house_.catalogue(), clock, options_.demo},
                             {activities::is_identifier_in_use});
  uploads_.add_routes(router_);
  photos::add_routes(router_, {database, sessions_, house_.queue(), house_.vault(), house_.owners(), clock});
  activities::add_routes(router_, {database, sessions_, house_.catalogue(), clock});
  plans::add_routes(router_,
                    {database, sessions_, house_.catalogue(), forms_, house_.vault(), pool_, clock, house_.randomness()});
  reports::add_routes(router_, {database, sessions_, house_.catalogue(), forms_, house_.vault(), pool_, clock});
  summaries::add_routes(router_, {database, sessions_, house_.catalogue(), forms_, house_.vault(), pool_, clock});
  deadlines::add_routes(router_, {database, sessions_, house_.catalogue(), clock});
  reminders::add_routes(router_, {database, sessions_, house_.catalogue(), house_.queue(), house_.field_key(),
                                  house_.randomness(), clock, webhook_limits(config_)});
  appraisal::add_routes(router_, {database, sessions_, house_.catalogue(), forms_, house_.vault(), pool_, clock});
  handovers::add_routes(router_, {database, sessions_, session_cache_, clock});
  sites::add_routes(router_, {database, sessions_, clock});
  suggestions::add_routes(router_, {database, sessions_, house_.catalogue(), clock});
  coverage::add_routes(router_, {database, sessions_, house_.catalogue(), clock});
  ledgers::add_routes(router_, {database, sessions_, house_.catalogue(), house_.vault(), pool_, clock});
  feed::add_routes(router_, {database, sessions_, clock});
  converter::add_pdf_routes(router_, converter_);
}

void Application::add_mailbox() {
  Database& database = house_.database();
  const auto modernise = [this](const std::filesystem::path& file, mailbox::OldFormat format, const std::filesystem::path& into) {
    using converter::Converter;
    return converter_.modernise(file, format == mailbox::OldFormat::word ? Converter::Old::word : Converter::Old::excel, into);
  };
  const mailbox::LetterJobParts taking_in{database, house_.queue(),      house_.letters(), house_.catalogue(),
                                          filing_,  house_.randomness(), house_.clock(),   modernise};
  mailbox::add_letter_jobs(house_.workers(), taking_in);
  mailbox::schedule_cleaning(taking_in);
  mailbox::add_letter_routes(router_, {database, sessions_, house_.catalogue(), house_.queue(), house_.letters(), pool_,
                                       house_.randomness(), filing_, house_.clock()});
  mailbox::add_sender_routes(router_, {database, sessions_, house_.clock()});
  const auto changed = [this](const mailbox::PlaceId& town) { watcher_.changed(town); };
  mailbox::add_mailbox_routes(
      router_, {database, sessions_, house_.field_key(), house_.randomness(), house_.clock(), imap_limits(config_), changed});
}

http::ServerConfig Application::server_config() const {
  http::ServerConfig server;
  server.address = config_.host == "localhost" ? "127.0.0.1" : config_.host;
  server.port = config_.port;
  server.threads = static_cast<unsigned>(config_.threads);
  if (!config_.certificate.empty()) server.tls = http::TlsFiles{config_.certificate, config_.key};
  if (!config_.trusted_proxy.empty()) server.trusted_proxies = {config_.trusted_proxy};
  return server;
}

void Application::start() {
  house_.workers().start();
  house_.senders().start();
  watcher_.start();
  server_->start();
}

void Application::stop() {
  converter_.stop();
  server_->stop();
  watcher_.stop();
  house_.workers().stop();
  house_.senders().stop();
}

}  // namespace wujin::app
