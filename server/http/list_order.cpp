#include "http/list_order.h"

namespace wujin::http {

ListOrder list_order(const Request& request) {
  const std::string asked(request.query_value("order").value_or(""));
  if (asked.starts_with('-')) return {asked.substr(1), true};
  return {asked, false};
}

}  // namespace wujin::http
