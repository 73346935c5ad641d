#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace wujin::campaigns {

// What a part of a yearly summary is drafted from; a person may change every word of it.
enum class SummaryDraws : std::uint8_t {
  nothing,     // left to people
  figures,     // what was held, in the campaign's sentence
  work_items,  // a part for each work item that has records
  gaps         // entries nobody reached, quotas that are not met
};
BOOST_DESCRIBE_ENUM(SummaryDraws, nothing, figures, work_items, gaps)

struct SummarySection {
  std::string id;
  std::string heading;  // without its number
  SummaryDraws draws = SummaryDraws::nothing;
};

// The skeleton of a yearly summary and the patterns (pattern.h) it is drafted with, which a campaign may word itself. {place},
// {year} and {document_number} may stand in the opening and the titles.
struct SummaryWords {
  std::string opening = "按照{document_number}要求，现将{year}年工作总结如下。";
  std::string figures_title = "{year}年活动统计表";             // by months
  std::string work_items_title = "{year}年各项工作开展情况";    // by work items
  std::string places_title = "{year}年各村（社区）活动统计表";  // by places, in a town's own
  std::string sum_name = "合计";                                // of a table's last line
  std::string chart_title = "各月活动场次";
  std::string work_item = "{description}共开展{n}场[，参加群众约{people}人次][，发放宣传资料{leaflets}份]。";
  std::string gap_entries = "{entries}尚未开展活动。";
  std::string gap_quota = "{quota}：应完成{expected}次，已完成{met}次。";
  int most_pictures = 10;
  std::vector<SummarySection> sections = {{"figures", "基本情况", SummaryDraws::figures},
                                          {"work", "主要做法", SummaryDraws::work_items},
                                          {"results", "工作成效", SummaryDraws::nothing},
                                          {"gaps", "存在问题", SummaryDraws::gaps},
                                          {"next", "下一步打算", SummaryDraws::nothing}};
};

}  // namespace wujin::campaigns
