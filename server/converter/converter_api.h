#pragma once

#include "converter/converter.h"
#include "http/router.h"

namespace wujin::converter {

// Gives every document that is had as Word (GET ….docx) as a PDF as well, at the same path with .pdf: called once, after all
// rooms have added theirs. What may be seen, and what it is called, is judged by the Word file's own route. Borrows the
// converter.
void add_pdf_routes(http::Router& router, Converter& converter);

}  // namespace wujin::converter
