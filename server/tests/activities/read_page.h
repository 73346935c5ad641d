#pragma once

#include "activities/activities_actions.h"
#include "activities/activity_answer.h"
#include "activities/activity_page.h"
#include "base/json.h"

// A list as a client reads it.
namespace wujin::activities {

struct ReadPage {
  std::vector<ActivityAnswer> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReadPage, (), (items, next_cursor))

inline Result<ReadPage> read_page(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                  const ListRequest& request, Instant now) {
  const auto seen = readable_query(snapshot, catalogue, actor, request, now);
  if (!seen) return seen.error();
  return decode_json<ReadPage>(page_of(snapshot, actor, *seen, now));
}

}  // namespace wujin::activities
