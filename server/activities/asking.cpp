#include "activities/asking.h"

#include <algorithm>

#include "activities/words_store.h"
#include "base/text.h"
#include "database/like.h"
#include "database/placeholders.h"

namespace wujin::activities {

namespace {

// Builds a list's WHERE from what is asked; each distinct shape is one prepared statement.
class Where {
 public:
  // Answers which of the parameters the value is.
  std::size_t add(std::string_view condition, const Value& value) {
    parameters_.push_back(value);
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += replaced(condition, "?", "$" + std::to_string(parameters_.size()));
    return parameters_.size() - 1;
  }
  template <class Key>
  void among(std::string_view column, const std::vector<Key>& keys) {
    if (keys.empty()) return;
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += std::string(column) + " IN (" + placeholders(parameters_.size() + 1, keys.size()) + ")";
    for (const Key& key : keys) parameters_.emplace_back(key);
  }
  void after(const Position& position, Order order) {
    std::string columns = "a.started_at, a.id", places;
    if (order == Order::place) {
      columns = "a.place, " + columns;
      places = parameter(position.place) + ", ";
    }
    const std::string moment = parameter(position.started_at), id = parameter(position.id);
    text_ += " AND (" + columns + (order == Order::newest ? ") < (" : ") > (") + places + moment + ", " + id + ")";
  }
  std::string limit(int count) { return " LIMIT " + parameter(count); }
  const std::string& text() const { return text_; }
  std::span<const Value> parameters() const { return parameters_; }

 private:
  std::string parameter(const Value& value) {
    parameters_.push_back(value);
    return "$" + std::to_string(parameters_.size());
  }

  std::string text_;
  std::vector<Value> parameters_;
};

std::string_view order_by(Order order) {
  switch (order) {
    case Order::newest:
      return " ORDER BY a.started_at DESC, a.id DESC";
    case Order::oldest:
      return " ORDER BY a.started_at, a.id";
    case Order::place:
      return " ORDER BY a.place, a.started_at, a.id";
  }
  return "";
}

// The time a query asks for.
Stretch period_of(const Query& query) {
  Stretch stretch = always;
  const auto not_before = [&](Instant moment) { stretch.from = std::max(stretch.from, moment); };
  const auto before = [&](Instant moment) { stretch.until = std::min(stretch.until, moment); };
  if (query.month) {
    not_before(start_of(first_day(*query.month)));
    before(end_of(last_day(*query.month)));
  }
  if (query.from) not_before(start_of(*query.from));
  if (query.to) before(end_of(*query.to));
  return stretch;
}

// What of it comes on this page and those after it.
Stretch rest_of(const Query& query) {
  Stretch stretch = period_of(query);
  if (!query.after) return stretch;
  const Instant moment = query.after->started_at;
  if (query.order == Order::newest) stretch.until = std::min(stretch.until, moment + std::chrono::milliseconds(1));
  if (query.order == Order::oldest) stretch.from = std::max(stretch.from, moment);
  return stretch;
}

// A query as SQL, for the whole of its time or for one stretch after another.
class Asking {
 public:
  Asking(std::string_view select, const Query& query, bool in_stretches) : sql_(select), pattern_(like_anywhere(query.words)) {
    Where where;
    where.among("a.town", query.towns);
    where.add("a.campaign = ?", query.campaign);
    where.among("a.place", query.places);
    const Stretch period = period_of(query);
    if (in_stretches || period.from != always.from) from_ = where.add("a.started_at >= ?", period.from);
    if (in_stretches || period.until != always.until) until_ = where.add("a.started_at < ?", period.until);
    if (query.entry) where.add("a.entry = ?", *query.entry);
    where.among("a.kind", query.kinds);
    where.among("a.form", query.forms);
    if (query.work_item) where.add("a.work_item = ?", *query.work_item);
    audience_ = like_anywhere('"' + query.audience.value_or("") + '"');
    if (query.organizer) organizer_ = boost::describe::enum_to_string(*query.organizer, "");
    if (query.audience) where.add("a.audiences LIKE ? ESCAPE '\\'", audience_);
    if (query.organizer) where.add("a.organizer IN (?, 'both')", organizer_);
    if (!query.words.empty()) {
      where.add("(a.title LIKE ? ESCAPE '\\' OR a.text LIKE ? ESCAPE '\\' OR a.point LIKE ? ESCAPE '\\')", pattern_);
    }
    if (query.after) where.after(*query.after, query.order);
    sql_ += where.text() + " AND a.deleted_at IS NULL";
    if (query.with_photos) sql_ += " AND a.photos > 0";
    sql_ += order_by(query.order);
    sql_ += where.limit(query.limit);
    parameters_.assign(where.parameters().begin(), where.parameters().end());
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  void each(Snapshot& snapshot, const std::function<void(const Row&)>& visit) const { snapshot.each(sql_, parameters_, visit); }
  // Of one stretch alone.
  void each(Snapshot& snapshot, const Stretch& stretch, int limit, const std::function<void(const Row&)>& visit) {
    parameters_[from_] = stretch.from;
    parameters_[until_] = stretch.until;
    parameters_.back() = limit;
    each(snapshot, visit);
  }

 private:
  std::string sql_;
  // Borrowed by the parameters.
  std::string pattern_;
  std::string audience_;
  std::string organizer_;
  std::vector<Value> parameters_;
  std::size_t from_ = 0;
  std::size_t until_ = 0;
};

}  // namespace

void each_asked(Snapshot& snapshot, std::string_view select, const Query& query, const std::function<void(const Row&)>& visit) {
  if (query.towns.empty() && query.places.empty()) return;
  // Blocks of words lie one after another in time, not place by place.
  const bool in_stretches = !query.words.empty() && query.order != Order::place;
  Asking asking(select, query, in_stretches);
  if (!in_stretches) {
    asking.each(snapshot, visit);
    return;
  }
  int left = query.limit;
  WordHunt hunt(snapshot, query.campaign, query.words, rest_of(query), query.order);
  const auto count_and_visit = [&](const Row& row) {
    --left;
    visit(row);
  };
  while (left > 0) {
    const auto stretch = hunt.next();
    if (!stretch) return;
    asking.each(snapshot, *stretch, left, count_and_visit);
  }
}

}  // namespace wujin::activities
