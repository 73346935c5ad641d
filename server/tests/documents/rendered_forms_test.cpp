// The shipped forms, filled, printed by LibreOffice and looked at as pages: the acceptance list of the forms. Pages are kept in
// $WUJIN_TEST_RESULTS/forms for people to look at.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "base/calendar.h"
#include "documents/word_files.h"
#include "documents/word_template.h"

namespace wujin::documents {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;
using ::testing::Not;
using Object = Value::Object;
using List = Value::List;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

void write(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

bool run(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string without_space(const std::string& text) {
  std::string out;
  for (const char letter : text) {
    if (static_cast<unsigned char>(letter) > ' ') out += letter;
  }
  return out;
}

int count(std::string_view text, std::string_view part) {
  int found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// ── pictures of one plain colour, so that a page tells where each one is and how large ──

struct Colour {
  unsigned char red, green, blue;
};

Colour colour_of(int number) {
  return {static_cast<unsigned char>(40 + number % 5 * 45), static_cast<unsigned char>(40 + number / 5 % 5 * 45),
          static_cast<unsigned char>(number % 2 ? 250 : 20)};
}

void append_chunk(std::string& png, const std::string& kind, const std::string& content) {
  const auto put32 = [&](std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) png += static_cast<char>(value >> shift & 0xff);
  };
  put32(static_cast<std::uint32_t>(content.size()));
  png += kind + content;
  put32(deflated(kind + content).crc32);
}

std::uint32_t adler32(const std::string& bytes) {
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const char byte : bytes) {
    low = (low + static_cast<unsigned char>(byte)) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

std::string png_of(Colour colour, int width, int height) {
  const auto big_endian = [](std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
    return out;
  };
  std::string row(1, '\0');
  for (int x = 0; x < width; ++x) {
    for (const auto part : {colour.red, colour.green, colour.blue}) row += static_cast<char>(part);
  }
  std::string pixels;
  for (int y = 0; y < height; ++y) pixels += row;
  std::string png = "\x89PNG\r\n\x1a\n";
  append_chunk(png, "IHDR",
               big_endian(static_cast<std::uint32_t>(width)) + big_endian(static_cast<std::uint32_t>(height)) +
                   std::string("\x08\x02\0\0\0", 5));
  append_chunk(png, "IDAT", "\x78\x01" + deflated(pixels).bytes + big_endian(adler32(pixels)));
  append_chunk(png, "IEND", "");
  return png;
}

struct Shape {
  int width = 1280;
  int height = 960;
};

Picture coloured(int number, Shape shape = {}) {
  Picture picture;
  picture.identity = std::to_string(number);
  picture.format = PictureFormat::png;
  picture.width = shape.width;
  picture.height = shape.height;
  picture.bytes = std::make_shared<const std::string>(png_of(colour_of(number), shape.width, shape.height));
  picture.description = "图片" + std::to_string(number);
  return picture;
}

// A rendered page: where the pixels of one colour lie, in millimetres.
struct Box {
  double left = 0;
  double top = 0;
  double width = 0;
  double height = 0;
  double filled = 0;  // share of the box that has the colour
  std::string page;   // the file it was found in
};

struct Page {
  int width = 0;
  int height = 0;
  std::string pixels;
};

constexpr double dots_per_millimetre = 60 / 25.4;

Page read_page(const fs::path& ppm) {
  std::ifstream file(ppm, std::ios::binary);
  std::string magic;
  int depth = 0;
  Page page;
  file >> magic >> page.width >> page.height >> depth;
  file.get();
  page.pixels.resize(static_cast<std::size_t>(page.width) * static_cast<std::size_t>(page.height) * 3);
  file.read(page.pixels.data(), static_cast<std::streamsize>(page.pixels.size()));
  return page;
}

Box box_of(const Page& page, Colour colour) {
  int left = page.width, right = -1, top = page.height, bottom = -1, count = 0;
  for (int y = 0; y < page.height; ++y) {
    for (int x = 0; x < page.width; ++x) {
      const auto* pixel = reinterpret_cast<const unsigned char*>(page.pixels.data()) + (y * page.width + x) * 3;
      const int distance = std::abs(pixel[0] - colour.red) + std::abs(pixel[1] - colour.green) + std::abs(pixel[2] - colour.blue);
      if (distance > 6) continue;
      left = std::min(left, x);
      right = std::max(right, x);
      top = std::min(top, y);
      bottom = std::max(bottom, y);
      ++count;
    }
  }
  if (count == 0) return {};
  const double wide = right - left + 1;
  const double high = bottom - top + 1;
  const auto millimetres = [](double dots) { return dots / dots_per_millimetre; };
  return {millimetres(left), millimetres(top), millimetres(wide), millimetres(high), count / (wide * high), {}};
}

// ── the forms ──

class RenderedForms : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    char name[] = "/tmp/wujin-forms-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    fill_all();
    // One start of the office program for all: it takes most of the time.
    const std::string quiet = " >/dev/null 2>&1";
    ASSERT_TRUE(run("cd " + folder_.string() + " && HOME=" + folder_.string() +
                    " timeout 150 soffice -env:UserInstallation=file://" + folder_.string() +
                    "/profile --headless --convert-to pdf *.docx" + quiet))
        << "soffice (libreoffice-writer-nogui) is missing or failed";
    for (const auto& [form, bytes] : files_) {
      const std::string base = (folder_ / form).string();
      ASSERT_TRUE(run("pdftotext -layout " + base + ".pdf " + base + ".txt" + quiet)) << form;
      ASSERT_TRUE(run("pdftoppm -r 60 " + base + ".pdf " + base + quiet)) << form;
    }
  }

  static void TearDownTestSuite() {
    if (const char* results = std::getenv("WUJIN_TEST_RESULTS")) {
      const fs::path kept = fs::path(results) / "forms";
      fs::create_directories(kept);
      for (const auto& entry : fs::directory_iterator(folder_)) {
        const auto extension = entry.path().extension();
        if (extension == ".pdf" || extension == ".docx")
          fs::copy(entry.path(), kept / entry.path().filename(), fs::copy_options::overwrite_existing);
      }
    }
    fs::remove_all(folder_);
    files_.clear();
  }

  static void fill(const std::string& name, const std::string& form, const Object& values) {
    const auto bytes = read(fs::path(WUJIN_SOURCE_DIR) / "campaigns" / (form + ".docx"));
    files_[name] = WordTemplate::load(bytes).value().fill(values, {"题目", "泸永桥村"}).value();
    write(folder_ / (name + ".docx"), files_[name]);
  }

  static Object report(List weeks, const std::string& place = "泸永桥村") {
    return {{"attachment_label", "附件2"},
            {"title_lines", List{"宝峰镇" + place + "2023年10月", "消防宣传“五进”工作情况"}},
            {"title", "题目"},
            {"weeks", std::move(weeks)}};
  }

  static Object activity(int number, const std::string& text) {
    return {{"heading", "（" + chinese_number(number) + "）消防宣传进农村"}, {"paragraphs", List{text}}};
  }

  static Object week(const std::string& heading, List activities) {
    Object made = {{"heading", heading}};
    if (activities.empty()) made["empty_text"] = "本周未集中开展宣传活动。";
    made["activities"] = std::move(activities);
    return made;
  }

  static Object pair(int first, Shape left = {}, Shape right = {}) {
    return {{"left", coloured(first, left)},
            {"right", coloured(first + 1, right)},
            {"left_caption", "图片" + std::to_string(first)},
            {"right_caption", "图片" + std::to_string(first + 1)}};
  }

  static void add_pairs(Object& activity, List pairs) {
    activity["pairs"] = std::move(pairs);
    activity["has_pairs"] = true;
  }

  static void fill_all() {
    const std::string text =
        "10月7日上午，泸永桥村在三组院坝开展消防安全宣传，讲解电动车充电和冬季用火用电常识，参加群众约46人，发放宣传资料60份。";
    fill("plan", "baofeng-2023/templates/plan", plan(21));
    fill("antifraud-plan", "antifraud-sample/templates/plan", plan(4));
    fill("report", "baofeng-2023/templates/report", busy_month(text));
    fill("pictures", "baofeng-2023/templates/report", pictures(text));
    fill("compact", "baofeng-2023/templates/report", compact(text));
    fill("nothing", "baofeng-2023/templates/report",
         {{"title_lines", List{"宝峰镇示例村2023年10月", "消防宣传“五进”工作情况"}},
          {"no_activity",
           Object{{"heading", "情况说明"}, {"paragraphs", List{"本月连续降雨，道路中断，未能集中开展宣传活动。"}}}}});
    fill("antifraud-report", "antifraud-sample/templates/report", antifraud(text));
    fill("album", "baofeng-2023/templates/report", album(text));
    fill("august", "baofeng-2023/templates/report", august());
    fill("merged", "baofeng-2023/templates/merged", merged(text));
    fill("summary", "baofeng-2023/templates/summary", summary(text));
  }

  static Object plan(int rows) {
    List list;
    for (int i = 0; i < rows; ++i) {
      const bool is_long = i % 3 == 2;
      list.emplace_back(Object{{"week_label", std::to_string(8 + i / 5) + "月第" + chinese_number(i % 5 + 1) + "周"},
                               {"week_dates", "8月14—20日"},
                               {"week_from", "8月14"},
                               {"week_to", "20日"},
                               {"places", is_long ? "泸永桥村委会、龙凤桥村委会、天星桥村委会" : "泸永桥村委会"},
                               {"places_wrap", is_long},
                               {"focus", is_long ? "三组、四组院坝，桥畔小学；冬季取暖" : "三组、四组院坝"},
                               {"focus_wrap", is_long},
                               {"in_charge", "沈知禾"}});
    }
    return {{"attachment_label", "附件1"},
            {"title_lines", List{"宝峰镇泸永桥村2023年消防宣传", "“五进”计划表"}},
            {"title", "反诈宣传进万家计划表"},
            {"rows", list}};
  }

  // Weeks of 1, 0, 3 and 9 activities; numbering runs on.
  static Object busy_month(const std::string& text) {
    int number = 0;
    const auto several = [&](int count) {
      List made;
      for (int i = 0; i < count; ++i) made.emplace_back(activity(++number, text));
      return made;
    };
    List weeks;
    weeks.emplace_back(week("一、10月第一周（10月1日—8日）", several(1)));
    weeks.emplace_back(week("二、10月第二周（10月9日—15日）", {}));
    weeks.emplace_back(week("三、10月第三周（10月16日—22日）", several(3)));
    weeks.emplace_back(week("四、10月第四周（10月23日—31日）", several(9)));
    return report(weeks);
  }

  static Object pictures(const std::string& text) {
    Object mixed = activity(1, text);
    add_pairs(mixed, List{pair(1, {1280, 960}, {960, 1280}), pair(3, {1200, 400}, {100, 75})});
    mixed["last_picture"] = Object{{"picture", coloured(5)}, {"caption", "图片5　院坝会现场"}};
    Object alone = activity(2, text);
    alone["single_picture"] = Object{{"picture", coloured(6)}, {"caption", "图片1"}};
    Object many = activity(3, text);
    List pairs;
    for (int i = 0; i < 8; ++i) pairs.emplace_back(pair(7 + 2 * i));
    add_pairs(many, pairs);
    return report(List{week("一、10月第一周（10月1日—8日）", List{mixed, alone, many})}, "五进示范文明和谐平安幸福村");
  }

  // As many pictures as one activity is asked to print, under the longest name of a place.
  static Object album(const std::string& text) {
    Object one = activity(1, text);
    List pairs;
    for (int first = 1; first < 24; first += 2) pairs.emplace_back(pair(first));
    add_pairs(one, pairs);
    Object made = report(List{week("一、10月第一周（10月1日—8日）", List{one})});
    made["title_lines"] = List{"宝峰镇五进示范文明和谐平安福村", "2023年10月", "消防宣传“五进”工作情况"};
    return made;
  }

  // A month of five weeks at a place of two letters, in whatever people type on a phone.
  static Object august() {
    const std::string typed =
        "🔥消防演练👨‍👩‍👧‍👦全家参加👍\u3000<b>不准</b>占用“生命通道” & "
        "楼道\r\n第二行\t讲电瓶车🛵，大家都说好😀。";
    std::string longest;
    for (int i = 0; i < 200; ++i) longest += "院坝会上讲冬季用火用电，提醒老人不在床上抽烟。";
    List weeks;
    const char* dates[] = {"1日—6日", "7日—13日", "14日—20日", "21日—27日", "28日—31日"};
    for (int number = 1; number <= 5; ++number) {
      const auto count = chinese_number(number);
      weeks.emplace_back(week(count + "、8月第" + count + "周（8月" + dates[number - 1] + "）",
                              List{activity(number, number == 5 ? longest : typed)}));
    }
    Object made = report(weeks);
    made["title_lines"] = List{"宝峰镇三村2023年8月", "消防宣传“五进”工作情况"};
    return made;
  }

  static Object compact(const std::string& text) {
    Object one = activity(1, text);
    one["has_triples"] = true;
    const auto caption = [](int n) { return "图片" + std::to_string(n); };
    one["triples"] = List{Object{{"left", coloured(1)},
                                 {"middle", coloured(2)},
                                 {"right", coloured(3)},
                                 {"left_caption", caption(1)},
                                 {"middle_caption", caption(2)},
                                 {"right_caption", caption(3)}},
                          Object{{"left", coloured(4, {960, 1280})}, {"left_caption", caption(4)}}};
    return report(List{week("一、10月第一周（10月1日—8日）", List{one})});
  }

  static Object antifraud(const std::string& text) {
    Object one = {{"number", "（一）"},
                  {"topic", "刷单返利、冒充客服"},
                  {"date", "5月7日"},
                  {"point", "锦禾小区"},
                  {"paragraphs", List{text, "第二段 & <b>。"}}};
    one["pictures"] = List{Object{{"picture", coloured(1)}, {"caption", "图片1"}},
                           Object{{"picture", coloured(2, {960, 1280})}, {"caption", "图片2"}}};
    Object two = one;
    two["number"] = "（二）";
    two["pictures"] = List{};
    return {{"title", "青禾街道2024年5月反诈宣传活动记录"},
            {"weeks", List{week("第一周（5月1日—5日）", {}), week("第二周（5月6日—12日）", List{one, two})}}};
  }

  static Object merged(const std::string& text) {
    Object shown = activity(1, text);
    add_pairs(shown, List{pair(1)});
    const Object reason = {{"heading", "二、泸永桥村"}, {"paragraphs", List{"本月道路中断，未能集中开展宣传活动。"}}};
    return {{"title_lines", List{"宝峰镇2023年10月消防宣传", "“五进”工作情况"}},
            {"opening", List{"10月1日至10月31日，宝峰镇共开展消防宣传“五进”活动2场。"}},
            {"places", List{Object{{"heading", "一、宝峰场社区"}, {"activities", List{shown, activity(2, text)}}}, reason}},
            {"closing", List{"截至10月29日，龙凤桥村未报送。"}}};
  }

  static Object summary(const std::string& text) {
    List figures;
    for (const char* month : {"8月", "9月", "10月", "11月", "12月", "合计"}) {
      figures.emplace_back(Object{{"month", month},
                                  {"enterprise", "2"},
                                  {"countryside", "6"},
                                  {"community", "—"},
                                  {"school", "1"},
                                  {"household", "3"},
                                  {"total", "12"},
                                  {"people", "460"}});
    }
    Chart months;
    months.title = "各月活动场次";
    months.categories = {"8月", "9月", "10月"};
    months.series = {{"进农村", {6, 5, 4}}, {"进学校", {1, 2, 0}}};
    const Object part = {{"heading", "（一）入户宣传"}, {"paragraphs", List{text}}};
    return {{"title_lines", List{"宝峰镇泸永桥村2023年消防宣传", "“五进”工作总结"}},
            {"opening", List{"按照宝峰府发〔2023〕47号通知要求，现将2023年工作总结如下。"}},
            {"sections", List{Object{{"heading", "一、基本情况"}, {"paragraphs", List{text}}},
                              Object{{"heading", "二、主要做法"}, {"parts", List{part}}}, Object{{"heading", "三、工作成效"}}}},
            {"has_pairs", true},
            {"pairs", List{pair(1)}},
            {"figures_title", "2023年消防宣传“五进”活动统计表"},
            {"has_figures", true},
            {"figures", figures},
            {"chart", months},
            {"work_items_title", "2023年各项工作开展情况"},
            {"work_items", List{Object{{"name", "入户走访"}, {"total", "12"}, {"people", "460"}, {"leaflets", "—"}}}}};
  }

  static std::string text_of(const std::string& form) { return read(folder_ / (form + ".txt")); }

  static std::vector<std::string> pages_of(const std::string& form) {
    std::vector<std::string> pages;
    std::istringstream text(text_of(form));
    for (std::string page; std::getline(text, page, '\f');) pages.push_back(page);
    return pages;
  }

  // The picture wherever it stands in the document.
  static Box picture_of(const std::string& form, int number) {
    Box largest;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().extension() != ".ppm" || !entry.path().filename().string().starts_with(form + "-")) continue;
      Box box = box_of(read_page(entry.path()), colour_of(number));
      box.page = entry.path().filename();
      if (box.width * box.height > largest.width * largest.height) largest = box;
    }
    return largest;
  }

