#include "reports/reports_api.h"

#include <charconv>
#include <functional>
#include <memory>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/json.h"
#include "base/text.h"
#include "replays/replays.h"
#include "reports/comments_actions.h"
#include "reports/report_answer.h"
#include "reports/report_document.h"
#include "reports/report_list.h"

namespace wujin::reports {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

constexpr std::string_view word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
// How often a hand-in is made anew because the report changed under it, and how long it waits for pictures still being drawn.
constexpr int most_attempts = 3;
constexpr int most_waits = 25;
constexpr std::chrono::milliseconds wait_for_drawing{200};

struct VersionList {
  std::vector<handins::VersionAnswer> items;
};
BOOST_DESCRIBE_STRUCT(VersionList, (), (items))

Result<ReportKey> key_of(const Request& request) {
  const auto month = parse_month(request.parameter("month"));
  if (!month) return Problem(ProblemCode::not_found);
  return ReportKey{CampaignId(std::string(request.parameter("campaign"))), PlaceId(std::string(request.parameter("place"))),
                   *month};
}

std::string subject_of(const ReportKey& key) {
  return "report/" + key.campaign.text() + "/" + key.place.text() + "/" + to_string(key.month);
}

std::optional<std::string> if_match_of(const Request& request) {
  const auto value = request.header("if-match");
  return value.empty() ? std::nullopt : std::optional(std::string(value));
}

// An empty body stands for an empty object.
template <class T>
Result<T> decode_or_empty(const std::string& body) {
  return trimmed(body).empty() ? Result<T>(T{}) : decode_json<T>(body);
}

// Who asks, and for which report: the first thing every handler learns.
struct Asked {
  Actor actor;
  ReportKey key;
};

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

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

