#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "campaigns/form_tags.h"
#include "documents/word_template.h"

namespace wujin::campaigns {
namespace {

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

// Every fault of a shipped form as a sentence, so that a failure says what to mend.
std::string faults_of(const std::string& path, const documents::KnownTags& known) {
  const auto form = documents::WordTemplate::load(read(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / path), &known);
  if (form) return "";
  const Problem problem = form.error();
  std::string told(slug(problem.code()));
  for (const Fault& fault : problem.faults())
    told += "\n" + fault.field + " " + sentence(fault.code, fault.parameters, Language::english);
  return told;
}

TEST(ShippedForms, use_only_known_tags_and_have_no_fault) {
  std::vector<Choice> entries;
  for (const char* id : {"enterprise", "countryside", "community", "school", "household"})
    entries.push_back({id, id, {}, {}, {}, {}});
  EXPECT_EQ(faults_of("baofeng-2023/templates/plan.docx", plan_tags()), "");
  EXPECT_EQ(faults_of("baofeng-2023/templates/report.docx", report_tags()), "");
  EXPECT_EQ(faults_of("baofeng-2023/templates/merged.docx", merged_tags()), "");
  EXPECT_EQ(faults_of("baofeng-2023/templates/summary.docx", summary_tags(entries)), "");
  EXPECT_EQ(faults_of("antifraud-sample/templates/plan.docx", plan_tags()), "");
  EXPECT_EQ(faults_of("antifraud-sample/templates/report.docx", report_tags()), "");
}

}  // namespace
}  // namespace wujin::campaigns