  static void expect_picture(const std::string& form, int number, double width, double height) {
    const Box box = picture_of(form, number);
    EXPECT_NEAR(box.width, width, 1.0) << form << " picture " << number;
    EXPECT_NEAR(box.height, height, 1.0) << form << " picture " << number;
    EXPECT_GT(box.filled, 0.97) << form << " picture " << number;
  }

  static inline fs::path folder_;
  static inline std::map<std::string, std::string> files_;
};

TEST_F(RenderedForms, number_activities_on_through_the_weeks) {
  const std::string text = without_space(text_of("report"));
  for (const char* heading :
       {"一、10月第一周（10月1日—8日）", "二、10月第二周（10月9日—15日）", "三、10月第三周（10月16日—22日）",
        "四、10月第四周（10月23日—31日）", "（八）消防宣传进", "（十三）消防宣传进农村"}) {
    EXPECT_THAT(text, HasSubstr(heading));
  }
  EXPECT_THAT(text, HasSubstr("二、10月第二周（10月9日—15日）本周未集中开展宣传活动。三、10月第三周"));
}

TEST_F(RenderedForms, never_leave_a_heading_last_on_a_page) {
  for (const char* form : {"report", "pictures"}) {
    for (const std::string& page : pages_of(form)) {
      std::istringstream lines(page);
      std::string last;
      for (std::string line; std::getline(lines, line);) {
        const std::string bare = without_space(line);
        if (!bare.empty() && !bare.starts_with("—")) last = bare;
      }
      EXPECT_THAT(last, Not(HasSubstr("消防宣传进"))) << form;
      EXPECT_THAT(last, Not(HasSubstr("周（10月"))) << form;
    }
  }
}

