#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include <spdlog/logger.h>

#include "activities/activity_owners.h"
#include "app/config.h"
#include "audit/sealer.h"
#include "base/clock.h"
#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "campaigns/form_templates.h"
#include "converter/converter.h"
#include "database/database.h"
#include "files/vault.h"
#include "http/assets.h"
#include "http/metrics.h"
#include "http/router.h"
#include "http/server.h"
#include "http/work_pool.h"
#include "jobs/queue.h"
#include "jobs/workers.h"
#include "mailbox/filing.h"
#include "mailbox/watcher.h"
#include "people/audit_api.h"
#include "people/door.h"
#include "people/people_api.h"
#include "people/session_api.h"
#include "people/session_cache.h"
#include "people/stored_sessions.h"
#include "photos/drawing.h"
#include "photos/likenesses.h"
#include "reminders/dispatch.h"
#include "secrets/field_key.h"
#include "secrets/passwords.h"
#include "sites/site_owners.h"
#include "uploads/uploads.h"

namespace wujin::app {

// The house's own clocks and dice; borrowed by everything built on them.
struct Surroundings {
  const Clock& clock;  // what the rooms live by: may be shifted or standing still
  Randomness& randomness;
  spdlog::logger& log;
};

// What stands before the front door opens: data folder, database brought up to date, vault, job handlers. Commands and the sample
// town work with this much.
class House {
 public:
  House(const Config& config, const Surroundings& surroundings);
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  Database& database() { return *database_; }
  files::Vault& vault() { return *vault_; }
  files::Vault& letters() { return *letters_; }
  jobs::Queue& queue() { return queue_; }
  jobs::Workers& workers() { return workers_; }
  photos::Owners& owners() { return owners_; }
  campaigns::Catalogue& catalogue() { return catalogue_; }
  jobs::Workers& senders() { return senders_; }
  const secrets::FieldKey& field_key() const { return field_key_; }
  const Clock& clock() const { return surroundings_.clock; }
  Randomness& randomness() { return surroundings_.randomness; }
  spdlog::logger& log() { return surroundings_.log; }

 private:
  Surroundings surroundings_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<files::Vault> vault_;
  std::unique_ptr<files::Vault> letters_;  // of what came by mail: no sweep of pictures reaches it
  jobs::Queue queue_;
  activities::ActivityOwners activity_owners_;
  sites::SiteOwners site_owners_;
  photos::OwnersOfRooms owners_{{&activity_owners_, &site_owners_}};
  photos::Likenesses likenesses_;
  campaigns::Catalogue catalogue_;
  secrets::FieldKey field_key_;
  jobs::Workers workers_;
  jobs::Workers senders_;  // of what waits for other machines
};

// The server: every room's routes behind one listener. Construction builds in order, destruction reverses it.
class Application {
 public:
  Application(const Config& config, House& house, people::HouseOptions options);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  void start();  // returns once it listens; throws when the address is taken
  void stop();
  std::uint16_t port() const { return server_->port(); }
  const http::Router& router() const { return router_; }

 private:
  void add_routes();
  void add_mailbox();
  http::ServerConfig server_config() const;

  Config config_;
  House& house_;
  people::HouseOptions options_;
  SystemClock true_clock_;  // for Date headers and caches, whatever the rooms live by
  http::WorkPool pool_;
  secrets::Passwords passwords_;
  people::SessionCache session_cache_;
  people::StoredSessions sessions_;
  people::Door door_;
  people::SessionApi session_api_;
  people::PeopleApi people_api_;
  people::AuditApi audit_api_;
  uploads::Uploads uploads_;
  campaigns::FormTemplates forms_;
  converter::Converter converter_;
  mailbox::Filing filing_;
  mailbox::Watcher watcher_;
  http::Router router_;
  http::Metrics metrics_;
  http::Assets assets_;
  audit::Sealer sealer_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace wujin::app
