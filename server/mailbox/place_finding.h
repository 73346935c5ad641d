#pragma once

#include <span>
#include <vector>

#include "mailbox/place_names.h"
#include "mailbox/read_source.h"

// Whose letter it is. Pure.
namespace wujin::mailbox {

struct FoundPlace {
  Finding<PlaceId> place;
  std::vector<Doubt> doubts;
};

// `main`: the document that counts, when there is one.
FoundPlace find_place(const Incoming& incoming, const std::vector<ReadSource>& sources, const ReadSource* main,
                      const PlaceNames& names, const places::Tree& tree, std::span<const KnownSender> senders);

}  // namespace wujin::mailbox
