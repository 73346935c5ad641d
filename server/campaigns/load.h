#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/problem.h"
#include "campaigns/campaign.h"
#include "campaigns/place_map.h"
#include "places/place.h"

namespace wujin::campaigns {

// A campaign's folder, read and checked: what a version in the database is made of.
struct CampaignBundle {
  Campaign campaign;
  std::vector<places::Place> places;         // places.csv, by order
  PlaceMap map;                              // places.geojson; empty without one
  std::map<std::string, std::string> files;  // every file, by its path within the folder, bit for bit

  places::Tree tree() const { return places::Tree(places); }
  // The Word template of a form, whole.
  const std::string& template_of(const DocumentForm& form) const { return files.at(form.template_); }
};

// One thing wrong in a campaign's folder.
struct LoadFault {
  std::string file;   // within the folder
  int line = 0;       // from 1; 0 when it concerns the whole file
  std::string field;  // deadlines[1].day
  ProblemCode code = ProblemCode::invalid;
  std::vector<ProblemParameter> parameters;
  bool operator==(const LoadFault&) const = default;
};
// campaign.toml:12 deadlines[1].day: Must be between 1 and 31.
std::string describe(const LoadFault& fault, Language language);

// Either the bundle or every fault there is, in the order of file and line.
struct LoadOutcome {
  std::shared_ptr<const CampaignBundle> bundle;
  std::vector<LoadFault> faults;
};

// The files that make a model a town's own campaign (campaigns/issue.h). The program writes them; a folder has none.
constexpr const char* issue_file = "issue.toml";
constexpr const char* tightening_file = "tightening.toml";
constexpr const char* places_file = "places.csv";
constexpr const char* map_file = "places.geojson";

// Reads campaign.toml, places.csv, places.geojson where there is one and templates/*.docx; `id` of the campaign is the folder's
// name. A folder that cannot be read is a fault as well.
LoadOutcome load_campaign(const std::filesystem::path& folder);
// The same from files already in memory, as the database keeps them.
LoadOutcome read_campaign(const CampaignId& id, std::map<std::string, std::string> files);
// Only a list of places, such as sample-places.csv. Columns: id,code,kind,name,short_name,parent,order.
struct PlacesOutcome {
  std::vector<places::Place> places;
  std::vector<LoadFault> faults;
};
PlacesOutcome read_places(const std::string& file, const std::string& text);
// The same, to be read again.
std::string write_places(const std::vector<places::Place>& places);

// The faults as a problem for the wire.
Problem to_problem(const std::vector<LoadFault>& faults);

}  // namespace wujin::campaigns
