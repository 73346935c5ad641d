#pragma once

#include <map>
#include <string>
#include <string_view>

#include "mailbox/incoming_cases.h"

// What docs/mailbox.md tells of many letters.
namespace wujin::mailbox::fixture {

struct OutcomeCounts {
  std::map<Outcome, int> outcomes{{Outcome::fully, 0}, {Outcome::partly, 0}, {Outcome::tray, 0}};
  int all = 0;
  int wrong = 0;

  void add(Outcome outcome, bool is_wrong);
};

// "cases: 70 letters, fully 41, partly 10, tray 19, wrongly 0"
void print(std::string_view name, const OutcomeCounts& counts);

std::string in_words(const Understanding& found);

}  // namespace wujin::mailbox::fixture