TEST_F(RenderedForms, show_pictures_whole_and_in_proportion) {
  expect_picture("pictures", 1, 74.7, 56);
  expect_picture("pictures", 2, 56, 74.7);
  expect_picture("pictures", 3, 75, 25);
  expect_picture("pictures", 4, 26.5, 19.8);
  expect_picture("pictures", 5, 74.7, 56);
  expect_picture("pictures", 6, 109.3, 82);
  for (int number = 7; number <= 22; ++number) expect_picture("pictures", number, 74.7, 56);
  for (int number = 1; number <= 3; ++number) expect_picture("compact", number, 49, 36.8);
  expect_picture("compact", 4, 36.8, 49);
  expect_picture("antifraud-report", 1, 90, 67.5);
  expect_picture("antifraud-report", 2, 67.5, 90);
  expect_picture("summary", 1, 74.7, 56);
}

TEST_F(RenderedForms, lay_twenty_four_pictures_in_rows_of_two_within_the_page) {
  constexpr double page_width = 210, page_height = 297, narrowest_margin = 20;
  const std::string text = without_space(text_of("album"));
  for (int first = 1; first < 24; first += 2) {
    expect_picture("album", first, 74.7, 56);
    expect_picture("album", first + 1, 74.7, 56);
    const Box left = picture_of("album", first);
    const Box right = picture_of("album", first + 1);
    EXPECT_EQ(left.page, right.page) << first;
    EXPECT_NEAR(left.top, right.top, 0.5) << first;
    EXPECT_GE(left.left, narrowest_margin) << first;
    EXPECT_GE(right.left, left.left + left.width) << first;
    EXPECT_LE(right.left + right.width, page_width - narrowest_margin) << first;
    EXPECT_GE(left.top, narrowest_margin) << first;
    EXPECT_LE(left.top + left.height, page_height - narrowest_margin) << first;
    EXPECT_THAT(text, HasSubstr("图片" + std::to_string(first) + "图片" + std::to_string(first + 1)));
  }
}

