#include "changes/feed.h"

#include <stdexcept>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/number.h"
#include "base/text.h"
#include "changes/feed_store.h"

namespace wujin::changes {
namespace {

struct Cursor {
  std::string epoch;
  std::string filter;
  Position position;
};

std::string write_cursor(const Cursor& cursor) {
  return fmt::format("{}.{}.{}.{}", cursor.epoch, cursor.filter, cursor.position.transaction, cursor.position.position);
}

std::optional<Cursor> read_cursor(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) break;
    text.remove_prefix(dot + 1);
  }
  if (parts.size() != 4) return std::nullopt;
  const auto transaction = parse_number<std::int64_t>(parts[2]), position = parse_number<std::int64_t>(parts[3]);
  if (!transaction || *transaction < 0 || !position || *position < 0) return std::nullopt;
  Cursor cursor{std::string(parts[0]), std::string(parts[1]), {*transaction, *position}};
  return cursor;
}

// Another filter, or other rights, would have let through what this cursor passed over.
std::string digest_of(const Filter& filter) {
  std::string text;
  const auto append = [&](std::string_view part) { text += fmt::format("{}:{}", part.size(), part); };
  for (const Scope& scope : filter.scopes) {
    append(scope.town);
    append(scope.place);
  }
  text += '/';
  append(filter.campaign.value_or(""));
  append(filter.place.value_or(""));
  append(filter.rights);
  return to_hex(sha256(text)).substr(0, 16);
}

}  // namespace

Page since(Snapshot& snapshot, std::optional<std::string_view> cursor, const Filter& filter, int limit) {
  const Feed feed = read_feed(snapshot);
  if (feed.epoch.empty()) throw std::logic_error("the change feed has no epoch: open_epoch was not called");
  const auto from = cursor ? read_cursor(*cursor) : std::nullopt;
  Cursor next{feed.epoch, digest_of(filter), feed.end};
  const bool follows = from && from->epoch == next.epoch && from->filter == next.filter && from->position >= feed.pruned;
  Page page;
  if (!follows) {
    page.reset = true;
    page.cursor = write_cursor(next);
    return page;
  }
  auto changes = read_changes(snapshot, from->position, feed.settled, filter, limit + 1);
  page.more = changes.size() > static_cast<std::size_t>(limit);
  if (page.more) {
    changes.pop_back();
    next.position = changes.back().at;
  }
  page.cursor = write_cursor(next);
  for (PlacedChange& placed : changes) page.items.push_back(std::move(placed.change));
  return page;
}

}  // namespace wujin::changes
