#pragma once

#include <map>
#include <string>

#include "campaigns/load.h"
#include "campaigns/tightening.h"

// A district's model as a campaign of one of its towns. Pure.
namespace wujin::campaigns {

// The model's own files bit for bit, but of its map only the town's outlines; the places of the town as they stand in the server,
// which version of which model it is, and what the town has tightened. `tree` knows the town.
std::map<std::string, std::string> issued_files(const CampaignBundle& model, const places::Tree& tree, const PlaceId& town,
                                                const Tightening& tightening);
// Another tightening in place of the one there is.
void put_tightening(std::map<std::string, std::string>& files, const Tightening& tightening);

// The id of a town's campaign, such as wujin-2024-500118112000: the model's and the town's, in the letters an id may hold. Where
// something of them had to be left out, a digest tells towns apart.
CampaignId issued_id(const CampaignId& model, const PlaceId& town);

}  // namespace wujin::campaigns
