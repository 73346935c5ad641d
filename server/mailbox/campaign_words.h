#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "campaigns/campaign.h"

// A campaign's own words as strangers' texts are searched for them.
namespace wujin::mailbox {

// How plainly a text speaks of the campaign's matter.
enum class Topic : std::uint8_t { none, related, certain };

struct TitleWords {
  campaigns::Deliverable form;
  std::u32string core;  // of its title, without place, year, month and marks
  std::u32string tail;  // of the core: what no other form's has
};

struct EntryWords {
  std::string id;
  std::u32string heading;  // 消防宣传进农村
  std::u32string name;     // 进农村
  std::u32string word;     // 农村
};

class CampaignWords {
 public:
  explicit CampaignWords(const campaigns::Campaign& campaign);

  Topic topic_of(std::u32string_view text) const;
  // The form a title is of; `has_month`: a summary of one month is its report. Percent 0: none.
  struct FormGuess {
    std::optional<campaigns::Deliverable> form;
    int percent = 0;
  };
  FormGuess form_of_title(std::u32string_view title, bool has_month) const;

  // Entries a text names: each once. `loosely`: by the word alone (农村), else as entered (进农村, 走进农村).
  std::vector<std::string> entries_in(std::u32string_view text, bool loosely) const;
  // A line begins as an activity's heading; answers how many letters of it are the heading, 0 for none.
  std::size_t heading_length(std::u32string_view line) const;

  bool has_year(int year) const { return year >= first_year_ && year <= last_year_; }

  const std::u32string& caption() const { return caption_; }          // 图片
  const std::u32string& no_activity() const { return no_activity_; }  // 情况说明
  const std::u32string& supplement() const { return supplement_; }    // 补充

 private:
  std::vector<TitleWords> titles_;
  std::vector<EntryWords> entries_;
  std::vector<std::u32string> topics_;
  std::vector<std::u32string> pairs_;  // 消防, 宣传: in this order they make a topic
  std::u32string point_heading_;       // 消防宣传进
  std::u32string caption_;
  std::u32string no_activity_;
  std::u32string supplement_;
  int first_year_ = 0;
  int last_year_ = 0;
};

}  // namespace wujin::mailbox
