#pragma once

#include <optional>
#include <string>

#include "base/randomness.h"
#include "handins/handins_actions.h"
#include "plans/open_plan.h"
#include "plans/plan_calendar.h"

// What people do with a plan. Rights are judged here; verbs on the whole answer the plan as it stands afterwards.
namespace wujin::plans {

struct PutRow {
  PlanRow row;
  bool is_new = false;
};

// Makes a row or changes it; the same content under the same id again is the same outcome. Two people editing two rows never
// meet. Errors: validation, not_found, forbidden, conflict (the id is a row of another plan), gone, stale.
Result<PutRow> put_row(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor, const PlanKey& key,
                       const Id<PlanRow>& id, const RowChange& change, const std::optional<std::string>& etag, bool must_be_new,
                       Instant now);
// Errors: not_found, forbidden, gone, stale.
Result<> remove_row(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor, const PlanKey& key,
                    const Id<PlanRow>& id, const std::optional<std::string>& etag, Instant now);

// Errors: validation, forbidden, if_match_required, stale.
Result<OpenPlan> change_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const PlanKey& key, const HeadChange& change, const std::optional<std::string>& etag, Instant now);

struct CopyRequest {
  Month from_month;
  Month to_month;
};
BOOST_DESCRIBE_STRUCT(CopyRequest, (), (from_month, to_month))
// Adds the rows of one month to another that has none yet. Errors: validation, forbidden, conflict (the month has rows).
Result<OpenPlan> copy_month(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                            const PlanKey& key, const CopyRequest& request, Randomness& randomness, Instant now);

// Rows that are not over and have somebody of this name in charge, at these places, in every campaign.
std::vector<FoundRow> rows_in_charge(Snapshot& snapshot, const std::vector<PlaceId>& at, std::string_view name, Date today);
// Puts the successor's name into them; answers how many. Who may hand over is judged by the caller.
int pass_rows(Transaction& transaction, const people::Actor& actor, const std::vector<PlaceId>& at, std::string_view from,
              std::string_view to, const places::Tree& tree, Instant now);

// What the places the actor may read plan for a month. Errors: not_found; validation for a month that is none of the report's.
Result<PlanCalendar> read_calendar(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                   const CampaignId& campaign, Month month, Instant now);

using handins::MadeDocument;
using handins::SubmissionRequest;

// Errors: validation (no row), forbidden, stale, already_handed_in; busy when the plan changed since the document was made.
Result<OpenPlan> hand_in_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                              const PlanKey& key, const SubmissionRequest& request, const std::optional<std::string>& etag,
                              const MadeDocument& document, Instant now);
// The same for a plan that came by letter and was here at `arrived_at`, which judges it. Errors: as above, but stale.
Result<OpenPlan> hand_in_arrived_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                      const PlanKey& key, const MadeDocument& document, Instant arrived_at, Instant now);
Result<OpenPlan> withdraw_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const PlanKey& key, Instant now);
Result<OpenPlan> return_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const PlanKey& key, const handins::ReturnRequest& request, Instant now);
Result<OpenPlan> accept_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                             const PlanKey& key, const handins::AcceptanceRequest& request, Instant now);
// The assigned leader's; it never gates "on time". Errors: forbidden, conflict when the campaign asks for none, validation when
// the plan is empty.
Result<OpenPlan> sign_off_plan(Transaction& transaction, campaigns::Catalogue& catalogue, const people::Actor& actor,
                               const PlanKey& key, Instant now);

}  // namespace wujin::plans
