#include "people/policy.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "secrets/login.h"

namespace wujin::people {
namespace {

struct Bounds {
  const char* field;
  int PolicyChange::*member;
  int low;
  int high;
};

constexpr Bounds bounds[] = {
    {"lockout_failures", &PolicyChange::lockout_failures, 3, 20},
    {"lockout_minutes", &PolicyChange::lockout_minutes, 1, 1440},
    {"phone_session_days", &PolicyChange::phone_session_days, 1, 90},
    {"desk_session_minutes", &PolicyChange::desk_session_minutes, 5, 720},
    {"pin_after_minutes", &PolicyChange::pin_after_minutes, 1, 1440},
    {"password_min_length", &PolicyChange::password_min_length, 8, 64},
    {"invitation_days", &PolicyChange::invitation_days, 1, 90},
};

// What lists of stolen passwords begin with, once digits and marks at the end are gone; whole passwords and stems alike.
constexpr std::string_view commonest[] = {
    "",           "password",
    "passwd",     "passw0rd",
    "p@ssw0rd",   "p@ssword",
    "qwerty",     "qwertyuiop",
    "qwert",      "qwer",
    "asdf",       "asdfgh",
    "asdfghjkl",  "zxcvbn",
    "zxcvbnm",    "qazwsx",
    "qazwsxedc",  "1qaz2wsx",
    "1qaz@wsx",   "1q2w3e4r",
    "1q2w3e4r5t", "q1w2e3r4",
    "abc",        "abcd",
    "abcde",      "abcdef",
    "abcdefg",    "abcdefgh",
    "abcdefghij", "a",
    "aa",         "aaa",
    "admin",      "administrator",
    "root",       "guest",
    "user",       "test",
    "welcome",    "letmein",
    "iloveyou",   "monkey",
    "dragon",     "master",
    "sunshine",   "princess",
    "football",   "baseball",
    "superman",   "woaini",
    "woaiwojia",  "nihao",
    "zhang",      "wang",
    "mima",       "wodemima",
    "xiaofang",   "xiaofanganquan",
    "wujin",      "huawei",
    "xiaomi",     "zhongguo",
    "china",      "asd",
    "zxc",        "qq",
    "qwe",        "aaaaaa",
};

// The digits and marks people hang on a word.
std::string_view without_tail(std::string_view text) {
  const auto last = text.find_last_not_of("0123456789!@#$%^&*()_+-=.,?~`");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view without_head(std::string_view text) {
  const auto first = text.find_first_not_of("0123456789");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

bool is_common(std::string_view word) { return std::ranges::find(commonest, word) != std::end(commonest); }

// 11111111, 12345678, 87654321, abcdefgh: one step from each character to the next.
bool is_a_run(std::string_view text) {
  if (text.size() < 2) return true;
  const int step = text[1] - text[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool wraps = text[i - 1] == '9' && text[i] == '0' && step == 1;
    if (text[i] - text[i - 1] != step && !wraps) return false;
  }
  return true;
}

bool is_everybodys(std::string_view lower) {
  if (is_a_run(lower) || is_common(lower)) return true;
  // Digits alone are dates, telephone numbers and 5201314 twice over.
  if (lower.find_first_not_of("0123456789") == std::string_view::npos) return true;
  if (is_common(without_tail(lower))) return true;
  const auto stem = without_head(without_tail(lower));
  if (is_common(stem)) return true;
  const auto half = lower.size() / 2;
  return lower.size() % 2 == 0 && lower.substr(0, half) == lower.substr(half) && is_common(without_tail(lower.substr(0, half)));
}

// A lock whose last failure lies ahead was made by a clock that was set back since: it would last longer by the jump.
bool is_over(const Lockout& lockout, Instant now) {
  constexpr std::chrono::minutes between_threads{1};
  return lockout.locked_until && (now >= *lockout.locked_until || lockout.last_failed_at - now > between_threads);
}

}  // namespace

Result<> check(const PolicyChange& policy) {
  std::vector<Fault> faults;
  for (const auto& bound : bounds) {
    const int value = policy.*bound.member;
    if (value >= bound.low && value <= bound.high) continue;
    faults.push_back(
        {bound.field, ProblemCode::out_of_range, {{"low", std::to_string(bound.low)}, {"high", std::to_string(bound.high)}}});
  }
  if (!faults.empty()) return Problem::of(std::move(faults));
  return {};
}

std::chrono::milliseconds idle_limit(const Policy& policy, Device device) {
  if (device == Device::phone) return std::chrono::hours(24) * policy.phone_session_days;
  return std::chrono::minutes(policy.desk_session_minutes);
}

bool is_locked(const Lockout& lockout, Instant now) { return lockout.locked_until && !is_over(lockout, now); }

Lockout after_failure(Lockout lockout, const Policy& policy, Instant now) {
  const auto length = std::chrono::minutes(policy.lockout_minutes);
  if (is_over(lockout, now) || now - lockout.last_failed_at > length) lockout = {};
  ++lockout.failures;
  lockout.last_failed_at = now;
  if (lockout.failures >= policy.lockout_failures && !lockout.locked_until) lockout.locked_until = now + length;
  return lockout;
}

int minutes_left(const Lockout& lockout, Instant now) {
  if (!is_locked(lockout, now)) return 0;
  return static_cast<int>(std::chrono::ceil<std::chrono::minutes>(*lockout.locked_until - now).count());
}

Result<> check_password(std::string_view password, std::string_view login, const Policy& policy, std::string_view field) {
  const std::string at(field);
  if (!is_utf8_text(password)) return Problem::at(at, ProblemCode::not_text);
  const auto length = count_characters(password);
  const auto least = static_cast<std::size_t>(policy.password_min_length);
  if (length < least) return Problem::at(at, ProblemCode::too_short, {{"limit", std::to_string(least)}});
  constexpr std::size_t most = 256;
  if (length > most) return Problem::at(at, ProblemCode::too_long, {{"limit", std::to_string(most)}});
  const auto lower = secrets::normalised_login(password), name = secrets::normalised_login(login);
  if (is_everybodys(lower)) return Problem::at(at, ProblemCode::password_common);
  const std::string backwards(name.rbegin(), name.rend());
  const bool holds_login = count_characters(name) >= 3 && (lower.find(name) != std::string::npos || lower == backwards);
  if (holds_login || lower == name + name) return Problem::at(at, ProblemCode::password_holds_login);
  return {};
}

}  // namespace wujin::people
