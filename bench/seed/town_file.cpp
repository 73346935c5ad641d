#include "seed/town_file.h"

#include <fstream>
#include <stdexcept>

#include "app/gathering.h"
#include "app/sample_accounts.h"
#include "audit/sealer.h"
#include "base/json.h"

namespace wujin::bench {

Town describe(app::House& house, const SeedOptions& options, const campaigns::Campaign& campaign) {
  Town town;
  town.campaign = campaign.id.text();
  town.town = campaign.town.text();
  town.clock = to_string(options.ends);
  town.activities = options.activities;
  town.photos = options.photos;
  for (const auto& account : app::write_sample_accounts(house, options.data, "")) {
    const Account mine{account.place, account.login, account.password};
    if (account.login == "station") town.station = mine;
    if (account.role == "district") town.district = mine;
    if (account.role == "village") town.villages.push_back(mine);
  }
  const Month last = month_of(china_date(options.ends));
  for (Month month = month_of(campaign.starts_on); month <= last; month += std::chrono::months(1)) {
    town.months.push_back(to_string(month));
  }
  return town;
}

void finish_database(app::House& house, const SeedOptions& options) {
  audit::seal(house.database());
  app::gather_words(house.database(), house.catalogue());
  if (!options.database) return;
  (void)house.database().write_now([](Transaction& transaction) -> Result<> {
    transaction.run_script("ANALYZE");
    return {};
  });
}

void write_town_file(const std::filesystem::path& folder, const Town& town) {
  std::ofstream out(folder / "bench.json", std::ios::binary | std::ios::trunc);
  out << encode_json(town) << "\n";
  if (!out.flush()) throw std::runtime_error("cannot write bench.json");
}

}  // namespace wujin::bench
