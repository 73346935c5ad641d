#include "activities/list_query.h"

#include "activities/activity_page.h"
#include "base/text.h"
#include "campaigns/campaign_query.h"
#include "http/page_limit.h"

namespace wujin::activities {
namespace {

using http::Request;

std::optional<std::string> word_of(const Request& request, std::string_view name) {
  const auto value = request.query_value(name);
  return value ? std::optional(std::string(*value)) : std::nullopt;
}

// The narrowing that a figure elsewhere opens with: days, and what the records were counted by.
Result<> narrow(ListRequest& asked, const Request& request) {
  for (const auto& [name, day] : {std::pair("from", &asked.from), std::pair("to", &asked.to)}) {
    const auto text = request.query_value(name);
    if (!text) continue;
    const auto parsed = parse_date(*text);
    if (!parsed) return Problem::at(name, ProblemCode::invalid, {{"expected", "2023-10-26"}});
    *day = *parsed;
  }
  asked.entry = word_of(request, "entry");
  asked.kind = word_of(request, "kind");
  asked.form = word_of(request, "form");
  asked.audience = word_of(request, "audience");
  asked.work_item = word_of(request, "work_item");
  asked.quota = word_of(request, "quota");
  if (const auto organizer = word_of(request, "organizer")) {
    Organizer value{};
    if (!boost::describe::enum_from_string(organizer->c_str(), value)) {
      return Problem::at("organizer", ProblemCode::unknown_choice, {{"value", *organizer}});
    }
    asked.organizer = value;
  }
  return {};
}

}  // namespace

Result<ListRequest> list_request_of(const Request& request) {
  ListRequest asked;
  const auto campaign = campaigns::campaign_in(request);
  if (!campaign) return campaign.error();
  asked.campaign = *campaign;
  if (const auto place = request.query_value("place")) asked.place = PlaceId(std::string(*place));
  if (const auto month = request.query_value("month")) {
    const auto parsed = parse_month(*month);
    if (!parsed) return Problem::at("month", ProblemCode::invalid, {{"expected", "2023-10"}});
    asked.month = *parsed;
  }
  if (const auto narrowed = narrow(asked, request); !narrowed) return narrowed.error();
  asked.words = trimmed(request.query_value("q").value_or(""));
  if (count_characters(asked.words) > 64) return Problem::at("q", ProblemCode::too_long, {{"limit", "64"}});
  if (const auto order = request.query_value("order")) {
    if (!boost::describe::enum_from_string(std::string(*order).c_str(), asked.order)) {
      return Problem::at("order", ProblemCode::unknown_choice, {{"value", std::string(*order)}});
    }
  }
  if (const auto cursor = request.query_value("cursor")) {
    asked.after = position_of(*cursor);
    if (!asked.after) return Problem::at("cursor", ProblemCode::invalid, {{"expected", "next_cursor"}});
  }
  const auto limit = http::page_limit(request);
  if (!limit) return limit.error();
  asked.limit = *limit;
  return asked;
}

}  // namespace wujin::activities
