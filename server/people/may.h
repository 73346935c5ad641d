#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <boost/describe.hpp>

#include "base/result.h"
#include "people/actor.h"

namespace wujin::places {
class Tree;
}

namespace wujin::people {

// What a person may do. One for each kind of action; an action asks for exactly one of them.
enum class Verb : std::uint8_t {
  see_place,            // its name and its standing in the tree: no record
  read_place,           // its activities, pictures, plan, reports and deadlines
  write_activity,       // make a record there, change or delete one of one's own side; remember its points
  edit_village_record,  // the station changes what a village recorded or planned: only with a reason
  keep_sites,           // its education sites: name, address, pictures, when they were last seen to be there
  read_suggestions,     // what lies in its box
  answer_suggestions,   // or set aside
  write_plan,           // rows and head of its plan
  write_report,         // text, pictures and order in the month's draft
  hand_in,
  withdraw,
  return_,
  accept,  // nobody accepts what they handed in: the action compares the accounts
  exempt,
  sign_off,
  load_campaign,        // a new version of its campaign, the Word templates included
  issue_campaign,       // a district's model to a town, as the town's own campaign
  tighten_campaign,     // what was issued to the town: due earlier, more of a quota
  end_place,            // that one of the town's was merged or dissolved, and when; or that it stands after all
  invite,               // to a role the inviter may give: see may_give()
  manage_people,        // names, disabling, grants
  reset_password,       // a one-time link
  unlock,               // lift a lock-out
  manage_settings,      // of the town
  remind,               // places of what they owe, and read what was sent
  manage_reminders,     // mailbox, robots, addresses and schedule of the town's reminders
  appraise,             // freeze the year-end appraisal of its town, answer objections
  object_to_appraisal,  // to how its place stands in it
  keep_mailbox,         // the station's: where it is, its password, what becomes of letters
  file_letters,         // read what came by mail or was dragged onto the desk, file it, answer it
  choose_columns,       // of the tables the town's lists are exported as
  read_policy,
  manage_policy,  // locks and sessions
  read_audit
};
BOOST_DESCRIBE_ENUM(Verb, see_place, read_place, write_activity, edit_village_record, keep_sites, read_suggestions,
                    answer_suggestions, write_plan, write_report, hand_in, withdraw, return_, accept, exempt, sign_off,
                    load_campaign, issue_campaign, tighten_campaign, end_place, invite, manage_people, reset_password, unlock,
                    manage_settings, remind, manage_reminders, appraise, object_to_appraisal, keep_mailbox, file_letters,
                    choose_columns, read_policy, manage_policy, read_audit)

// Whether one of the actor's grants lets them do `verb` at a place. `place_and_ancestors` begins with the place itself and goes
// up to the root (places::Tree knows it); a grant at an ancestor reaches down where the table in may.cpp says so.
bool may(const Actor& actor, Verb verb, std::span<const PlaceId> place_and_ancestors);

// The same for what a town keeps for all its places. Errors: not_found for what is no town, forbidden.
Result<> check_may_in_town(const Actor& actor, Verb verb, const places::Tree& tree, const PlaceId& town);

// The same for what concerns no place (policy, the trail): any grant with the verb will do.
bool may_anywhere(const Actor& actor, Verb verb);

// The places whose grants carry `verb`, and how far: what a list must be narrowed to. A place that `reaches_down` stands for
// itself and everything below.
struct Scope {
  PlaceId place;
  bool reaches_down = false;
  auto operator<=>(const Scope&) const = default;
};
std::vector<Scope> scopes(const Actor& actor, Verb verb);

// Whether the actor may give `role` at a place to somebody, or take it away. Only the system role makes roles that guard the
// house.
bool may_give(const Actor& actor, Role role, std::span<const PlaceId> place_and_ancestors);

}  // namespace wujin::people
