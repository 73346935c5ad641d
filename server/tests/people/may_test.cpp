#include "people/may.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

namespace wujin::people {
namespace {

const PlaceId district("500103"), town("500103100"), village("500103100201"), other_village("500103100202"),
    other_town("500103101");

using Path = std::vector<PlaceId>;
const Path in_district{district}, in_town{town, district}, in_village{village, town, district},
    in_other_village{other_village, town, district}, in_other_town{other_town, district};

template <class E>
std::vector<E> all() {
  std::vector<E> values;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto e) { values.push_back(e.value); });
  return values;
}

Actor holding(Role role, PlaceId place) {
  Actor actor;
  actor.grants = {{role, std::move(place)}};
  return actor;
}

PlaceId home_of(Role role) {
  switch (role) {
    case Role::village:
    case Role::resident_leader:
      return village;
    case Role::district:
      return district;
    default:
      return town;
  }
}

// What each role may do at its own place, written out again from architecture.md so that the table in may.cpp cannot drift alone.
const std::map<Role, std::set<Verb>> at_own_place = {
    {Role::village,
     {Verb::see_place, Verb::read_place, Verb::write_activity, Verb::keep_sites, Verb::read_suggestions, Verb::answer_suggestions,
      Verb::write_plan, Verb::write_report, Verb::hand_in, Verb::withdraw, Verb::object_to_appraisal}},
    {Role::resident_leader, {Verb::see_place, Verb::read_place, Verb::sign_off, Verb::object_to_appraisal}},
    {Role::station, {Verb::see_place,        Verb::read_place,       Verb::write_activity,     Verb::edit_village_record,
                     Verb::keep_sites,       Verb::read_suggestions, Verb::answer_suggestions, Verb::write_plan,
                     Verb::write_report,     Verb::hand_in,          Verb::withdraw,           Verb::return_,
                     Verb::accept,           Verb::exempt,           Verb::load_campaign,      Verb::tighten_campaign,
                     Verb::end_place,        Verb::invite,           Verb::manage_people,      Verb::remind,
                     Verb::manage_reminders, Verb::keep_mailbox,     Verb::file_letters,       Verb::choose_columns,
                     Verb::appraise}},
    {Role::district,
     {Verb::see_place, Verb::read_place, Verb::load_campaign, Verb::issue_campaign, Verb::end_place, Verb::invite,
      Verb::manage_people}},
    {Role::system,
     {Verb::see_place, Verb::invite, Verb::manage_people, Verb::reset_password, Verb::manage_settings, Verb::manage_reminders,
      Verb::keep_mailbox, Verb::read_policy}},
    {Role::security, {Verb::see_place, Verb::unlock, Verb::read_policy, Verb::manage_policy}},
    {Role::auditor, {Verb::see_place, Verb::read_audit}},
};

// What stays behind when the place is below the one that was granted.
const std::set<Verb> only_at_own_place = {Verb::write_plan, Verb::write_report, Verb::hand_in, Verb::withdraw,
                                          Verb::object_to_appraisal};

Path path_of(const PlaceId& place) {
  if (place == village) return in_village;
  return place == town ? in_town : in_district;
}

TEST(May, lets_each_role_do_at_its_own_place_what_the_house_says) {
  for (const auto role : all<Role>()) {
    for (const auto verb : all<Verb>()) {
      EXPECT_EQ(may(holding(role, home_of(role)), verb, path_of(home_of(role))), at_own_place.at(role).contains(verb))
          << boost::describe::enum_to_string(role, "") << " " << boost::describe::enum_to_string(verb, "");
    }
  }
}

TEST(May, reaches_below_the_granted_place_but_not_for_what_a_place_does_itself) {
  for (const auto role : {Role::station, Role::system, Role::security, Role::auditor}) {
    for (const auto verb : all<Verb>()) {
      const bool expected = at_own_place.at(role).contains(verb) && !only_at_own_place.contains(verb);
      EXPECT_EQ(may(holding(role, town), verb, in_village), expected)
          << boost::describe::enum_to_string(role, "") << " " << boost::describe::enum_to_string(verb, "");
    }
  }
}

TEST(May, refuses_everything_at_another_place) {
  for (const auto role : all<Role>()) {
    const auto actor = holding(role, home_of(role));
    for (const auto verb : all<Verb>()) {
      if (home_of(role) == village) {
        EXPECT_FALSE(may(actor, verb, in_other_village));
        EXPECT_FALSE(may(actor, verb, in_town)) << "a grant never reaches up";
      } else if (home_of(role) == town) {
        EXPECT_FALSE(may(actor, verb, in_other_town));
        EXPECT_FALSE(may(actor, verb, in_district));
      }
    }
  }
}

TEST(May, adds_up_the_grants_of_one_person) {
  Actor two_villages;
  two_villages.grants = {{Role::village, village}, {Role::village, other_village}};
  EXPECT_TRUE(may(two_villages, Verb::hand_in, in_village));
  EXPECT_TRUE(may(two_villages, Verb::hand_in, in_other_village));
  EXPECT_FALSE(may(two_villages, Verb::hand_in, in_town));
}

TEST(May, refuses_an_actor_without_grants_and_a_question_without_a_place) {
  for (const auto verb : all<Verb>()) {
    EXPECT_FALSE(may(Actor(), verb, in_village));
    EXPECT_FALSE(may_anywhere(Actor(), verb));
    EXPECT_FALSE(may(holding(Role::station, town), verb, {}));
  }
}

TEST(May, asks_for_any_grant_where_no_place_is_concerned) {
  EXPECT_TRUE(may_anywhere(holding(Role::auditor, town), Verb::read_audit));
  EXPECT_FALSE(may_anywhere(holding(Role::system, town), Verb::read_audit));
  EXPECT_FALSE(may_anywhere(holding(Role::security, town), Verb::read_audit));
}

TEST(May, narrows_a_list_to_the_places_of_the_grants) {
  Actor actor;
  actor.grants = {{Role::station, town}, {Role::village, other_village}, {Role::auditor, district}};
  const std::vector<Scope> expected = {{town, true}, {other_village, true}};
  EXPECT_EQ(scopes(actor, Verb::read_place), expected);
  const std::vector<Scope> own = {{town, false}, {other_village, false}};
  EXPECT_EQ(scopes(actor, Verb::hand_in), own);
  EXPECT_TRUE(scopes(actor, Verb::sign_off).empty());
}

TEST(May, lets_only_the_system_role_make_the_roles_that_guard_the_house) {
  for (const auto given : all<Role>()) {
    const bool guards = given == Role::system || given == Role::security || given == Role::auditor || given == Role::district;
    const bool of_a_village = given == Role::village || given == Role::resident_leader;
    EXPECT_TRUE(may_give(holding(Role::system, town), given, in_village));
    EXPECT_EQ(may_give(holding(Role::district, district), given, in_town), !guards);
    EXPECT_EQ(may_give(holding(Role::station, town), given, in_village), of_a_village);
    EXPECT_FALSE(may_give(holding(Role::station, town), given, in_other_town));
    EXPECT_FALSE(may_give(holding(Role::village, village), given, in_village));
    EXPECT_FALSE(may_give(holding(Role::security, town), given, in_village));
    EXPECT_FALSE(may_give(holding(Role::auditor, town), given, in_village));
  }
}

}  // namespace
}  // namespace wujin::people