TEST_F(RenderedForms, keep_each_line_of_a_title_on_one_line) {
  const auto lines_of = [](const std::string& form) {
    std::vector<std::string> lines;
    std::istringstream text(text_of(form));
    for (std::string line; std::getline(text, line);) lines.push_back(without_space(line));
    return lines;
  };
  EXPECT_THAT(lines_of("august"), IsSupersetOf({"宝峰镇三村2023年8月", "消防宣传“五进”工作情况"}));
  EXPECT_THAT(lines_of("album"), IsSupersetOf({"宝峰镇五进示范文明和谐平安福村", "2023年10月", "消防宣传“五进”工作情况"}));
}

TEST_F(RenderedForms, print_five_weeks_and_whatever_was_typed) {
  // A sentence may run on over the number of its page.
  static const std::regex page_number("—[0-9]+—");
  const std::string text = std::regex_replace(without_space(text_of("august")), page_number, "");
  for (const char* heading :
       {"一、8月第一周（8月1日—6日）（一）", "二、8月第二周（8月7日—13日）（二）", "三、8月第三周（8月14日—20日）（三）",
        "四、8月第四周（8月21日—27日）（四）", "五、8月第五周（8月28日—31日）（五）"}) {
    EXPECT_THAT(text, HasSubstr(heading));
  }
  EXPECT_THAT(text, HasSubstr("<b>不准</b>占用“生命通道”&楼道"));
  EXPECT_THAT(text, HasSubstr("讲电瓶车"));
  EXPECT_EQ(count(text, "提醒老人不在床上抽烟。"), 200);
  const std::string xml = read_zip(files_["august"]).value().at("word/document.xml");
  for (const char* typed : {"🔥消防演练👨‍👩‍👧‍👦全家参加👍", "🛵", "😀"})
    EXPECT_THAT(xml, HasSubstr(typed));
}

