#include "reports/reports_api.h"

#include <functional>
#include <memory>

#include "base/json.h"
#include "http/if_match.h"
#include "replays/replays.h"
#include "reports/comments_actions.h"
#include "reports/merged_report.h"
#include "reports/report_answer.h"
#include "reports/report_document.h"
#include "reports/report_list.h"
#include "reports/report_making.h"
#include "reports/reports_actions.h"

namespace wujin::reports {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

// A month's report, to the house's one way of handing in.
struct ReportKind {
  using Key = ReportKey;
  using Open = OpenReport;

  static Result<ReportKey> key_of(const Request& request) {
    const auto month = parse_month(request.parameter("month"));
    if (!month) return Problem(ProblemCode::not_found);
    return ReportKey{CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place"))),
                     *month};
  }
  static std::string subject_of(const ReportKey& key) {
    return "report/" + key.campaign.text() + "/" + key.place.text() + "/" + to_string(key.month);
  }
  static Result<OpenReport> open(Snapshot& snapshot, campaigns::Catalogue& catalogue, const Actor& actor, const ReportKey& key,
                                 Instant now) {
    return open_report(snapshot, catalogue, actor, key, now);
  }
  static Making prepare(Snapshot& snapshot, const ApiParts& parts, const OpenReport& report) {
    return reports::prepare(snapshot, parts.forms, parts.vault, report);
  }
  static std::string file_name(const OpenReport& report) { return document_name(report.material); }
  static ReportAnswer answer(Snapshot&, const OpenReport& report, const Actor& actor, Instant now) {
    return answer_of(report, actor, now);
  }

  static constexpr auto hand_in = &hand_in_report;
  static constexpr auto withdraw = &withdraw_report;
  static constexpr auto give_back = &return_report;
  static constexpr auto accept = &accept_report;
};

class Api : public handins::HandInApi<ReportKind> {
 public:
  using HandInApi::HandInApi;

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto asked = list_request_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto page = list_reports(snapshot, parts_.catalogue, *actor, *asked, now);
      if (!page) return page.error();
      return Response::of(*page);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  // Made into a file that passes with the answer: a town's month of pictures is never held in memory.
  Task<Result<Response>> merged(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto month = parse_month(request.parameter("month"));
    if (!month) co_return Problem(ProblemCode::not_found);
    const CampaignId campaign{std::string(request.parameter("campaign"))};
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Making> {
      const auto found = merge_reports(snapshot, parts_.catalogue, *actor, campaign, *month, now);
      if (!found) return found.error();
      return reports::prepare(*found, parts_.forms, parts_.vault);
    };
    const auto making = co_await parts_.database.read(std::cref(read));
    if (!making) co_return making.error();
    const auto write = [&] { return handins::passing_file(*making, parts_.vault); };
    auto response = co_await parts_.pool.run(std::cref(write));
    co_return response;
  }

  Task<Result<Response>> change(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto change = decode_json<ReportChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return change_report(transaction, parts_.catalogue, asked->actor, asked->key, *change, etag, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> put_comment(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Uuid::parse(request.parameter("comment"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto content = decode_json<CommentContent>(request.body);
    if (!content) co_return content.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return reports::put_comment(transaction, parts_.catalogue, asked->actor, asked->key, *id, *content, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  // Removing a comment and settling it: what needs nothing but its id.
  using CommentVerb = Result<OpenReport> (*)(Transaction&, campaigns::Catalogue&, const Actor&, const ReportKey&, const Uuid&,
                                             Instant);
  Task<Result<Response>> on_comment(Request& request, CommentVerb verb) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto id = Uuid::parse(request.parameter("comment"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return verb(transaction, parts_.catalogue, asked->actor, asked->key, *id, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> receipt(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto report = open(snapshot, *asked, now);
      if (!report) return report.error();
      const auto receipt = receipt_of(*report);
      if (!receipt) return receipt.error();
      return Response::of(*receipt);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string report = "/api/v1/reports/{campaign}/{place}/{month}";
  router.add(Method::get, "/api/v1/reports", [api](Request& request) { return api->list(request); });
  router.add(Method::get, "/api/v1/merged-reports/{campaign}/{month}/document.docx",
             [api](Request& request) { return api->merged(request); });
  handins::add_hand_in_routes<ReportKind>(router, report, api);
  router.add(Method::patch, report, [api](Request& request) { return api->change(request); }, {.body_limit = 1024 * 1024});
  const std::string comment = report + "/comments/{comment}";
  router.add(Method::put, comment, [api](Request& request) { return api->put_comment(request); });
  router.add(Method::delete_, comment, [api](Request& request) { return api->on_comment(request, &remove_comment); });
  router.add(Method::post, comment + "/settlement",
             [api](Request& request) { return api->on_comment(request, &settle_comment); });
  router.add(Method::get, report + "/receipt", [api](Request& request) { return api->receipt(request); });
}

}  // namespace wujin::reports
