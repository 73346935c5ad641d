#include "activities/history.h"

#include <set>

#include <boost/json.hpp>

#include "base/json.h"

namespace wujin::activities {
namespace {

namespace json = boost::json;

struct TrailRecord : ActivityContent {
  std::vector<Id<Photo>> photos;
  std::vector<std::string> captions;
  std::string by;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(TrailRecord, (ActivityContent), (photos, captions, by, reason))

// Who and why are told apart from what.
bool is_about_the_write(std::string_view field) { return field == "by" || field == "reason"; }

std::optional<std::string> text_of(const json::object& object, std::string_view field) {
  const auto* value = object.if_contains(field);
  if (value == nullptr) return std::nullopt;
  return value->is_string() ? std::string(value->get_string()) : json::serialize(*value);
}

json::object object_of(const std::string& text) {
  if (text.empty()) return {};
  const auto value = parse_json(text);
  return value && value->is_object() ? value->get_object() : json::object();
}

}  // namespace

std::string trail_of(const Activity& activity, const std::string& by, const std::optional<std::string>& reason) {
  TrailRecord record;
  static_cast<ActivityContent&>(record) = static_cast<const ActivityContent&>(activity);
  for (const ActivityPhoto& photo : activity.photos) {
    record.photos.push_back(photo.id);
    record.captions.push_back(photo.caption.value_or(""));
  }
  record.by = by;
  record.reason = reason;
  return encode_json(record);
}

HistoryEntry history_of(const audit::Entry& entry) {
  const json::object before = object_of(entry.before), after = object_of(entry.after);
  HistoryEntry history;
  history.at = entry.at;
  history.action = HistoryAction::edited;
  if (before.empty()) history.action = HistoryAction::created;
  if (after.empty()) history.action = HistoryAction::deleted;
  const json::object& written = after.empty() ? before : after;
  history.by = text_of(written, "by").value_or("");
  history.reason = text_of(written, "reason");
  std::set<std::string> fields;
  for (const auto& member : before) fields.insert(std::string(member.key()));
  for (const auto& member : after) fields.insert(std::string(member.key()));
  for (const std::string& field : fields) {
    if (is_about_the_write(field)) continue;
    auto was = text_of(before, field), is = text_of(after, field);
    if (was != is) history.changes.push_back({field, std::move(was), std::move(is)});
  }
  return history;
}

}  // namespace wujin::activities
