#include "campaigns/forms_api.h"

#include <algorithm>
#include <functional>
#include <memory>

#include "base/json.h"
#include "campaigns/campaign_answer.h"
#include "campaigns/forms.h"
#include "campaigns/issue.h"
#include "documents/file_name.h"
#include "http/if_match.h"
#include "people/may.h"
#include "places/place_store.h"

namespace wujin::campaigns {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr const char* word_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

struct FormAnswer {
  FormKind form = FormKind::plan;
  std::string file_name;
  std::int64_t bytes = 0;
  bool replaced = false;  // the model's, in the place of one of the town's own
};
BOOST_DESCRIBE_STRUCT(FormAnswer, (), (form, file_name, bytes, replaced))

struct FormList {
  CampaignId campaign;
  int version = 0;
  std::string etag;
  std::vector<FormAnswer> items;
  std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(FormList, (), (campaign, version, etag, items, may))

// plan.docx, of templates/plan.docx
std::string file_name_of(const DocumentForm& form) { return form.template_.substr(form.template_.rfind('/') + 1); }

Response response_of(const CampaignBundle& bundle, bool may_put) {
  const Campaign& campaign = bundle.campaign;
  FormList list{campaign.id, campaign.version, etag_of(campaign), {}, {}};
  const auto replaced = replaced_forms(bundle.files);
  for (const FormKind kind : forms_of(campaign)) {
    const DocumentForm& form = *form_of(campaign, kind);
    list.items.push_back({kind, file_name_of(form), static_cast<std::int64_t>(bundle.template_of(form).size()),
                          std::ranges::count(replaced, kind) > 0});
  }
  if (may_put) list.may.emplace_back("edit");
  Response response = Response::of(list);
  response.with("ETag", list.etag);
  return response;
}

CampaignId campaign_of(const Request& request) { return CampaignId(std::string(request.parameter("campaign"))); }

Result<FormKind> kind_of(const Request& request) {
  FormKind kind{};
  if (!boost::describe::enum_from_string(std::string(request.parameter("form")).c_str(), kind)) {
    return Problem(ProblemCode::not_found);
  }
  return kind;
}

Task<Result<std::string>> whole(http::BodyStream& stream) {
  std::string bytes;
  for (;;) {
    const auto piece = co_await stream.next();
    if (!piece) co_return piece.error();
    if (piece->empty()) co_return bytes;
    bytes.append(piece->data(), piece->size());
  }
}

class Api {
 public:
  Api(const ApiParts& parts, const std::vector<InUse>& in_use) : parts_(parts), in_use_(in_use) {}

  Task<Result<Response>> list(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const CampaignId id = campaign_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) -> Result<Response> {
      const auto bundle = visible_campaign(snapshot, parts_.catalogue, *actor, id, now);
      if (!bundle) return bundle.error();
      const auto path = places::read_tree(snapshot, china_date(now)).place_and_ancestors((*bundle)->campaign.town);
      return response_of(**bundle, people::may(*actor, people::Verb::load_campaign, path));
    };
    co_return co_await parts_.database.read(std::cref(read));
  }

  Task<Result<Response>> get(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto kind = kind_of(request);
    if (!kind) co_return kind.error();
    const CampaignId id = campaign_of(request);
    const Instant now = parts_.clock.now();
    const auto read = [&](Snapshot& snapshot) { return visible_campaign(snapshot, parts_.catalogue, *actor, id, now); };
    const auto bundle = co_await parts_.database.read(std::cref(read));
    if (!bundle) co_return bundle.error();
    const DocumentForm* form = form_of((*bundle)->campaign, *kind);
    if (form == nullptr || form->template_.empty()) co_return Problem(ProblemCode::not_found);
    co_return Response::document((*bundle)->template_of(*form), word_type, file_name_of(*form));
  }

  Task<Result<Response>> put(Request& request) const {
    const auto actor = co_await parts_.sessions.actor_of(request);
    if (!actor) co_return actor.error();
    const auto kind = kind_of(request);
    if (!kind) co_return kind.error();
    if (request.header("content-type") != word_type) co_return Problem(ProblemCode::unsupported_media_type);
    auto word = co_await whole(*request.stream);
    if (!word) co_return word.error();
    const CampaignId id = campaign_of(request);
    const auto etag = http::if_match_of(request);
    const Instant now = parts_.clock.now();
    const auto write = [&](Transaction& transaction) -> Result<Response> {
      const auto put = put_form(transaction, parts_.catalogue, *actor, id, *kind, *word, etag, in_use_, now);
      if (!put) return put.error();
      return response_of(*put->bundle, true);
    };
    co_return co_await parts_.database.write(std::cref(write));
  }

 private:
  ApiParts parts_;
  std::vector<InUse> in_use_;
};

}  // namespace

void add_form_routes(http::Router& router, const ApiParts& parts, const std::vector<InUse>& in_use) {
  const auto api = std::make_shared<const Api>(parts, in_use);
  const std::string forms = "/api/v1/campaigns/{campaign}/forms";
  const http::RouteOptions file{.body_limit = largest_form, .streams = true};
  router.add(Method::get, forms, [api](Request& request) { return api->list(request); });
  router.add(Method::get, forms + "/{form}", [api](Request& request) { return api->get(request); });
  router.add(
      Method::put, forms + "/{form}", [api](Request& request) { return api->put(request); }, file);
}

}  // namespace wujin::campaigns
