#include "appraisal/appraisal_api.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "appraisal/appraisal_actions.h"
#include "appraisal/appraisal_document.h"
#include "base/json.h"
#include "base/number.h"
#include "files/passing_file.h"
#include "handins/handin_wire.h"
#include "http/if_match.h"
#include "http/list_order.h"
#include "replays/replays.h"

namespace wujin::appraisal {
namespace {

using http::Method;
using http::Request;
using http::Response;
using people::Actor;

struct ObjectionAnswer {
  ObjectionId id;
  std::string item;
  std::string text;
  Instant made_at;
  std::string made_by;
  std::string etag;
  std::optional<Answer> answer;
};
BOOST_DESCRIBE_STRUCT(ObjectionAnswer, (), (id, item, text, made_at, made_by, etag, answer))

struct RowAnswer : PlaceStanding {
  int objections = 0;  // that wait for an answer
};
BOOST_DESCRIBE_STRUCT(RowAnswer, (PlaceStanding), (objections))

// What a table and a single place's evidence both begin with.
struct HeadAnswer : Head {
  std::optional<Version> version;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(HeadAnswer, (Head), (version, may))

struct AppraisalAnswer : HeadAnswer {
  std::vector<RowAnswer> rows;
  std::vector<Version> versions;
  bool has_form = false;
};
BOOST_DESCRIBE_STRUCT(AppraisalAnswer, (HeadAnswer), (rows, versions, has_form))

// A line of what a place owes, and for which items it was counted.
struct OwedAnswer : deadlines::Cell {
  std::vector<std::string> counted_for;
};
BOOST_DESCRIBE_STRUCT(OwedAnswer, (deadlines::Cell), (counted_for))

struct EvidenceAnswer : HeadAnswer {
  PlaceStanding standing;
  std::vector<OwedAnswer> owed;
  std::vector<ObjectionAnswer> objections;
};
BOOST_DESCRIBE_STRUCT(EvidenceAnswer, (HeadAnswer), (standing, owed, objections))

ObjectionAnswer answer_of(const Objection& objection) {
  return {objection.id,      objection.item,     objection.text,  objection.made_at,
          objection.made_by, etag_of(objection), objection.answer};
}

HeadAnswer head_of(const OpenAppraisal& open) {
  HeadAnswer answer;
  static_cast<Head&>(answer) = static_cast<const Head&>(open.appraisal);
  answer.version = open.version;
  return answer;
}

AppraisalAnswer answer_of(const OpenAppraisal& open, const Actor& actor) {
  AppraisalAnswer answer;
  static_cast<HeadAnswer&>(answer) = head_of(open);
  if (may_freeze(actor, open)) answer.may = {"freeze", "answer"};
  for (const PlaceEvidence& place : open.appraisal.places) {
    RowAnswer row;
    static_cast<PlaceStanding&>(row) = place.standing;
    row.objections = static_cast<int>(std::ranges::count_if(
        open.objections, [&](const Objection& each) { return each.place == place.standing.place && !each.answer; }));
    answer.rows.push_back(std::move(row));
  }
  answer.versions = open.versions;
  answer.has_form = has_form(open);
  return answer;
}

// Errors: validation (the table has no such head).
Result<> put_in_order(std::vector<RowAnswer>& rows, const Appraisal& appraisal, const http::ListOrder& order) {
  if (order.head.empty()) return {};
  if (order.head == "objections") {
    http::put_in_order(rows, order.descending, [](const RowAnswer& row) { return std::optional(row.objections); });
    return {};
  }
  const auto key = line_key(appraisal, order.head);
  if (!key) return Problem::at("order", ProblemCode::unknown_choice, {{"value", order.head}});
  http::put_in_order(rows, order.descending, *key);
  return {};
}

EvidenceAnswer evidence_of(const OpenAppraisal& open, const Actor& actor) {
  const PlaceEvidence& place = open.appraisal.places.front();
  EvidenceAnswer answer;
  static_cast<HeadAnswer&>(answer) = head_of(open);
  if (may_object(actor, open.tree, place.standing.place)) answer.may.emplace_back("object");
  if (may_freeze(actor, open)) answer.may.emplace_back("answer");
  answer.standing = place.standing;
  for (const deadlines::Cell& cell : place.owed) {
    OwedAnswer owed;
    static_cast<deadlines::Cell&>(owed) = cell;
    for (const Item& item : open.appraisal.items) {
      if (is_counted(cell, item, open.appraisal.as_of)) owed.counted_for.push_back(item.id);
    }
    answer.owed.push_back(std::move(owed));
  }
  for (const Objection& objection : open.objections) answer.objections.push_back(answer_of(objection));
  return answer;
}

Response answer_one(const Objection& objection, http::Status status) {
  const auto answer = answer_of(objection);
  Response response = Response::of(answer, status);
  response.with("ETag", answer.etag);
  return response;
}

Result<std::optional<int>> version_in(const Request& request) {
  const auto text = request.query_value("version");
  if (!text) return std::optional<int>();
  const auto number = parse_number<int>(*text);
  if (!number) return Problem::at("version", ProblemCode::invalid, {{"expected", "1"}});
  return number;
}

class Api {
 public:
  explicit Api(const ApiParts& parts) : parts_(parts) {}

  Task<Result<Response>> table(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    auto answer = answer_of(asked->open, asked->actor);
    const auto ordered = put_in_order(answer.rows, asked->open.appraisal, http::list_order(request));
    if (!ordered) co_return ordered.error();
    co_return Response::of(answer);
  }

  Task<Result<Response>> place(Request& request) const {
    const auto asked = co_await asked_of(request, PlaceId(std::string(request.parameter("place"))));
    if (!asked) co_return asked.error();
    co_return Response::of(evidence_of(asked->open, asked->actor));
  }

