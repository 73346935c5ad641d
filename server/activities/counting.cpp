#include "activities/counting.h"

#include "activities/activities_store.h"
#include "tallies/tallies_store.h"

namespace wujin::activities {
namespace {

tallies::Held held_of(const Activity& activity) {
  tallies::Held held;
  held.campaign = activity.campaign.text();
  held.town = activity.town.text();
  held.place = activity.place.text();
  held.day = china_date(activity.started_at);
  held.organizer = boost::describe::enum_to_string(activity.organizer.value_or(Organizer::village), "");
  held.kind = activity.kind.value_or("");
  held.form = activity.form.value_or("");
  held.entry = activity.entry;
  held.work_item = activity.work_item.value_or("");
  held.audiences = activity.audiences.value_or(std::vector<std::string>());
  held.people = activity.people_about.value_or(0);
  held.leaflets = activity.leaflets.value_or(0);
  return held;
}

}  // namespace

void count(Transaction& transaction, const Activity* before, const Activity* after) {
  tallies::Held was, is;
  if (before != nullptr) was = held_of(*before);
  if (after != nullptr) is = held_of(*after);
  tallies::count(transaction, before != nullptr ? &was : nullptr, after != nullptr ? &is : nullptr);
}

void recount(Transaction& transaction) {
  tallies::clear(transaction);
  std::vector<tallies::Held> all;
  each(transaction, [&](const Activity& activity) { all.push_back(held_of(activity)); });
  for (const tallies::Held& held : all) tallies::count(transaction, nullptr, &held);
}

void count_if_never_counted(Transaction& transaction) {
  if (has_any(transaction) && tallies::is_empty(transaction)) recount(transaction);
}

}  // namespace wujin::activities
