#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/result.h"
#include "campaigns/catalogue.h"
#include "campaigns/form_templates.h"
#include "database/database.h"
#include "files/vault.h"
#include "jobs/queue.h"
#include "mailbox/understanding.h"
#include "people/actor.h"
#include "photos/owners.h"

// What was understood of a letter becomes the village's own: its monthly report with activities and pictures, its plan with
// rows, or its yearly summary, handed in as a numbered version and judged by when the letter arrived.
namespace wujin::mailbox {

struct Letter;

// Which letter is filed, and how it came.
struct Letterhead {
  Id<Letter> id;
  PlaceId town;
  CampaignId campaign;
  Instant arrived_at;   // INTERNALDATE, or what an officer confirmed: timeliness is judged by it
  std::string channel;  // as people read it, such as 邮件: stands with the place's name where a person's would
};

// What a letter became. `version` is that of the hand-in; a letter that says what stands already has the number of what stands.
struct Filed {
  Deliverable deliverable = Deliverable::report;
  PlaceId place;
  std::string period;  // "2023-10", or "2023" of a plan or summary
  int version = 0;
  int activities = 0;  // of a plan: rows; of a summary: parts
  int pictures = 0;
  int left_out = 0;  // pictures that belong to no activity, that could not be read or are none
  bool on_time = true;
  int late_days = 0;
};
BOOST_DESCRIBE_STRUCT(Filed, (), (deliverable, place, period, version, activities, pictures, left_out, on_time, late_days))

// Why nothing was filed: a person has to decide.
enum class Hindrance : std::uint8_t {
  not_settled,         // place, form or month is not known; an activity without week or entry, a row without dates; nothing in it
  other_form,          // the campaign asks such a place for none
  against_rules,       // the campaign does not allow it, as `faults` say: dates outside it, overlong words
  recorded_by_people,  // something in that month, a row of the plan, or the summary handed in
  changed_by_people,   // what an earlier letter filed, or the draft of the report or summary
  accepted,            // what stands has been accepted: it is returned first
  newer_letter         // a letter that arrived later has been filed
};
BOOST_DESCRIBE_ENUM(Hindrance, not_settled, other_form, against_rules, recorded_by_people, changed_by_people, accepted,
                    newer_letter)

struct Unfiled {
  Hindrance hindrance = Hindrance::not_settled;
  std::vector<Fault> faults;  // where something in particular is wrong: "activities[2].text"
};

using FilingOutcome = std::variant<Filed, Unfiled>;

// Who says that it is filed. A person has seen what is there: it is filed beside what people recorded and changed, which stays as
// it is, and over what a newer letter filed. What has been accepted hinders both.
enum class FiledBy : std::uint8_t { program, person };

// The bytes of a picture of the letter, whatever they turn out to be. Called outside of any transaction, once for each picture
// and run.
using PictureSource = std::function<Result<std::string>(const PictureRef&)>;

// What became of what a letter had filed, when it was taken back.
struct TakenBack {
  Filed filed;                        // as it had been
  int removed = 0;                    // activities, rows of a plan or parts of a summary that nobody had touched
  int kept = 0;                       // those somebody had changed: they stay
  bool hand_in_kept = false;          // its version was accepted before another was handed in over it
  bool was_replaced = false;          // a newer letter had taken its place: what that one filed stays
  bool had_replaced_another = false;  // what an earlier letter had filed does not come back by itself
};
BOOST_DESCRIBE_STRUCT(TakenBack, (), (filed, removed, kept, hand_in_kept, was_replaced, had_replaced_another))

// What filing needs of the house; borrowed.
struct FilingParts {
  Database& database;
  jobs::Queue& queue;
  files::Vault& vault;
  const photos::Owners& owners;
  campaigns::Catalogue& catalogue;
  campaigns::FormTemplates& forms;
};

class Filing {
 public:
  explicit Filing(const FilingParts& parts) : parts_(parts) {}

  // Files a letter; blocks, for a job's thread. The caller has judged the doubts: whatever has a value is taken as settled.
  // May be run again after a crash or an error at any point: the same letter with the same understanding is filed once. With
  // another understanding, or when a newer letter comes for the same place, form and month, what letters had filed there is
  // replaced and a new version handed in; frozen versions stay. A letter may become several things, one a call. Errors: busy
  // (pictures are still being drawn, or something changed meanwhile: run it again in a few seconds), not_found (no such
  // campaign).
  Result<FilingOutcome> file(const Letterhead& letter, const Understanding& understanding, const PictureSource& pictures,
                             Instant now, FiledBy by = FiledBy::program) const;

  // Takes back what a letter filed, as `by`, whose right to it the caller has judged: records that only came from it and that
  // nobody touched since go, its hand-in counts as withdrawn; what people changed, added or handed in after it stays. Nothing
  // when nothing is filed of it. Errors: letter_accepted, when what stands has been accepted.
  Result<std::optional<TakenBack>> take_back(Transaction& transaction, const PlaceId& town, const Id<Letter>& letter,
                                             const people::Actor& by, Instant now) const;

 private:
  const FilingParts parts_;
};

}  // namespace wujin::mailbox