  Task<Result<Response>> word(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    if (!has_form(asked->open)) co_return Problem(ProblemCode::not_found);
    const auto making = prepare(asked->open, parts_.forms);
    const auto write = [&] { return handins::passing_file(making, parts_.vault); };
    auto response = co_await parts_.pool.run(std::cref(write));
    co_return response;
  }

  Task<Result<Response>> excel(Request& request) const {
    const auto asked = co_await asked_of(request);
    if (!asked) co_return asked.error();
    constexpr auto format = spreadsheets::Format::excel;
    const Language language = request.language;
    const std::shared_ptr<files::PassingFile> file = parts_.vault.pass();
    const auto write = [&] {
      const auto table = spreadsheets::begin_table(format, file->path(), table_title(language),
                                                   columns_of(asked->open.appraisal, language), parts_.clock.now());
      fill(*table, asked->open, language);
      table->finish();
    };
    if (const auto written = co_await parts_.pool.run(std::cref(write)); !written) co_return written.error();
    Response response =
        Response::document("", std::string(spreadsheets::content_type_of(format)), table_name(asked->open, language));
    response.body = http::FileBody{file->path(), std::filesystem::file_size(file->path()), file};
    co_return response;
  }

  Task<Result<Response>> put_version(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = VersionId::parse(request.parameter("version"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto wanted = decode_json<FreezeRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const CampaignId campaign = campaign_of(request);
    const Act act = [&](Transaction& transaction, Instant now) -> Result<Response> {
      const auto frozen = freeze(transaction, parts_.catalogue, *actor, campaign, *id, *wanted, now);
      if (!frozen) return frozen.error();
      return Response::of(frozen->version, frozen->is_new ? http::Status::created : http::Status::ok);
    };
    const std::string subject = "appraisal_version/" + id->to_string();
    co_return co_await once(request, *actor, subject, act);
  }

  Task<Result<Response>> put_objection(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = ObjectionId::parse(request.parameter("objection"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto wanted = decode_json<ObjectionRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const CampaignId campaign = campaign_of(request);
    const PlaceId place{std::string(request.parameter("place"))};
    const Act act = [&](Transaction& transaction, Instant now) -> Result<Response> {
      const auto put = appraisal::put_objection(transaction, parts_.catalogue, *actor, campaign, place, *id, *wanted, now);
      if (!put) return put.error();
      return answer_one(put->objection, put->is_new ? http::Status::created : http::Status::ok);
    };
    const std::string subject = "objection/" + id->to_string();
    co_return co_await once(request, *actor, subject, act);
  }

  Task<Result<Response>> put_answer(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto id = ObjectionId::parse(request.parameter("objection"));
    if (!id) co_return Problem(ProblemCode::not_found);
    const auto wanted = decode_json<AnswerRequest>(request.body);
    if (!wanted) co_return wanted.error();
    const auto etag = http::if_match_of(request);
    const CampaignId campaign = campaign_of(request);
    const PlaceId place{std::string(request.parameter("place"))};
    const Act act = [&](Transaction& transaction, Instant now) -> Result<Response> {
      const auto answered = answer_objection(transaction, parts_.catalogue, *actor, campaign, place, *id, *wanted, etag, now);
      if (!answered) return answered.error();
      return answer_one(*answered, http::Status::ok);
    };
    const std::string subject = "objection/" + id->to_string();
    co_return co_await once(request, *actor, subject, act);
  }

 private:
  using Act = std::function<Result<Response>(Transaction&, Instant)>;

  // Who asks, and what they are shown.
  struct Asked {
    Actor actor;
    OpenAppraisal open;
  };

  static CampaignId campaign_of(const Request& request) { return CampaignId(std::string(request.parameter("campaign"))); }

  Task<Result<Asked>> asked_of(Request& request, std::optional<PlaceId> place = {}) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto version = version_in(request);
    if (!version) co_return version.error();
    const CampaignId campaign = campaign_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<OpenAppraisal> {
      if (place) return open_place(snapshot, parts_.catalogue, *actor, campaign, *place, *version, now);
      return open_appraisal(snapshot, parts_.catalogue, *actor, campaign, *version, now);
    };
    auto open = co_await parts_.database.read(std::cref(read));
    if (!open) co_return open.error();
    Asked asked{*actor, std::move(*open)};
    co_return asked;
  }

  // Runs a write to `subject` once, whatever is repeated.
  Task<Result<Response>> once(const Request& request, const Actor& actor, const std::string& subject, const Act& act) const {
    const auto attempt = replays::attempt(request, actor.account.uuid(), subject);
    if (!attempt) co_return attempt.error();
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      const auto first = [&] { return act(transaction, now); };
      return replays::once(transaction, *attempt, now, first);
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

  const ApiParts parts_;
};

}  // namespace

void add_routes(http::Router& router, const ApiParts& parts) {
  const auto api = std::make_shared<const Api>(parts);
  const std::string whole = "/api/v1/appraisals/{campaign}", place = whole + "/places/{place}";
  const std::string objection = place + "/objections/{objection}";
  router.add(Method::get, whole, [api](Request& request) { return api->table(request); });
  router.add(Method::get, whole + "/table.xlsx", [api](Request& request) { return api->excel(request); });
  router.add(Method::get, whole + "/document.docx", [api](Request& request) { return api->word(request); });
  router.add(Method::put, whole + "/versions/{version}", [api](Request& request) { return api->put_version(request); });
  router.add(Method::get, place, [api](Request& request) { return api->place(request); });
  router.add(Method::put, objection, [api](Request& request) { return api->put_objection(request); });
  router.add(Method::put, objection + "/answer", [api](Request& request) { return api->put_answer(request); });
}

}  // namespace wujin::appraisal
