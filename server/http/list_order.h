#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "http/request.h"

// Lists ordered by a head of their table (contract: `order`).
namespace wujin::http {

struct ListOrder {
  std::string head;  // empty: as the list stands by itself
  bool descending = false;
};

// "activities", or "-activities" for the greatest first.
ListOrder list_order(const Request& request);

// Where a row comes: by what stands under the head, then as the list stands by itself. Rows with nothing there come last,
// whichever way the others go.
template <class Key>
struct ListPlace {
  std::optional<Key> key;
  std::size_t row = 0;

  bool comes_before(const ListPlace& other, bool descending) const {
    if (key.has_value() != other.key.has_value()) return key.has_value();
    if (key && *key != *other.key) return descending ? *key > *other.key : *key < *other.key;
    return row < other.row;
  }
};

template <class Row, class KeyOf>
void put_in_order(std::vector<Row>& rows, bool descending, KeyOf key_of) {
  using Key = typename decltype(key_of(rows.front()))::value_type;
  std::vector<ListPlace<Key>> places;
  places.reserve(rows.size());
  for (const Row& row : rows) places.push_back({key_of(row), places.size()});
  std::ranges::sort(places, [&](const auto& one, const auto& other) { return one.comes_before(other, descending); });
  std::vector<Row> ordered;
  ordered.reserve(rows.size());
  for (const auto& place : places) ordered.push_back(std::move(rows[place.row]));
  rows = std::move(ordered);
}

}  // namespace wujin::http
