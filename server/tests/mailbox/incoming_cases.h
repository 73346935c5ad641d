#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "campaigns/load.h"
#include "mailbox/understanding.h"

// What came, written down to be read by people, and what must be understood of it. cases/README.md tells the notation.
namespace wujin::mailbox::fixture {

// Nothing where a value must not be claimed: the letter does not tell it.
struct TrueActivity {
  std::optional<int> week;
  std::optional<std::string> entry;
  int pictures = 0;
  std::optional<Date> held_on;
  std::optional<int> people;
  std::optional<int> leaflets;
};

struct TrueRow {
  Date from;
  Date to;
  std::vector<PlaceId> places;
};

enum class Outcome { fully, partly, tray };
BOOST_DESCRIBE_ENUM(Outcome, fully, partly, tray)

struct Truth {
  std::optional<PlaceId> place;
  std::optional<Deliverable> form;
  std::optional<Month> month;
  std::vector<TrueActivity> activities;
  std::vector<TrueRow> rows;
  std::optional<std::string> reason;  // part of it
  int unplaced = 0;
  std::vector<Doubt> doubts;  // each of these at least
  Outcome outcome = Outcome::fully;
  std::optional<Outcome> today;  // where the reader falls short of it
  std::string misread;           // what it claims wrongly before a person who files it
};

struct Case {
  std::string name;
  std::string campaign = "baofeng-2023";
  Incoming incoming;
  std::vector<KnownSender> senders;
  std::vector<std::string> dragged{};  // names of the files dragged onto the desk, where the letter is not written down here
  Truth truth;
};

const campaigns::CampaignBundle& bundle(const std::string& campaign);
Understanding understood(const Case& one);

// Of a folder, not of those below it, by name. A case that cannot be read throws.
std::vector<Case> read_cases(const std::filesystem::path& folder);

// Fully: nobody needs to look. Partly: place, form and month are sure. Else the tray.
Outcome outcome_of(const Understanding& found);
// What is claimed and not true; of what would be filed by itself everything is compared. Empty: nothing is wrong.
std::string wrong_in(const Understanding& found, const Truth& truth);

}  // namespace wujin::mailbox::fixture
