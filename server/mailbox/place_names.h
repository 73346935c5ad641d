#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign.h"
#include "places/place.h"

// The ways people name the places of a town: 泸永桥村村民委员会, 泸永桥村委会, 泸永桥村, 泸永桥, each with or without its town.
namespace wujin::mailbox {

struct PlaceMention {
  places::PlaceId place;
  bool is_full = false;  // with 村 or 社区; else the bare name, which a school or a bridge may bear as well
  std::size_t at = 0;
  std::size_t length = 0;
};

class PlaceNames {
 public:
  PlaceNames(const campaigns::Campaign& campaign, const places::Tree& tree);

  // In the order they stand, in text made plain. The town counts only where no place of it follows and no office of it is meant.
  std::vector<PlaceMention> in(std::u32string_view text) const;
  // The whole of a short line is a place's name, as under a letter.
  std::optional<PlaceMention> signing(std::u32string_view line) const;

 private:
  struct Name {
    std::u32string text;
    places::PlaceId place;
    places::PlaceKind kind = places::PlaceKind::village;
    bool is_full = false;
  };
  bool is_of_another_town(std::u32string_view before) const;
  std::vector<PlaceMention> mentions_at(std::u32string_view text, std::size_t at) const;
  std::vector<Name> names_;            // the longest first
  std::vector<std::u32string> above_;  // of the town and what it lies in
};

}  // namespace wujin::mailbox
