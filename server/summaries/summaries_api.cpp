#include "summaries/summaries_api.h"

#include <memory>

#include "base/json.h"
#include "http/if_match.h"
#include "replays/replays.h"
#include "summaries/summaries_actions.h"
#include "summaries/summary_answer.h"
#include "summaries/summary_document.h"

namespace wujin::summaries {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

// A yearly summary, to the house's one way of handing in.
struct SummaryKind {
  using Key = SummaryKey;
  using Open = OpenSummary;

  static Result<SummaryKey> key_of(const Request& request) {
    return SummaryKey{CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place")))};
  }
  static std::string subject_of(const SummaryKey& key) { return "summary/" + key.campaign.text() + "/" + key.place.text(); }
  static handins::Making prepare(Snapshot& snapshot, const ApiParts& parts, const OpenSummary& summary) {
    return summaries::prepare(snapshot, parts.forms, parts.vault, summary);
  }
  static std::string file_name(const OpenSummary& summary) { return document_name(summary); }
  static SummaryAnswer answer(Snapshot&, const OpenSummary& summary, const Actor& actor, Instant now) {
    return answer_of(summary, actor, now);
  }

  static constexpr auto open = &open_summary;
  static constexpr auto hand_in = &hand_in_summary;
  static constexpr auto withdraw = &withdraw_summary;
  static constexpr auto give_back = &return_summary;
  static constexpr auto accept = &accept_summary;
};

class Api : public handins::HandInApi<SummaryKind> {
 public:
  using HandInApi::HandInApi;

  Task<Result<Response>> change(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto change = decode_json<SummaryChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return change_summary(transaction, parts_.catalogue, asked->actor, asked->key, *change, etag, now);
    };
    co_return co_await write(request, *asked, now, act);
  }
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string summary = "/api/v1/summaries/{campaign}/{place}";
  handins::add_hand_in_routes<SummaryKind>(router, summary, api);
  router.add(Method::patch, summary, [api](Request& request) { return api->change(request); }, {.body_limit = 1024 * 1024});
}

}  // namespace wujin::summaries
