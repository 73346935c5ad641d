#pragma once

#include "http/request.h"
#include "http/response.h"

namespace wujin::http {

// Squeezes a JSON or text answer of middling size when the client takes gzip: lightly (level 1), since it runs on the loop.
void gzip_if_worthwhile(const Request& request, Response& response);

bool accepts_encoding(const Request& request, std::string_view coding);

}  // namespace wujin::http
