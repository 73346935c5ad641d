#include "campaigns/load.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "campaigns/pattern.h"
#include "campaigns/weeks.h"

namespace wujin::campaigns {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::filesystem::path campaigns_folder = std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns";

std::string read(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> told(const std::vector<LoadFault>& faults) {
  std::vector<std::string> lines;
  for (const auto& fault : faults) lines.push_back(describe(fault, Language::english));
  return lines;
}

std::shared_ptr<const CampaignBundle> shipped(const std::string& id) {
  const auto outcome = load_campaign(campaigns_folder / id);
  EXPECT_THAT(told(outcome.faults), IsEmpty()) << id;
  return outcome.bundle;
}

TEST(ShippedCampaigns, load_without_a_fault) {
  const auto fire = shipped("baofeng-2023");
  const auto fraud = shipped("antifraud-sample");
  ASSERT_TRUE(fire && fraud);
  EXPECT_EQ(fire->campaign.id.text(), "baofeng-2023");
  EXPECT_EQ(fire->places.size(), 8U);
  EXPECT_EQ(fraud->campaign.entries.size(), 3U);
  EXPECT_EQ(fraud->map.shapes.size(), 3U);
  EXPECT_TRUE(fire->map.shapes.empty());
  EXPECT_EQ(
      report_weeks(fraud->campaign.report_periods.first, WeekRule::by_hand, fraud->campaign.report_periods.hand_weeks).size(),
      4U);
}

TEST(ShippedCampaigns, say_who_answers_for_each_of_the_seven_items) {
  const auto fire = shipped("baofeng-2023");
  ASSERT_TRUE(fire);
  std::vector<std::string> numbers;
  for (const auto& item : fire->campaign.work_items) numbers.push_back(item.number);
  EXPECT_THAT(numbers, ElementsAre("1a", "1b", "2", "3", "4", "5", "6"));
  const auto& sites = fire->campaign.work_items[3];
  EXPECT_EQ(sites.lead_kind, LeadKind::unit);
  EXPECT_FALSE(sites.support);
  const auto& drills = fire->campaign.work_items[4];
  EXPECT_EQ(drills.lead_kind, LeadKind::office_holder);
  EXPECT_THAT(drills.applies_to, ElementsAre(PlaceKind::community));
}

TEST(ShippedCampaigns, have_the_deadlines_of_the_notice) {
  const auto fire = shipped("baofeng-2023");
  ASSERT_TRUE(fire);
  const auto& campaign = fire->campaign;
  EXPECT_EQ(to_string(*campaign.deadline_for(Deliverable::plan, PlaceKind::village)->on), "2023-08-16");
  EXPECT_EQ(campaign.deadline_for(Deliverable::report, PlaceKind::community)->day, 28);
  EXPECT_EQ(to_string(*campaign.deadline_for(Deliverable::summary, PlaceKind::town)->on), "2023-12-28");
  EXPECT_EQ(campaign.deadline_for(Deliverable::report, PlaceKind::town), nullptr);
}

TEST(ShippedCampaigns, title_their_documents_as_the_forms_do) {
  const auto fire = shipped("baofeng-2023");
  ASSERT_TRUE(fire);
  const auto tree = fire->tree();
  const auto month = *parse_month("2023-10");
  const auto village = document_names(fire->campaign, tree, PlaceId("500118112200"), month);
  const auto& words = fire->campaign.documents;
  EXPECT_THAT(title_lines(words.report, village), ElementsAre("宝峰镇泸永桥村2023年10月", "消防宣传“五进”工作情况"));
  EXPECT_EQ(file_title(words.report, village), "宝峰镇泸永桥村2023年10月消防宣传“五进”工作情况");
  const auto station = document_names(fire->campaign, tree, PlaceId("500118112000"));
  EXPECT_THAT(title_lines(words.plan, station), ElementsAre("宝峰镇2023年消防宣传", "“五进”计划表"));
  EXPECT_EQ(plan_place_name(words, *tree.find(PlaceId("500118112200"))), "泸永桥村委会");
  EXPECT_EQ(plan_place_name(words, *tree.find(PlaceId("500118112001"))), "宝峰场社区");
  EXPECT_EQ(activity_heading(fire->campaign, "countryside", "三组"), "消防宣传进农村");
}

TEST(ShippedCampaigns, name_the_sample_s_invented_place_apart) {
  const auto extra = read_places("sample-places.csv", read(campaigns_folder / "baofeng-2023" / "sample-places.csv"));
  EXPECT_THAT(told(extra.faults), IsEmpty());
  EXPECT_EQ(extra.places.back().name, "示例村");
  EXPECT_EQ(extra.places.back().id.text(), "500118112205");
}

TEST(Pattern, drops_the_clauses_without_a_value) {
  const std::string brief = "{date}，{place}[联合{partners}][在{point}]开展活动[，约{people}人]。";
  EXPECT_EQ(fill_pattern(brief, {{"date", "10月7日"}, {"place", "甲村"}}), "10月7日，甲村开展活动。");
  EXPECT_EQ(fill_pattern(brief, {{"date", "10月7日"}, {"place", "甲村"}, {"point", "三组"}, {"people", "30"}}),
            "10月7日，甲村在三组开展活动，约30人。");
  EXPECT_EQ(fill_pattern("{a", {{"a", "x"}}), "{a");
  EXPECT_EQ(fill_pattern("[{a", {{"a", "x"}}), "[{a");
}

// A campaign is kept as its files and read again by every later program: what a newer one words must not be missed in it.
TEST(ShippedCampaigns, read_without_words_of_their_own_for_summaries_and_figures) {
  const auto folder = campaigns_folder / "baofeng-2023";
  std::map<std::string, std::string> files;
  for (const char* name :
       {"campaign.toml", "places.csv", "templates/plan.docx", "templates/report.docx", "templates/summary.docx"})
    files[name] = read(folder / name);
  std::string& text = files["campaign.toml"];
  const auto cut = [&](const std::string& from, const std::string& until) {
    const auto first = text.find(from);
    ASSERT_NE(first, std::string::npos) << from;
    text.erase(first, text.find(until, first) - first);
  };
  cut("[summary]", "[reminders]");
  cut("[documents.merged]", "[documents.words]");
  cut("figures = ", "# ──");
  const auto outcome = read_campaign(CampaignId("baofeng-2023"), files);
  ASSERT_THAT(told(outcome.faults), IsEmpty());
  EXPECT_FALSE(outcome.bundle->campaign.documents.merged);
  EXPECT_EQ(outcome.bundle->campaign.summary.sections.size(), 5U);
}

// ── broken campaigns ──

std::map<std::string, std::string> good_files() {
  const auto folder = campaigns_folder / "antifraud-sample";
  return {{"campaign.toml", read(folder / "campaign.toml")},
          {"places.csv", read(folder / "places.csv")},
          {"templates/plan.docx", read(folder / "templates" / "plan.docx")},
          {"templates/report.docx", read(folder / "templates" / "report.docx")}};
}

std::vector<std::string> faults_of(const std::map<std::string, std::string>& files) {
  const auto outcome = read_campaign(CampaignId("antifraud-sample"), files);
  EXPECT_EQ(outcome.bundle == nullptr, !outcome.faults.empty());
  return told(outcome.faults);
}

// The line on which `words` first stand, as faults tell it.
std::string line_of(const std::string& text, const std::string& words) {
  const auto found = text.find(words);
  if (found == std::string::npos) return "?";
  return std::to_string(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(found), '\n') + 1);
}

struct Broken {
  const char* what;
  const char* from;
  const char* to;
  const char* told;  // {line} stands for the line of `to`
};

TEST(BrokenCampaigns, are_told_with_file_line_field_and_what_was_expected) {
  const std::vector<Broken> table = {
      {"an unknown key",
       "short_title =", "shorter_title =", "campaign.toml:{line} campaign.shorter_title: There is no such field."},
      {"a number for words", "title = \"青石镇2024年反诈宣传月（示例）\"", "title = 7",
       "campaign.toml:{line} campaign.title: Expected string."},
      {"a day that does not exist", "on = 2024-03-01\n", "on = 2024-02-30\n", "campaign.toml:{line}"},
      {"a day written as words", "starts_on = 2024-03-01\nends_on = 2024-03-31\n\n[[phase]]",
       "starts_on = \"soon\"\nends_on = 2024-03-31\n\n[[phase]]", "campaign.starts_on: Not valid: expected 2023-10-26."},
      {"an end before the start", "ends_on = 2024-03-31\n\n[[entry]]", "ends_on = 2024-02-01\n\n[[entry]]",
       "campaign.toml:{line} phase[0].ends_on: Not valid: expected >= 2024-03-01."},
      {"an identifier twice", "id = \"classes\"", "id = \"markets\"", "entry[1].id: Given twice."},
      {"an identifier in capitals", "id = \"classes\"", "id = \"Classes\"",
       "campaign.toml:{line} entry[1].id: Not valid: expected a-z, 0-9, _."},
      {"an entry nobody has", "entries = [\"counters\"]", "entries = [\"doors\"]",
       "campaign.toml:{line} work_item[0].entries: “doors” is not one of the choices."},
      {"a metric nobody has", "measure = \"activities\"", "measure = \"points\"", "campaign.toml:{line} quota[0].measure"},
      {"a kind of place nobody has", "applies_to = [\"community\", \"village\"]\nentries", "applies_to = [\"hamlet\"]\nentries",
       "campaign.toml:{line} work_item[0].applies_to: “hamlet” is not one of the choices."},
      {"a day past every month", "day = 31", "day = 32", "campaign.toml:{line} deadline[1].day: Must be between 1 and 31."},
      {"a month written wrongly", "first_month = \"2024-03\"", "first_month = \"March\"", "deadline[1].first_month"},
      {"a deadline without a date", "on = 2024-03-01\ninclusive", "inclusive", "deadline[0].on: Required."},
      {"a shift nobody knows", "off_day_shift = \"later\"", "off_day_shift = \"sideways\"",
       "campaign.toml:{line} deadline[1].off_day_shift: “sideways” is not one of the choices."},
      {"a deadline outside the reports", "last_month = \"2024-03\"", "last_month = \"2024-05\"",
       "deadline[1].first_month: Must be between"},
      {"two deadlines for one thing", "deliverable = \"plan\"", "deliverable = \"report\"", "applies_to: Given twice."},
      {"weeks with a gap", "from = 2024-03-18", "from = 2024-03-19",
       "campaign.toml:{line} report_periods.week[2].from: Not valid: expected 2024-03-18."},
      {"weeks that end early", "to = 2024-03-31\n\n[[return_reason]]", "to = 2024-03-30\n\n[[return_reason]]",
       "report_periods.week: Not valid: expected 2024-03-31…2024-03-31."},
      {"a week rule nobody knows", "week_rule = \"by_hand\"", "week_rule = \"lunar\"",
       "campaign.toml:{line} report_periods.week_rule"},
      {"a yes that is words", "sign_off = true", "sign_off = \"yes\"",
       "campaign.toml:{line} options.sign_off: Expected boolean."},
      {"an empty week that prints nothing it has", "empty_week = \"heading_only\"", "empty_week = \"line\"",
       "options.empty_week_text: Required."},
      {"a placeholder nobody fills", "picture_caption = \"照片{n}\"", "picture_caption = \"照片{number}\"",
       "campaign.toml:{line} documents.words.picture_caption: “{number}” is not one of the choices."},
      {"a brace left open", "picture_caption = \"照片{n}\"", "picture_caption = \"照片{n\"", "documents.words.picture_caption"},
      {"a title of more lines than stand above a form", "title_lines = [\"{place}{year}年反诈宣讲安排\"]",
       "title_lines = [\"一\", \"二\", \"三\", \"四\", \"五\"]", "campaign.toml:{line} documents.plan.title_lines: Too many"},
      {"a template that is not there", "template = \"templates/plan.docx\"", "template = \"templates/plans.docx\"",
       "campaign.toml:{line} documents.plan.template: “templates/plans.docx” is not one of the choices."},
      {"a town that is not there", "town = \"qingshi\"", "town = \"elsewhere\"",
       "campaign.toml:{line} campaign.town: “elsewhere”"},
      {"a town that is a village", "town = \"qingshi\"", "town = \"qingshi-east\"",
       "campaign.toml:{line} campaign.town: Not valid: expected town, district."},
      {"words too long for a chip", "short = \"集市\"", "short = \"集市集市集市集市集市集市集市集市集市\"",
       "campaign.toml:{line} entry[0].short: Too long: at most 16 characters."},
      {"a hint about pictures under another name",
       "picture_hint =", "photo_hint =", "campaign.toml:{line} entry[2].photo_hint: There is no such field."},
      {"a hint about pictures that is empty", "picture_hint = \"照片不要拍到柜台屏幕、银行卡和身份证。\"", "picture_hint = \"\"",
       "campaign.toml:{line} entry[2].picture_hint: "},
      {"an appraisal of persons", "id = \"kept\"", "subject = \"person\"\nid = \"kept\"",
       "appraisal.item[0].subject: An appraisal looks at how places reported. Persons are never ranked"},
      {"an appraisal by time in the app", "counts = \"complete\"", "counts = \"time_in_app\"",
       "campaign.toml:{line} appraisal.item[0].counts: An appraisal looks at how places reported."},
      {"an appraisal by check-ins", "counts = \"complete\"", "counts = \"check_ins\"",
       "the rules on reducing burdens): check_ins."},
      {"a quota within the appraisal", "counts = \"complete\"", "counts = \"activities\"",
       "campaign.toml:{line} appraisal.item[0].counts: A quota stands beside the appraisal, never inside it: activities."},
      {"an appraisal of what nobody hands in", "deliverables = [\"report\"]", "deliverables = [\"summary\"]",
       "campaign.toml:{line} appraisal.item[0].deliverables: “summary” is not one of the choices."},
      {"a measure nobody knows", "counts = \"complete\"", "counts = \"beauty\"",
       "appraisal.item[0].counts: “beauty” is not one of the choices."},
      {"a measure that is missing", "counts = \"complete\"\n", "", "appraisal.item[0].counts: Required."},
      {"a weight of nothing", "weight = 60", "weight = 0", "campaign.toml:{line} appraisal.item[0].weight"},
      {"an item twice", "id = \"punctual\"", "id = \"kept\"", "appraisal.item[1].id: Given twice."},
      {"no TOML at all", "[campaign]", "[campaign", "campaign.toml:{line}: The request cannot be read: TOML"},
      {"a table that is missing", "[options]", "[choices]", "options: Required."},
      {"a lead that is missing", "lead = { unit = \"镇平安办\" }", "", "work_item[0].lead: Required."},
  };
  for (const auto& row : table) {
    auto files = good_files();
    auto& text = files["campaign.toml"];
    ASSERT_NE(text.find(row.from), std::string::npos) << row.what;
    text.replace(text.find(row.from), std::string_view(row.from).size(), row.to);
    const auto expected = replaced(row.told, "{line}", line_of(text, row.to));
    EXPECT_THAT(faults_of(files), testing::Contains(HasSubstr(expected))) << row.what;
  }
}

TEST(BrokenCampaigns, tell_faults_of_the_places_with_their_line) {
  struct Row {
    const char* what;
    const char* from;
    const char* to;
    const char* told;
  };
  const std::vector<Row> table = {
      {"an id twice", "qingshi-east,QS-2", "qingshi-market,QS-2", "places.csv:5 id: Given twice."},
      {"a kind nobody has", ",village,东岭村", ",hamlet,东岭村", "places.csv:5 kind: “hamlet” is not one of the choices."},
      {"a parent that is missing", "东岭村,qingshi,3", "东岭村,shan,3", "places.csv:5 parent: “shan” is not one of the choices."},
      {"an order that is no number", "东岭村,qingshi,3", "东岭村,qingshi,third",
       "places.csv:5 order: Must be between 0 and 1000000."},
      {"a cell too many", "东岭村,qingshi,3", "东岭村,qingshi,3,", "places.csv:5: Not valid: expected id,code,kind"},
      {"a quote left open", "东岭村（示例）", "\"东岭村", "places.csv:5: Not valid"},
      {"a head of its own", "id,code", "key,code", "places.csv:2: Not valid: expected id,code,kind"},
      {"a name that is missing", "village,东岭村（示例）", "village,", "places.csv:5 name: Required."},
      {"an id with a space", "qingshi-east,QS-2", "qingshi east,QS-2", "places.csv:5 id: Not valid"},
      {"a division code that says otherwise", "qingshi-east,QS-2", "qingshi-east,500118112001", "places.csv:5 kind: Not valid"},
      {"bytes that are no text", "东岭村", "\xff\xfe", "places.csv: Not valid UTF-8 text."},
  };
  for (const auto& row : table) {
    auto files = good_files();
    auto& text = files["places.csv"];
    ASSERT_NE(text.find(row.from), std::string::npos) << row.what;
    text.replace(text.find(row.from), std::string_view(row.from).size(), row.to);
    EXPECT_THAT(faults_of(files), testing::Contains(HasSubstr(row.told))) << row.what;
  }
}

TEST(BrokenCampaigns, tell_files_that_are_missing_or_no_word_files) {
  auto files = good_files();
  files.erase("places.csv");
  EXPECT_THAT(faults_of(files), testing::Contains("places.csv: Required."));
  files = good_files();
  files.erase("campaign.toml");
  EXPECT_THAT(faults_of(files), testing::Contains("campaign.toml: Required."));
  files = good_files();
  files["templates/plan.docx"] = "no Word file";
  EXPECT_THAT(faults_of(files), testing::Contains(HasSubstr("templates/plan.docx: Not a usable Word file")));
  files = good_files();
  files["templates/plan.docx"] = files["templates/report.docx"];
  EXPECT_THAT(faults_of(files), testing::Contains(HasSubstr("templates/plan.docx document[")));
  EXPECT_THAT(told(load_campaign("/no/such/folder").faults), testing::Contains(HasSubstr("Not found.")));
}

TEST(BrokenCampaigns, tell_every_fault_at_once) {
  auto files = good_files();
  auto& text = files["campaign.toml"];
  text = replaced(text, "sign_off = true", "sign_off = 1");
  text = replaced(text, "day = 31", "day = 0");
  text = replaced(text, "measure = \"activities\"", "measure = \"points\"");
  files["places.csv"] = replaced(files["places.csv"], "QS-3", "QS-2");
  const auto faults = faults_of(files);
  EXPECT_EQ(faults.size(), 4U) << testing::PrintToString(faults);
  const auto english = to_problem(read_campaign(CampaignId("antifraud-sample"), files).faults);
  EXPECT_EQ(english.faults().size(), 4U);
}

// ── nothing of a notice in the program ──

bool is_source(const std::filesystem::path& path) {
  const auto name = path.filename().string();
  const auto extension = path.extension();
  const bool is_code = extension == ".cpp" || extension == ".h" || extension == ".inc" || extension == ".sql" ||
                       extension == ".ts" || extension == ".vue";
  return is_code && name.find(".test.") == std::string::npos && name.find(".generated.") == std::string::npos;
}

TEST(TheProgram, holds_no_word_of_the_notice) {
  // Names of its place and document, of its entries, forms, bodies and its days: all campaign data.
  const std::vector<std::string> words = {
      "宝峰",       "泸永桥",     "龙凤桥",     "天星桥",    "五家坡", "杨大口", "500118",
      "府发",       "永防办",     "进企业",     "进农村",    "进社区", "进学校", "进家庭",
      "流动宣传",   "设点宣传",   "入户宣传",   "可燃雨棚",  "防盗网", "三合一", "村（社区）民委员会",
      "消防工作站", "“五进”村社", "2023-08-16", "2023-12-28"};
  const std::filesystem::path root = WUJIN_SOURCE_DIR;
  int read_files = 0;
  for (const auto* folder : {"server", "web/apps", "web/packages"}) {
    for (std::filesystem::recursive_directory_iterator each(root / folder), end; each != end; ++each) {
      const auto name = each->path().filename();
      if (each->is_directory() && (name == "node_modules" || name == "tests" || name == "dist" || name == "test")) {
        each.disable_recursion_pending();
        continue;
      }
      if (!each->is_regular_file() || !is_source(each->path())) continue;
      ++read_files;
      std::ifstream stream(each->path());
      for (std::string line; std::getline(stream, line);) {
        const auto comment = line.find("// ");  // a comment may give an example
        const auto code = line.substr(0, comment);
        for (const auto& word : words) EXPECT_EQ(code.find(word), std::string::npos) << each->path() << ": " << line;
      }
    }
  }
  EXPECT_GT(read_files, 50);
}

}  // namespace
}  // namespace wujin::campaigns
