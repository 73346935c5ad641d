#include "documents/number_words.h"

#include <gtest/gtest.h>

namespace wujin::documents {
namespace {

TEST(NumberWords, are_those_word_prints) {
  const struct {
    const char* format;
    int number;
    const char* words;
  } cases[] = {
      {"chineseCounting", 1, "一"},
      {"chineseCounting", 10, "十"},
      {"chineseCounting", 12, "十二"},
      {"chineseCounting", 20, "二十"},
      {"chineseCounting", 21, "二十一"},
      {"chineseCountingThousand", 100, "一百"},
      {"chineseCountingThousand", 101, "一百零一"},
      {"chineseCountingThousand", 110, "一百一十"},
      {"chineseCountingThousand", 1001, "一千零一"},
      {"chineseCountingThousand", 20'000, "20000"},
      {"chineseLegalSimplified", 12, "壹拾贰"},
      {"ideographDigital", 105, "一〇五"},
      {"ideographTraditional", 1, "甲"},
      {"ideographTraditional", 11, "甲"},
      {"ideographZodiac", 12, "亥"},
      {"decimalEnclosedCircle", 1, "①"},
      {"decimalEnclosedCircle", 20, "⑳"},
      {"decimalEnclosedCircle", 21, "㉑"},
      {"decimalEnclosedCircleChinese", 36, "㊱"},
      {"decimalEnclosedCircle", 51, "51"},
      {"decimalEnclosedParen", 3, "⑶"},
      {"decimalEnclosedFullstop", 3, "⒊"},
      {"ideographEnclosedCircle", 2, "㊁"},
      {"decimalFullWidth", 12, "１２"},
      {"decimalZero", 7, "07"},
      {"lowerLetter", 26, "z"},
      {"upperLetter", 28, "BB"},
      {"lowerRoman", 4, "iv"},
      {"upperRoman", 1999, "MCMXCIX"},
      {"upperRoman", 0, "0"},
      {"none", 3, ""},
      {"decimal", -2, "-2"},
      {"something new", 5, "5"},
      {"lowerLetter", 2'000'000'000, "2000000000"},
  };
  for (const auto& [format, number, words] : cases) EXPECT_EQ(number_as(format, number), words) << format << " " << number;
}

}  // namespace
}  // namespace wujin::documents
