#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "handins/making.h"
#include "mailbox/filed_store.h"
#include "mailbox/filing.h"
#include "mailbox/to_be_filed.h"
#include "people/actor.h"

// A monthly report, a plan and a yearly summary, to the one way of filing.
namespace wujin::mailbox {

// Of the report, plan or summary a letter is filed into.
struct Present {
  handins::Subject subject;
  std::string content_digest;
  std::int64_t draft_version = 0;
  std::vector<handins::Version> versions;
};

// What a thing is filed as, judged by the version of it that was handed in.
Filed filed_of(const FiledThing& thing, const Present& present);

// What became of what letters filed.
struct Touched {
  std::vector<FiledRecord> untouched;  // as the letter left it
  int kept = 0;                        // of it, changed by somebody: those stay
  bool is_changed = false;             // somebody changed or removed some of it
  bool is_recorded = false;            // there is something that no letter filed
};

// Who files, and when.
struct FilingHand {
  people::Actor actor;  // of the place, without an account
  Instant arrived_at;
  Instant now;
};

class FilingKind {
 public:
  virtual ~FilingKind() = default;

  // Takes the pictures into the vault; before anything is written.
  virtual void gather(const PictureSource& pictures) = 0;
  virtual int picture_count() const = 0;
  virtual int left_out() const = 0;

  virtual Result<Present> look(Snapshot& snapshot) const = 0;
  virtual Touched touched(Snapshot& snapshot, const Present& present, std::span<const FiledRecord> records,
                          std::int64_t draft_version) const = 0;
  // Records all of it in place of `earlier`; what says the same keeps its id. Answers what was left in which version. Errors:
  // validation with the fields of the understanding; busy.
  virtual Result<std::vector<FiledRecord>> write(Transaction& transaction, std::span<const FiledRecord> earlier) const = 0;

  // Takes away what a letter left and nobody touched; beside records, what it wrote into the draft when `with_draft`.
  virtual Result<> remove(Transaction& transaction, std::span<const FiledRecord> untouched, bool with_draft) const = 0;

  virtual Result<handins::Making> prepare(Snapshot& snapshot) const = 0;
  // Errors: already_handed_in, busy when the document was made of something else.
  virtual Result<> hand_in(Transaction& transaction, const handins::MadeDocument& document) const = 0;
};

// Each borrows the parts and owns the rest.
std::unique_ptr<FilingKind> report_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted);
std::unique_ptr<FilingKind> summary_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted);
std::unique_ptr<FilingKind> plan_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted);

// The one of what a letter is filed as.
std::unique_ptr<FilingKind> filing_kind(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted);

// The same problem, its faults below `field`.
Problem below(const std::string& field, const Problem& problem);

// The first id that follows from a letter and a place in it and is nobody's.
template <class Record, class IsTaken>
Id<Record> free_id(const std::string& letter, std::size_t number, const IsTaken& is_taken) {
  for (int attempt = 0;; ++attempt) {
    const std::string name = letter + "/" + std::to_string(number) + "/" + std::to_string(attempt);
    const Id<Record> id(named_uuid(name));
    if (!is_taken(id)) return id;
  }
}

}  // namespace wujin::mailbox
