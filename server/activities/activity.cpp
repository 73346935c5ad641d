#include "activities/activity.h"

#include <algorithm>
#include <set>

#include "base/field_check.h"
#include "base/json.h"
#include "base/text.h"

namespace wujin::activities {
namespace {

using campaigns::Campaign;

// Beside what every form checks: that choices are the campaign's.
class Check : public FieldCheck {
 public:
  void choice(const std::string& field, const std::string& value, const std::vector<campaigns::Choice>& choices) {
    const auto found = std::ranges::find(choices, value, &campaigns::Choice::id);
    if (found == choices.end()) add(field, ProblemCode::unknown_choice, {{"value", value}});
  }
  void choice(const std::string& field, const std::optional<std::string>& value, const std::vector<campaigns::Choice>& choices) {
    if (value) choice(field, *value, choices);
  }
  void choices(const std::string& field, const std::optional<std::vector<std::string>>& values,
               const std::vector<campaigns::Choice>& known) {
    if (!values) return;
    for (std::size_t i = 0; i < values->size(); ++i) choice(field + "[" + std::to_string(i) + "]", (*values)[i], known);
  }
};

// Most pictures of one activity (contract, ActivityChange).
constexpr std::size_t most_photos = 60;

void check_photos(Check& check, const std::vector<PhotoClaim>& claims) {
  check.at_most("photos", claims.size(), most_photos);
  std::set<Id<Photo>> seen;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const PhotoClaim& photo = claims[i];
    const std::string field = "photos[" + std::to_string(i) + "]";
    if (!seen.insert(photo.id).second) check.add(field + ".id", ProblemCode::duplicate);
    check.range(field + ".bytes", std::optional(photo.bytes), std::int64_t{1}, photos::largest_photo);
    if (!photos::is_sha256(photo.sha256)) check.add(field + ".sha256", ProblemCode::invalid, {{"expected", "SHA-256"}});
    check.text(field + ".caption", photo.caption, 100);
    check.range(field + ".latitude", photo.latitude, -90.0, 90.0);
    check.range(field + ".longitude", photo.longitude, -180.0, 180.0);
  }
}

void check_choices(Check& check, const ActivityChange& change, const Campaign& campaign) {
  check.choice("entry", change.entry, campaign.entries);
  check.choice("kind", change.kind, campaign.kinds);
  check.choice("form", change.form, campaign.forms);
  check.choice("sector", change.sector, campaign.sectors);
  check.choices("audiences", change.audiences, campaign.audiences);
  check.choices("topics", change.topics, campaign.topics);
  check.choices("settings", change.settings, campaign.settings);
  if (change.work_item &&
      std::ranges::find(campaign.work_items, *change.work_item, &campaigns::WorkItem::id) == campaign.work_items.end()) {
    check.add("work_item", ProblemCode::unknown_choice, {{"value", *change.work_item}});
  }
}

void check_times(Check& check, const ActivityChange& change, const Campaign& campaign) {
  const Date day = china_date(change.started_at);
  if (day < campaign.starts_on || day > campaign.ends_on) {
    check.add("started_at", ProblemCode::out_of_range,
              {{"low", to_string(campaign.starts_on)}, {"high", to_string(campaign.ends_on)}});
  }
  if (change.ended_at && *change.ended_at < change.started_at) {
    check.add("ended_at", ProblemCode::out_of_range, {{"low", to_string(change.started_at)}, {"high", to_string(end_of(day))}});
  }
}

std::optional<std::string> tidied(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const std::string kept(trimmed(*text));
  return kept.empty() ? std::nullopt : std::optional(kept);
}

std::optional<std::vector<std::string>> tidied(const std::optional<std::vector<std::string>>& list) {
  std::vector<std::string> kept;
  for (const std::string& element : list.value_or(std::vector<std::string>())) {
    std::string text(trimmed(element));
    if (!text.empty() && std::ranges::find(kept, text) == kept.end()) kept.push_back(std::move(text));
  }
  return kept.empty() ? std::nullopt : std::optional(kept);
}

}  // namespace

std::string etag_of(std::int64_t version) { return "\"v" + std::to_string(version) + "\""; }

ActivityRecord record_of(const Activity& activity) {
  ActivityRecord record;
  static_cast<ActivityContent&>(record) = static_cast<const ActivityContent&>(activity);
  record.id = activity.id;
  record.etag = etag_of(activity.version);
  record.received_at = activity.received_at;
  record.updated_at = activity.updated_at;
  record.recorded_by = activity.recorded_by_name;
  record.month = activity.month;
  record.supplement = activity.supplement;
  return record;
}

Result<> check(const ActivityChange& change, const Campaign& campaign) {
  Check check;
  check.text("title", change.title, 1, 120);
  check.text("text", change.text, 0, 5000);
  check.text("point", change.point, 64);
  check.text("on_behalf_reason", change.on_behalf_reason, 300);
  check.text("reason", change.reason, 500);
  check.range("people_about", change.people_about, 0, 1'000'000);
  check.range("leaflets", change.leaflets, 0, 10'000'000);
  constexpr std::int64_t centuries = 10'000'000'000'000;
  check.range("clock_offset_ms", change.clock_offset_ms, -centuries, centuries);
  if (change.partners) {
    check.at_most("partners", change.partners->size(), 20);
    for (std::size_t i = 0; i < change.partners->size(); ++i) {
      check.text("partners[" + std::to_string(i) + "]", (*change.partners)[i], 1, 64);
    }
  }
  check_choices(check, change, campaign);
  check_times(check, change, campaign);
  check_photos(check, change.photos);
  return check.result();
}

ActivityChange tidied(ActivityChange change) {
  change.title = trimmed(change.title);
  change.text = trimmed(replaced(change.text, "\r\n", "\n"));
  change.point = tidied(change.point);
  change.on_behalf_reason = tidied(change.on_behalf_reason);
  change.reason = tidied(change.reason);
  change.audiences = tidied(change.audiences);
  change.topics = tidied(change.topics);
  change.settings = tidied(change.settings);
  change.partners = tidied(change.partners);
  if (change.date_only == false) change.date_only.reset();
  if (!change.organizer) change.organizer = Organizer::village;
  for (PhotoClaim& photo : change.photos) photo.caption = tidied(photo.caption);
  return change;
}

bool is_same(const Activity& activity, const ActivityChange& change) {
  ActivityContent kept = static_cast<const ActivityContent&>(activity);
  ActivityContent wanted = static_cast<const ActivityContent&>(change);
  kept.recorded_at = wanted.recorded_at = std::nullopt;
  kept.clock_offset_ms = wanted.clock_offset_ms = std::nullopt;
  if (encode_json(kept) != encode_json(wanted)) return false;
  return std::ranges::equal(activity.photos, change.photos,
                            [](const ActivityPhoto& a, const PhotoClaim& b) { return a.id == b.id && a.caption == b.caption; });
}

}  // namespace wujin::activities