TEST_F(RenderedForms, repeat_the_plans_header_and_split_no_row) {
  const auto pages = pages_of("plan");
  int weeks = 0;
  for (const std::string& page : pages) {
    const std::string text = without_space(page);
    EXPECT_THAT(text, HasSubstr("活动周期"));
    EXPECT_THAT(text, HasSubstr("负责人"));
    // A row that is split would leave the beginning of its dates on one page and their end on the next.
    const int begun = count(text, "（8月14—");
    EXPECT_EQ(begun, count(text, "20日）"));
    weeks += begun;
  }
  EXPECT_EQ(weeks, 21);
}

TEST_F(RenderedForms, keep_the_label_and_the_title_as_the_notice_breaks_it) {
  const std::string plan = without_space(text_of("plan"));
  EXPECT_LT(plan.find("附件1"), plan.find("宝峰镇泸永桥村2023年消防宣传"));
  EXPECT_THAT(plan, HasSubstr("宝峰镇泸永桥村2023年消防宣传“五进”计划表活动周期"));
  EXPECT_THAT(without_space(text_of("nothing")), HasSubstr("消防宣传“五进”工作情况情况说明本月连续降雨"));
  EXPECT_THAT(text_of("nothing"), Not(HasSubstr("附件")));
}

TEST_F(RenderedForms, print_nothing_the_notice_does_not_have) {
  for (const auto& [form, bytes] : files_) {
    const std::string xml = read_zip(bytes).value().at("word/document.xml");
    for (const char* invented :
         {"报送单位", "填报",   "填表人",   "审核人", "领导签字", "负责人签字", "联系电话", "报送时间", "盖章",
          "编号",     "二维码", "系统",     "水印",   "发文",     "签发人",     "密级",     "紧急程度", "主送",
          "抄送",     "印发",   "此件公开", "序号",   "备注",     "完成情况",   "满意度",   "GPS",      "印章",
          "红头",     "红线",   "条形码",   "落款",   "版记",     "参加人数"}) {
      EXPECT_THAT(xml, Not(HasSubstr(invented))) << form;
    }
    EXPECT_THAT(text_of(form), Not(HasSubstr("{"))) << form;
    EXPECT_FALSE(read_zip(bytes).value().contains("word/comments.xml")) << form;
  }
}

