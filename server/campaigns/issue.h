#pragma once

#include <map>
#include <string>
#include <vector>

#include "campaigns/forms.h"
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

// A Word form that a town put in the place of its model's.
struct OwnForm {
  FormKind kind = FormKind::plan;
  std::string word;  // the file
};
// Those of a town; `model` in the version its campaign was issued from.
std::vector<OwnForm> own_forms(const CampaignBundle& model, const CampaignBundle& town);
// Puts a town's own forms into what the campaign `id` is issued of `model`. One that uses what the model does not give gives way
// to the model's and is noted, after those already `replaced`.
void carry_forms(std::map<std::string, std::string>& files, const CampaignId& id, const CampaignBundle& model,
                 const std::vector<OwnForm>& own, std::vector<FormKind> replaced);

// Of a town's campaign the forms of its own that gave way to the model's, until the town puts them anew.
std::vector<FormKind> replaced_forms(const std::map<std::string, std::string>& files);
void put_replaced_forms(std::map<std::string, std::string>& files, const std::vector<FormKind>& forms);

// The id of a town's campaign, such as wujin-2024-500118112000: the model's and the town's, in the letters an id may hold. Where
// something of them had to be left out, a digest tells towns apart.
CampaignId issued_id(const CampaignId& model, const PlaceId& town);

}  // namespace wujin::campaigns
