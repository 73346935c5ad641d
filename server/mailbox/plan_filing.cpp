#include <algorithm>
#include <utility>

#include "mailbox/filing_kind.h"
#include "plans/plan_document.h"
#include "plans/plans_actions.h"
#include "plans/plans_store.h"

namespace wujin::mailbox {
namespace {

using plans::PlanRow;

class PlanFiling final : public FilingKind {
 public:
  PlanFiling(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted)
      : parts_(parts), hand_(std::move(hand)), key_{std::move(campaign), wanted.place}, wanted_(std::move(wanted)) {}

  // A plan is words alone.
  void gather(const PictureSource&) override {}
  int picture_count() const override { return 0; }
  int left_out() const override { return wanted_.unplaced; }

  Result<Present> look(Snapshot& snapshot) const override {
    const auto plan = open(snapshot);
    if (!plan) return plan.error();
    return Present{plan->subject, plan->digest, 0, plan->versions};
  }

  Touched touched(Snapshot& snapshot, const Present&, std::span<const FiledRecord> records, std::int64_t) const override {
    const auto rows = plans::rows_of(snapshot, key_.campaign, key_.place);
    Touched touched;
    for (const FiledRecord& record : records) {
      const auto row = std::ranges::find(rows, Id<PlanRow>(record.id), &PlanRow::id);
      if (row != rows.end() && row->version == record.version) {
        touched.untouched.push_back(record);
      } else {
        touched.is_changed = true;
        if (row != rows.end()) ++touched.kept;
      }
    }
    touched.is_recorded = !std::ranges::all_of(
        rows, [&](const PlanRow& row) { return std::ranges::find(records, row.id.uuid(), &FiledRecord::id) != records.end(); });
    return touched;
  }

  Result<std::vector<FiledRecord>> write(Transaction& transaction, std::span<const FiledRecord> earlier) const override {
    const auto plan = open(transaction);
    if (!plan) return plan.error();
    std::vector<PlanRow> standing = rows_of(*plan, earlier);
    std::vector<FiledRecord> records;
    records.reserve(wanted_.rows.size());
    for (std::size_t i = 0; i < wanted_.rows.size(); ++i) {
      const auto put = put_row(transaction, *plan, i, standing);
      if (!put) return below("rows[" + std::to_string(i) + "]", put.error());
      records.push_back({put->row.id.uuid(), put->row.version});
    }
    if (const auto removed = remove_all(transaction, standing); !removed) return removed.error();
    return records;
  }

  // A letter writes nothing but rows.
  Result<> remove(Transaction& transaction, std::span<const FiledRecord> untouched, bool) const override {
    const auto plan = open(transaction);
    if (!plan) return plan.error();
    return remove_all(transaction, rows_of(*plan, untouched));
  }

  Result<handins::Making> prepare(Snapshot& snapshot) const override {
    const auto plan = open(snapshot);
    if (!plan) return plan.error();
    return plans::prepare(*plan, parts_.forms);
  }

  Result<> hand_in(Transaction& transaction, const handins::MadeDocument& document) const override {
    const auto plan =
        plans::hand_in_arrived_plan(transaction, parts_.catalogue, hand_.actor, key_, document, hand_.arrived_at, hand_.now);
    if (!plan) return plan.error();
    return {};
  }

 private:
  Result<plans::OpenPlan> open(Snapshot& snapshot) const {
    return plans::open_plan(snapshot, parts_.catalogue, hand_.actor, key_, hand_.now);
  }

  static std::vector<PlanRow> rows_of(const plans::OpenPlan& plan, std::span<const FiledRecord> records) {
    std::vector<PlanRow> found;
    for (const PlanRow& row : plan.rows) {
      if (std::ranges::find(records, row.id.uuid(), &FiledRecord::id) != records.end()) found.push_back(row);
    }
    return found;
  }

  Result<> remove_all(Transaction& transaction, const std::vector<PlanRow>& left) const {
    for (const PlanRow& row : left) {
      const auto removed =
          plans::remove_row(transaction, parts_.catalogue, hand_.actor, key_, row.id, plans::etag_of(row), hand_.now);
      if (!removed) return removed.error();
    }
    return {};
  }

  // Takes the row of the same days out of `standing` and changes it, or makes one.
  Result<plans::PutRow> put_row(Transaction& transaction, const plans::OpenPlan& plan, std::size_t number,
                                std::vector<PlanRow>& standing) const {
    plans::RowChange change = wanted_.rows[number];
    if (change.week_label == printed_label(plan, change)) change.week_label.reset();
    std::optional<std::string> etag;
    Id<PlanRow> id;
    const auto same =
        std::ranges::find_if(standing, [&](const PlanRow& row) { return row.from == change.from && row.to == change.to; });
    if (same != standing.end()) {
      id = same->id;
      etag = plans::etag_of(*same);
      standing.erase(same);
    } else {
      const auto is_taken = [&](const Id<PlanRow>& one) { return plans::find_row(transaction, one).has_value(); };
      id = free_id<PlanRow>(hand_.actor.request_id + "/" + key_.place.text() + "/plan", number, is_taken);
    }
    return plans::put_row(transaction, parts_.catalogue, hand_.actor, key_, id, change, etag, false, hand_.now);
  }

  // What stands there anyway by the week rule.
  std::string printed_label(const plans::OpenPlan& plan, plans::RowChange change) const {
    change.week_label.reset();
    return plans::label_of(plans::changed(PlanRow(), change, key_.place), plan.head, plan.campaign());
  }

  const FilingParts& parts_;
  const FilingHand hand_;
  const plans::PlanKey key_;
  const ToBeFiled wanted_;
};

}  // namespace

std::unique_ptr<FilingKind> plan_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted) {
  return std::make_unique<PlanFiling>(parts, std::move(hand), std::move(campaign), std::move(wanted));
}

}  // namespace wujin::mailbox
