#include "handins/handin.h"

#include <algorithm>
#include <array>

namespace wujin::handins {
namespace {

bool was_returned_before(std::span<const Version> versions) {
  const auto earlier = versions.first(versions.size() - 1);
  return std::ranges::any_of(earlier, [](const Version& version) { return version.state == VersionState::returned; });
}

Standing undelivered(const campaigns::Due* due, Instant now, int due_soon_days) {
  if (due == nullptr) return Standing::not_due;
  switch (campaigns::due_state(*due, now, due_soon_days)) {
    case campaigns::DueState::not_due:
      return Standing::not_due;
    case campaigns::DueState::due:
      return Standing::due;
    case campaigns::DueState::overdue:
      return Standing::overdue;
  }
  return Standing::not_due;
}

bool is_newest(std::span<const Version> versions, VersionState state) {
  return !versions.empty() && versions.back().state == state;
}

}  // namespace

int urgency_of(Standing standing) {
  constexpr std::array by_urgency = {Standing::overdue, Standing::returned,  Standing::due,         Standing::withdrawn,
                                     Standing::not_due, Standing::submitted, Standing::resubmitted, Standing::accepted,
                                     Standing::exempt,  Standing::na};
  return static_cast<int>(std::ranges::find(by_urgency, standing) - by_urgency.begin());
}

Standing standing_of(std::span<const Version> versions, const campaigns::Due* due, const Exemption* exemption, Instant now,
                     int due_soon_days) {
  if (due != nullptr && due->lapsed && first_valid(versions) == nullptr) return Standing::na;
  if (exemption != nullptr && may_exempt(versions)) return Standing::exempt;
  if (versions.empty()) return undelivered(due, now, due_soon_days);
  switch (versions.back().state) {
    case VersionState::submitted:
      return was_returned_before(versions) ? Standing::resubmitted : Standing::submitted;
    case VersionState::withdrawn:
      return Standing::withdrawn;
    case VersionState::returned:
      return Standing::returned;
    case VersionState::accepted:
      return Standing::accepted;
  }
  return Standing::submitted;
}

const Version* first_valid(std::span<const Version> versions) {
  const auto found =
      std::ranges::find_if(versions, [](const Version& version) { return version.state != VersionState::withdrawn; });
  return found == versions.end() ? nullptr : &*found;
}

std::optional<campaigns::Timeliness> timeliness_of(std::span<const Version> versions, const campaigns::Due* due) {
  const Version* first = first_valid(versions);
  if (first == nullptr) return std::nullopt;
  return due == nullptr ? first->timeliness : campaigns::judge(*due, first->submitted_at);
}

const ReturnNote* open_return(std::span<const Version> versions) {
  // A correction that was withdrawn again leaves the return before it open.
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->state == VersionState::withdrawn) continue;
    return version->returned && version->state == VersionState::returned ? &*version->returned : nullptr;
  }
  return nullptr;
}

bool is_changed(std::span<const Version> versions, const std::string& content_digest) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->state != VersionState::withdrawn) return version->content_digest != content_digest;
  }
  return false;
}

bool is_locked(std::span<const Version> versions, const std::string& content_digest) {
  if (versions.empty()) return false;
  switch (versions.back().state) {
    case VersionState::submitted:
      return true;
    case VersionState::accepted:
      return !is_changed(versions, content_digest);
    default:
      return false;
  }
}

bool may_hand_in(std::span<const Version> versions, const std::string& content_digest) {
  if (versions.empty()) return true;
  const Version& newest = versions.back();
  const bool stands = newest.state == VersionState::submitted || newest.state == VersionState::accepted;
  return !stands || newest.content_digest != content_digest;
}

bool is_current(std::string_view etag, std::string_view present) { return etag == "*" || etag == present; }

bool may_withdraw(std::span<const Version> versions) { return is_newest(versions, VersionState::submitted); }

bool may_return(std::span<const Version> versions) {
  return is_newest(versions, VersionState::submitted) || is_newest(versions, VersionState::accepted);
}

bool may_accept(std::span<const Version> versions) { return is_newest(versions, VersionState::submitted); }

bool may_exempt(std::span<const Version> versions) {
  return !is_newest(versions, VersionState::submitted) && !is_newest(versions, VersionState::accepted);
}

std::vector<VersionAnswer> answers_of(std::span<const Version> versions) {
  std::vector<VersionAnswer> answers;
  for (const Version& version : versions) {
    VersionAnswer answer;
    answer.number = version.number;
    answer.submitted_at = version.submitted_at;
    answer.by = version.by_name;
    answer.on_time = version.timeliness.on_time;
    answer.late_days = version.timeliness.late_days;
    answer.sha256 = version.sha256;
    answer.state = version.state;
    answer.no_activity = version.no_activity;
    answer.decided_at = version.decided_at;
    answer.decided_by = version.decided_by;
    answer.campaign_version = version.campaign_version;
    answers.push_back(std::move(answer));
  }
  return answers;
}

DueAnswer answer_of(const campaigns::Due& due, std::span<const Version> versions, Instant now) {
  DueAnswer answer;
  answer.deadline = due.deadline;
  answer.period = due.period;
  answer.due_on = due.due_on;
  answer.due_at = due.due_at;
  answer.days_left = campaigns::days_left(due, now);
  if (const auto timeliness = timeliness_of(versions, &due)) {
    answer.on_time = timeliness->on_time;
    answer.late_days = timeliness->late_days;
  }
  return answer;
}

}  // namespace wujin::handins
