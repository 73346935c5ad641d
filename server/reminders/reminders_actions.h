#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/randomness.h"
#include "campaigns/catalogue.h"
#include "jobs/queue.h"
#include "people/actor.h"
#include "reminders/due_town.h"
#include "reminders/message.h"
#include "reminders/reminders_store.h"

// The verbs of reminding. Rights are judged here; all of it is the station's.
namespace wujin::reminders {

// What reminding takes of the house; borrowed.
struct Tools {
  campaigns::Catalogue& catalogue;
  jobs::Queue& queue;
  Randomness& randomness;
};

// Which places are asked for what falls due on a day. No places: all that owe.
struct Asked {
  CampaignId campaign;
  Date due_on;
  std::optional<std::vector<PlaceId>> places;
};
BOOST_DESCRIBE_STRUCT(Asked, (), (campaign, due_on, places))

struct Preview {
  DueTown town;
  Kind kind = Kind::before;
  std::vector<Owing> owing;  // among those asked for
};
// Errors: not_found, forbidden, validation (due_on, places[i]).
Result<Preview> preview(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor, const Asked& asked,
                        const std::string& address, Instant now);

// By hand, by the ways chosen. `text` stands for what the group would be told.
struct SendRequest : Asked {
  std::optional<std::string> text;
  std::vector<std::string> robots;
  bool mail = false;
};
BOOST_DESCRIBE_STRUCT(SendRequest, (Asked), (text, robots, mail))
// Errors: those of a preview; validation (text, robots[i]); reminder_not_to_group, reminder_not_owed, reminder_no_receiver.
Result<std::vector<Message>> send_by_hand(Transaction& transaction, const Tools& tools, const people::Actor& actor,
                                          const SendRequest& request, const std::string& address, Instant now);

// Errors: not_found, forbidden.
Result<std::vector<Message>> list_messages(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                           const CampaignId& campaign, const std::optional<Position>& below, int limit,
                                           Instant now);
// Errors: not_found, forbidden, reminder_settled.
Result<Message> retry(Transaction& transaction, const Tools& tools, const people::Actor& actor, const Id<Message>& id,
                      Instant now);

// Errors: not_found, forbidden.
Result<KeptSettings> see_settings(Snapshot& snapshot, const people::Actor& actor, const PlaceId& town, Instant now);
// What changing the settings takes beside.
struct SettingsTools {
  const secrets::FieldKey& key;
  Randomness& randomness;
  const webhooks::Limits& limits;
  jobs::Queue& queue;
};
// Errors: not_found, forbidden, if_match_required, stale, validation.
Result<KeptSettings> change_settings(Transaction& transaction, const SettingsTools& tools, const people::Actor& actor,
                                     const PlaceId& town, const SettingsChange& change, std::string_view if_match, Instant now);
// Errors: not_found, forbidden, validation (year, csv).
Result<std::vector<OfficeDay>> set_office_days(Transaction& transaction, const people::Actor& actor, const PlaceId& town,
                                               int year, const std::string& csv, Instant now);

std::string etag_of(const KeptSettings& kept);

// Puts a message into the table and asks for it to be sent.
void enqueue(Transaction& transaction, jobs::Queue& queue, const Message& message);

}  // namespace wujin::reminders
