#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "campaigns/campaigns_actions.h"

// A campaign's Word forms at the desk: a station takes one, edits it in Word or WPS and puts it back (docs/templates.zh-CN.md).
namespace wujin::campaigns {

enum class FormKind : std::uint8_t { plan, report, summary, merged, appraisal };
BOOST_DESCRIBE_ENUM(FormKind, plan, report, summary, merged, appraisal)

// The form of a campaign; null when it has none of the kind.
const DocumentForm* form_of(const Campaign& campaign, FormKind kind);
// Those it has, in the order above.
std::vector<FormKind> forms_of(const Campaign& campaign);

// Largest Word file taken, in bytes.
inline constexpr std::uint64_t largest_form = 16ull << 20;

struct PutForm {
  Catalogue::Bundle bundle;  // as it stands afterwards
  bool is_new = false;       // else the same file was there already
};
// Puts `word` in the place of a form and keeps the campaign so as its next version: what was handed in before stays as it was
// made. `etag` is If-Match, of the campaign's version. Errors: not_found, forbidden, if_match_required, stale, validation with
// every fault of the form (the tag, and the paragraph it stands in).
Result<PutForm> put_form(Transaction& transaction, Catalogue& catalogue, const people::Actor& actor, const CampaignId& id,
                         FormKind kind, std::string word, const std::optional<std::string>& etag,
                         const std::vector<InUse>& in_use, Instant now);

}  // namespace wujin::campaigns