  Task<Result<Response>> get(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto report = open(snapshot, *asked, now);
      if (!report) return report.error();
      return answer(*report, asked->actor, now);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> change(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto change = decode_json<ReportChange>(request.body);
    if (!change) co_return change.error();
    const auto etag = if_match_of(request);
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return change_report(transaction, parts_.catalogue, asked->actor, asked->key, *change, etag, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> submit(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto submission = decode_or_empty<SubmissionRequest>(request.body);
    if (!submission) co_return submission.error();
    const auto etag = if_match_of(request);
    for (int attempt = 1;; ++attempt) {
      const auto document = co_await made_document(*asked);
      if (!document) co_return document.error();
      const Instant now = parts_.clock.now();
      const Act act = [&](Transaction& transaction) {
        return hand_in_report(transaction, parts_.catalogue, asked->actor, asked->key, *submission, etag, *document, now);
      };
      auto outcome = co_await write(request, *asked, now, act);
      const bool has_changed_meanwhile = !outcome && outcome.error().code() == ProblemCode::busy;
      if (!has_changed_meanwhile || attempt == most_attempts) co_return outcome;
    }
  }

  Task<Result<Response>> withdraw(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return withdraw_report(transaction, parts_.catalogue, asked->actor, asked->key, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> give_back(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto wanted = decode_json<handins::ReturnRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return return_report(transaction, parts_.catalogue, asked->actor, asked->key, *wanted, now);
    };
    co_return co_await write(request, *asked, now, act);
  }

  Task<Result<Response>> accept(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const Act act = [&](Transaction& transaction) {
      return accept_report(transaction, parts_.catalogue, asked->actor, asked->key, now);
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

  Task<Result<Response>> document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const auto making = co_await making_of(*asked);
    if (!making) co_return making.error();
    const auto fill = [&] { return make(*making); };
    auto bytes = co_await parts_.pool.run(std::cref(fill));
    if (!bytes) co_return bytes.error();
    co_return Response::document(std::move(*bytes), std::string(word_type), making->file_name);
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

  Task<Result<Response>> versions(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto report = open(snapshot, *asked, now);
      if (!report) return report.error();
      VersionList versions{handins::answers_of(report->versions)};
      std::ranges::reverse(versions.items);
      return Response::of(versions);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> version_document(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    const std::string_view text = request.parameter("number");
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) co_return Problem(ProblemCode::not_found);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto report = open(snapshot, *asked, now);
      if (!report) return report.error();
      const auto version = std::ranges::find(report->versions, number, &handins::Version::number);
      if (version == report->versions.end()) return Problem(ProblemCode::not_found);
      return frozen_file(*report, *version);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

 private:
  using Act = std::function<Result<OpenReport>(Transaction&)>;

  Task<Result<Asked>> asked_of(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto key = key_of(request);
    if (!key) co_return key.error();
    Asked asked{*actor, *key};
    co_return asked;
  }

  Result<OpenReport> open(Snapshot& snapshot, const Asked& asked, Instant now) const {
    const auto frame = open_frame(snapshot, parts_.catalogue, asked.key.campaign, now);
    if (!frame) return frame.error();
    return open_report(snapshot, *frame, asked.actor, asked.key);
  }

  static Response answer(const OpenReport& report, const Actor& actor, Instant now) {
    Response response = Response::of(answer_of(report, actor, now));
    response.with("ETag", report.etag);
    return response;
  }

  Response frozen_file(const OpenReport& report, const handins::Version& version) const {
    std::string digest;
    if (!from_hex(version.sha256, digest)) throw std::runtime_error("a stored digest is not hexadecimal");
    Response response = Response::document("", std::string(word_type), document_name(report.material));
    const auto path = parts_.vault.path(digest);
    response.body = http::FileBody{path, std::filesystem::file_size(path)};
    response.tagged(version.sha256);
    return response;
  }

  // Runs a verb once, whatever is repeated, and answers the report as it stands then. A stale one is told what is there now.
  Task<Result<Response>> write(const Request& request, const Asked& asked, Instant now, const Act& act) const {
    const auto attempt = replays::attempt(request, asked.actor.account.uuid(), subject_of(asked.key));
    if (!attempt) co_return attempt.error();
    const auto body = [&](Transaction& transaction) -> Result<Response> {
      return replays::once(transaction, *attempt, now, [&]() -> Result<Response> {
        const auto report = act(transaction);
        if (report) return answer(*report, asked.actor, now);
        Problem problem = report.error();
        if (problem.code() == ProblemCode::stale || problem.code() == ProblemCode::if_match_required) {
          const auto current = open(transaction, asked, now);
          if (current) problem.carrying(encode_json(answer_of(*current, asked.actor, now)));
        }
        return problem;
      });
    };
    co_return co_await parts_.database.write(std::cref(body));
  }

  Task<Result<Making>> making_of(const Asked& asked) const {
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Making> {
      const auto report = open(snapshot, asked, now);
      if (!report) return report.error();
      return prepare(snapshot, parts_.forms, parts_.vault, *report);
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  // Pictures that have just arrived are still being drawn: worth a moment's patience, for the version is frozen with them.
  Task<Result<MadeDocument>> made_document(const Asked& asked) const {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
    for (int waits = 0;; ++waits) {
      const auto making = co_await making_of(asked);
      if (!making) co_return making.error();
      if (making->undrawn == 0) {
        const auto keep = [&] { return make_and_keep(*making, parts_.vault); };
        co_return co_await parts_.pool.run(std::cref(keep));
      }
      if (waits == most_waits) co_return Problem(ProblemCode::busy);
      timer.expires_after(wait_for_drawing);
      co_await timer.async_wait(boost::asio::use_awaitable);
    }
  }

  ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string report = "/api/v1/reports/{campaign}/{place}/{month}";
  router.add(Method::get, "/api/v1/reports", [api](Request& request) { return api->list(request); });
  router.add(Method::get, report, [api](Request& request) { return api->get(request); });
  router.add(Method::patch, report, [api](Request& request) { return api->change(request); }, {.body_limit = 1024 * 1024});
  router.add(Method::get, report + "/document.docx", [api](Request& request) { return api->document(request); });
  router.add(Method::post, report + "/submission", [api](Request& request) { return api->submit(request); });
  router.add(Method::post, report + "/withdrawal", [api](Request& request) { return api->withdraw(request); });
  router.add(Method::post, report + "/return", [api](Request& request) { return api->give_back(request); });
  router.add(Method::post, report + "/acceptance", [api](Request& request) { return api->accept(request); });
  const std::string comment = report + "/comments/{comment}";
  router.add(Method::put, comment, [api](Request& request) { return api->put_comment(request); });
  router.add(Method::delete_, comment, [api](Request& request) { return api->on_comment(request, &remove_comment); });
  router.add(Method::post, comment + "/settlement",
             [api](Request& request) { return api->on_comment(request, &settle_comment); });
  router.add(Method::get, report + "/receipt", [api](Request& request) { return api->receipt(request); });
  router.add(Method::get, report + "/versions", [api](Request& request) { return api->versions(request); });
  router.add(Method::get, report + "/versions/{number}/document.docx",
             [api](Request& request) { return api->version_document(request); });
}

}  // namespace wujin::reports
