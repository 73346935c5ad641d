#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/trail.h"
#include "base/clock.h"
#include "database/database.h"
#include "people/account.h"
#include "places/place.h"

namespace wujin::people {

// What of an account the trail keeps: never a password or a token.
std::string traced(const Account& account);

// The town in whose chain an account's entries stand: that of its first grant; empty when it has none.
std::string town_of(const Account& account, const places::Tree& tree);

// An entry about an account, begun; the caller says how it ended.
audit::Entry entry_about(std::string_view verb, const Account& account, const places::Tree& tree, Instant now);
// The same, done by `actor`.
audit::Entry entry_by(const Actor& actor, std::string_view verb, const places::Tree& tree, Instant now);

// Notes in a write of its own that something was refused; what was refused has been rolled back. Only refusals for want of rights
// or because of a lock are worth an entry: a mistyped field is not.
bool is_worth_an_entry(const Problem& problem);

}  // namespace wujin::people
