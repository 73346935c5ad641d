#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "reports/draft.h"

// What the station notes beside a paragraph or a picture of a report, and whether it is seen to.
namespace wujin::reports {

struct CommentContent {
  Id<Activity> activity;           // whose paragraph
  std::optional<Id<Photo>> photo;  // one of its pictures; absent: the paragraph
  std::string text;
  bool operator==(const CommentContent&) const = default;
};
BOOST_DESCRIBE_STRUCT(CommentContent, (), (activity, photo, text))

struct Comment : CommentContent {
  Uuid id;
  Instant at;
  std::string by;
  std::optional<Instant> settled_at;
  std::optional<std::string> settled_by;
};
BOOST_DESCRIBE_STRUCT(Comment, (CommentContent), (id, at, by, settled_at, settled_by))

}  // namespace wujin::reports
