#pragma once

#include <optional>
#include <string>
#include <vector>

#include "campaigns/catalogue.h"
#include "database/database.h"
#include "places/place.h"
#include "reminders/reminder.h"
#include "reminders/reminders_store.h"

namespace wujin::reminders {

// A due day of a campaign as it stands at one moment: everything its texts are made of.
struct DueTown {
  campaigns::Catalogue::Bundle bundle;
  DueDay day;
  std::vector<Owing> owing;  // in the places' own order
  Telling telling;
  KeptSettings kept;

  const Campaign& campaign() const { return bundle->campaign; }
};

// Nothing when nothing falls due that day. `address` serves for links when the settings name none.
std::optional<DueTown> due_town(Snapshot& snapshot, const campaigns::Catalogue::Bundle& bundle, const places::Tree& tree,
                                Date due_on, const std::string& address, Instant now);

// Those of `owing` that stand in `places`.
std::vector<Owing> among(const std::vector<Owing>& owing, const std::vector<PlaceId>& places);

OfficeCalendar office_calendar(Snapshot& snapshot, const Campaign& campaign);

}  // namespace wujin::reminders
