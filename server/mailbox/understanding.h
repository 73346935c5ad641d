#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "campaigns/campaign.h"
#include "documents/reading.h"
#include "places/place.h"

// What somebody sent, understood: which place, form, month, week and entry. The campaign's own words are what is matched against.
// Pure.
namespace wujin::mailbox {

using campaigns::CampaignId;
using campaigns::Deliverable;
using places::PlaceId;

// ── what came ──

// A text that came: the letter's own, or a document of it.
struct Source {
  std::string name;  // of the file, its extension included; empty: the letter itself
  documents::Reading reading;
};

struct Incoming {
  std::string from_address;  // lower case; empty for what was dragged onto the desk
  std::string from_name;
  std::string subject;
  std::vector<Source> sources;             // the letter's text first, when it has one
  std::vector<std::string> pictures;       // names of loose ones, in the order they came; behind / of folders in an archive
  Date received_on;                        // of the station's calendar
  std::vector<std::string> unreadable{};   // names of files nothing could be read of
  std::vector<std::string> cloud_files{};  // names of what lies behind links
  bool is_automatic = false;               // made by a machine: a bounce, an answer while somebody is away
};

// What was learned of a sender: a person confirmed it, or corrected it.
struct KnownSender {
  std::string address;  // lower case
  PlaceId place;
  bool is_confirmed = false;  // by a person of the station; else seen before
};

// ── what was understood ──

// Where a finding comes from, strongest first as a rule.
enum class Why : std::uint8_t {
  person,  // somebody said so
  known_sender,
  title,  // of the document
  file_name,
  subject,
  text,
  heading,      // of a week or an activity
  date,         // in the text
  form_shape,   // its table or headings are those of the campaign's form
  neighbour,    // stands beside something that is sure
  only_choice,  // nothing else is possible
  received_date,
  nothing
};
BOOST_DESCRIBE_ENUM(Why, person, known_sender, title, file_name, subject, text, heading, date, form_shape, neighbour, only_choice,
                    received_date, nothing)

// `percent` is how sure, 0–100; below `sure_from` a person decides.
inline constexpr int sure_from = 80;

template <class T>
struct Finding {
  std::optional<T> value;
  int percent = 0;
  Why why = Why::nothing;
  std::string words;  // those it was found in, at most 60 characters
  bool is_sure() const { return value && percent >= sure_from; }
};

// Where a picture comes from.
struct PictureRef {
  int source = -1;  // of Incoming::sources; -1: a loose one
  int number = 0;   // within it, from 0, in reading order
  std::string caption;
};
BOOST_DESCRIBE_STRUCT(PictureRef, (), (source, number, caption))

// One activity of a report; of a summary a part, of which only heading and text are told.
struct FoundActivity {
  Finding<int> week;      // of the form, from 1
  Finding<Date> held_on;  // else the first day of the week is put, and nothing but the week is claimed
  Finding<std::string> entry;
  std::string heading;
  std::string text;
  std::optional<int> people_about;  // as the text tells
  std::optional<int> leaflets;
  std::vector<PictureRef> pictures;
};

// One row of a plan.
struct FoundRow {
  Finding<Date> from;
  Finding<Date> to;
  Finding<std::vector<PlaceId>> places;
  std::string week_label;
  std::string focus;
  std::string in_charge;
};

// Why a person has to look.
enum class Doubt : std::uint8_t {
  place_unknown,
  places_disagree,  // two readings name two places
  sender_of_other_place,
  form_unknown,
  month_unknown,
  months_disagree,
  month_outside,  // none of the campaign's
  week_unknown,
  entry_unknown,
  date_outside_week,
  pictures_unplaced,  // which activity they belong to
  nothing_in_it,
  several_forms,  // more than one report or plan in one letter
  unreadable,     // a file that could not be read
  cloud_file,     // what matters lies behind a link
  row_unclear     // of a plan: its dates
};
BOOST_DESCRIBE_ENUM(Doubt, place_unknown, places_disagree, sender_of_other_place, form_unknown, month_unknown, months_disagree,
                    month_outside, week_unknown, entry_unknown, date_outside_week, pictures_unplaced, nothing_in_it,
                    several_forms, unreadable, cloud_file, row_unclear)

struct Understanding {
  Finding<PlaceId> place;
  Finding<Deliverable> form;
  Finding<Month> month;  // of a report
  std::vector<FoundActivity> activities;
  std::vector<FoundRow> rows;
  std::string no_activity_reason;    // 情况说明: nothing was held, and why
  std::vector<PictureRef> unplaced;  // pictures that belong to no activity
  std::vector<Doubt> doubts;         // none: it may be filed without a person
};

// `senders` are those of the town. A plan or a summary has no month.
Understanding understand(const Incoming& incoming, const campaigns::Campaign& campaign, const places::Tree& tree,
                         std::span<const KnownSender> senders);

}  // namespace wujin::mailbox
