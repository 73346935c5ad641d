#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/request.h"
#include "reports/report_answer.h"

namespace wujin::reports {

struct ListRequest {
  CampaignId campaign;
  Month month;
  std::optional<PlaceId> after;  // the last place of the page before
  int limit = 50;
};

struct ReportPage {
  std::vector<ReportEntry> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReportPage, (), (items, next_cursor))

// Errors: validation.
Result<ListRequest> list_request_of(const http::Request& request);

// The month's report of every place that owes one and the actor may read, in the places' own order. Errors: not_found.
Result<ReportPage> list_reports(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                const ListRequest& request, Instant now);

}  // namespace wujin::reports
