#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/list_order.h"
#include "http/request.h"
#include "reports/report_answer.h"

namespace wujin::reports {

struct ListRequest {
  CampaignId campaign;
  Month month;
  std::optional<std::string> after;  // the next_cursor of the page before
  int limit = 50;
  http::ListOrder order{};
};

struct ReportPage {
  std::vector<ReportEntry> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(ReportPage, (), (items, next_cursor))

// Errors: validation.
Result<ListRequest> list_request_of(const http::Request& request);

// The month's report of every place that owes one and the actor may read, in the places' own order or by what stands under a
// head. Errors: not_found, validation (a cursor of another list).
Result<ReportPage> list_reports(Snapshot& snapshot, campaigns::Catalogue& catalogue, const people::Actor& actor,
                                const ListRequest& request, Instant now);

}  // namespace wujin::reports
