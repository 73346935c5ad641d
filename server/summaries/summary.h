#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/calendar.h"
#include "base/result.h"
#include "campaigns/campaign.h"
#include "campaigns/figures.h"
#include "campaigns/pattern.h"
#include "coverage/quotas.h"
#include "photos/photo.h"
#include "tallies/tallies_store.h"

// The yearly summary of a place: drafted from what was recorded, edited by people (forms.md, section 4). Pure.
namespace wujin::summaries {

using campaigns::CampaignId;
using photos::Photo;
using places::PlaceId;

// ── what people changed ──

// The part that stands before the sections.
inline constexpr std::string_view opening_part = "opening";

struct TextEdit {
  std::string part;  // such as "opening", "gaps" or "work.home_visits"
  std::string text;
  bool operator==(const TextEdit&) const = default;
};
BOOST_DESCRIBE_STRUCT(TextEdit, (), (part, text))

struct ChosenPicture {
  Id<Photo> id;
  std::optional<std::string> caption;
  bool operator==(const ChosenPicture&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChosenPicture, (), (id, caption))

struct Edits {
  std::vector<TextEdit> texts;
  std::optional<std::vector<ChosenPicture>> pictures;  // absent: those proposed
  bool operator==(const Edits&) const = default;
};
BOOST_DESCRIBE_STRUCT(Edits, (), (texts, pictures))

struct Draft {
  Edits edits;
  std::string explanation;   // why it comes late
  std::int64_t version = 0;  // 0: nobody changed anything yet
};

// The body of PATCH (contract: SummaryChange); what is absent stays as it is.
struct TextChange {
  std::string part;
  std::optional<std::string> text;
  std::optional<bool> reset;  // back to the draft
};
BOOST_DESCRIBE_STRUCT(TextChange, (), (part, text, reset))

struct SummaryChange {
  std::optional<std::vector<TextChange>> texts;
  std::optional<std::vector<ChosenPicture>> pictures;
  std::optional<std::string> explanation;

  // An explanation may be given after the hand-in too; anything else then has to wait for a withdrawal.
  bool is_only_explanation() const { return !texts && !pictures; }
};
BOOST_DESCRIBE_STRUCT(SummaryChange, (), (texts, pictures, explanation))

// ── what it is drafted from ──

struct EntryCount {
  std::string entry;
  std::int64_t activities = 0;
};
BOOST_DESCRIBE_STRUCT(EntryCount, (), (entry, activities))

// One line of a table: what was held in a month, for a work item, at a place.
struct FigureRow {
  std::string id;  // 2023-10, a work item's, a place's
  std::string name;
  std::vector<EntryCount> by_entry;  // every entry of the campaign; none for work items
  std::int64_t activities = 0;
  std::int64_t people = 0;  // 0 when nobody entered any; likewise below
  std::int64_t leaflets = 0;
};
BOOST_DESCRIBE_STRUCT(FigureRow, (), (id, name, by_entry, activities, people, leaflets))

struct Tables {
  std::vector<FigureRow> months;      // every month of the campaign up to today
  std::vector<FigureRow> work_items;  // those that apply and have records
  std::vector<FigureRow> places;      // of a town's own summary alone
};
BOOST_DESCRIBE_STRUCT(Tables, (), (months, work_items, places))

// A picture that may be printed, and whether it is here.
struct Proposed {
  ChosenPicture picture;
  bool received = false;
};

struct Material {
  const campaigns::Campaign& campaign;
  campaigns::DocumentNames names;
  campaigns::PlaceKind kind;
  Date today;
  campaigns::Figures figures;
  Tables tables;
  std::vector<coverage::QuotaStanding> quotas;  // with the rows of this place alone
  std::vector<Proposed> pictures;               // chosen, or proposed while nobody has chosen
  Draft draft;
};

// Sums a place's tallies, or a whole town's. `places` names those a town's table lists; none for a village. One that ended before
// the campaign began is left out unless it held something.
void count(Material& material, const std::vector<tallies::WeekTally>& tallies, const std::vector<const places::Place*>& places);

// ── as it is shown and printed ──

struct Part {
  std::string id;
  std::string heading;  // with its number once it is printed: 一、基本情况, （一）入户走访
  std::string text;
  bool edited = false;  // a person wrote it
};
BOOST_DESCRIBE_STRUCT(Part, (), (id, heading, text, edited))

// Printed when it or one of its parts has a text; numbers count those that are printed.
struct Section : Part {
  std::vector<Part> parts;
  bool is_printed() const;
};
BOOST_DESCRIBE_STRUCT(Section, (Part), (parts))

struct ShownPicture {
  Id<Photo> id;
  std::optional<std::string> caption;
  bool received = false;  // one that is not here yet is left out of the document
};
BOOST_DESCRIBE_STRUCT(ShownPicture, (), (id, caption, received))

struct Layout {
  std::string title;
  Part opening;
  std::vector<Section> sections;
  std::vector<ShownPicture> pictures;
  Tables tables;
};
BOOST_DESCRIBE_STRUCT(Layout, (), (title, opening, sections, pictures, tables))

Layout lay_out(const Material& material);

// Of everything the document is made from: two layouts that would print alike answer alike.
std::string content_digest(const Layout& layout);

// The draft with a change made to it; whether a chosen picture may be chosen is the action's to judge.
// Errors: validation naming each unknown part, overlong text and picture too many.
Result<Draft> changed(const Material& material, const Layout& layout, const SummaryChange& change);

// The draft with these edits in place of all before them. Errors: as above.
Result<Draft> rewritten(const Material& material, const Layout& layout, const Edits& edits);

// Whether it may be handed in: not without a word. Errors: validation.
Result<> check_complete(const Layout& layout);

// A table's last line.
FigureRow sum_of(const campaigns::Campaign& campaign, const std::vector<FigureRow>& rows);

}  // namespace wujin::summaries
