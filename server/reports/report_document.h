#pragma once

#include <map>
#include <string>

#include "documents/value.h"
#include "documents/word_package.h"
#include "reports/report.h"

namespace wujin::reports {

// The pictures that are here, ready to be embedded; description and box are left to the document.
using Pictures = std::map<Id<Photo>, documents::Picture>;

// What the campaign's report form is filled with: exactly the tags of campaigns::report_tags(). A chosen picture that is not
// among `pictures` is left out, and the numbers of the others close up.
documents::Value::Object document_values(const Material& material, const Layout& layout, const Pictures& pictures);

documents::DocumentProperties document_properties(const Material& material, const Layout& layout);
// Such as 宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况.docx
std::string document_name(const Material& material);

}  // namespace wujin::reports