TEST_F(RenderedForms, merge_a_month_by_place_and_close_with_who_is_missing) {
  const std::string text = without_space(text_of("merged"));
  EXPECT_THAT(text, HasSubstr("活动2场。一、宝峰场社区（一）消防宣传进农村"));
  EXPECT_THAT(text, HasSubstr("（二）消防宣传进农村"));
  EXPECT_THAT(text, HasSubstr("二、泸永桥村本月道路中断，未能集中开展宣传活动。截至10月29日，龙凤桥村未报送。"));
  expect_picture("merged", 1, 74.7, 56);
}

TEST_F(RenderedForms, put_the_year_in_figures_on_a_page_of_its_own) {
  const auto pages = pages_of("summary");
  ASSERT_EQ(pages.size(), 3u);
  EXPECT_THAT(pages[0], Not(HasSubstr("月份")));
  EXPECT_TRUE(without_space(pages[1]).starts_with("附：2023年消防宣传“五进”活动统计表"));
  for (const char* column : {"月份", "进企业", "进农村", "进社区", "进学校", "进家庭", "合计", "参加人次"})
    EXPECT_THAT(pages[1], HasSubstr(column));
  EXPECT_THAT(without_space(pages[1]), HasSubstr("各月活动场次"));
  EXPECT_TRUE(without_space(pages[2]).starts_with("2023年各项工作开展情况"));
}

}  // namespace
}  // namespace wujin::documents
