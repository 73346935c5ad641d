#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "campaigns/load.h"
#include "documents/zip_reader.h"
#include "documents/zip_writer.h"

namespace wujin::test {

inline const campaigns::CampaignId model_id{"yongchuan-2023"};
inline const places::PlaceId district{"500118000000"}, first_town{"500118112000"}, second_town{"Shili_2"};

using Rewriting = std::vector<std::pair<std::string, std::string>>;

// A Word file with other words in its text.
inline std::string reworded(const std::string& word, const std::string& from, const std::string& to) {
  std::string bytes;
  documents::ZipWriter zip([&](std::string_view piece) { bytes += piece; });
  const auto parts = documents::read_zip(word).value();
  for (const auto& [name, content] : parts)
    zip.add_deflated(name, name == "word/document.xml" ? replaced(content, from, to) : content);
  zip.finish();
  return bytes;
}

// The notice as a district would keep it for its towns, one of them invented; parts of its campaign.toml and of
// its appraisal's form written otherwise.
inline campaigns::CampaignBundle district_model(const Rewriting& rewriting = {}, const Rewriting& of_appraisal = {}) {
  auto files = campaigns::load_campaign(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / "baofeng-2023").bundle->files;
  files["places.csv"] +=
      "Shili_2,SL2,town,示例镇,示例镇,500118000000,100\n"
      "shili-2-1,SL2-1,village,示例村,示例村,Shili_2,101\n";
  auto& toml = files["campaign.toml"];
  toml = replaced(toml, "town = \"500118112000\"", "town = \"500118000000\"");
  toml = replaced(toml, "title = \"宝峰镇2023年", "title = \"{town}2023年");
  toml = replaced(toml, "station_name = \"镇消防工作站\"", "station_name = \"{town}消防工作站\"");
  for (const auto& [from, to] : rewriting) {
    EXPECT_NE(toml.find(from), std::string::npos) << from;
    toml = replaced(toml, from, to);
  }
  auto& appraisal = files["templates/appraisal.docx"];
  for (const auto& [from, to] : of_appraisal) appraisal = reworded(appraisal, from, to);
  const auto outcome = campaigns::read_campaign(model_id, std::move(files));
  for (const auto& fault : outcome.faults) ADD_FAILURE() << campaigns::describe(fault, Language::english);
  return *outcome.bundle;
}

}  // namespace wujin::test
