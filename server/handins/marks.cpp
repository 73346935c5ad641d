#include "handins/marks.h"

#include <algorithm>
#include <stdexcept>

#include "base/number.h"
#include "base/text.h"

namespace wujin::handins {
namespace {

Instant moment_of(std::string_view text) {
  const auto milliseconds = parse_number<std::int64_t>(text);
  if (!milliseconds) throw std::runtime_error("handins: a stored mark is broken");
  return Instant(std::chrono::milliseconds(*milliseconds));
}

}  // namespace

Mark mark_of(std::span<const Version> versions, bool has_exemption) {
  Mark mark;
  if (const Version* first = first_valid(versions)) mark.first = first->submitted_at;
  mark.exempt = has_exemption && may_exempt(versions);
  return mark;
}

// One line a place: its id, "e" or "-", and the moment in milliseconds unless it handed nothing in.
std::string written(const Marks& marks) {
  std::string text;
  for (const auto& [place, mark] : marks) {
    text += place + (mark.exempt ? " e" : " -");
    if (mark.first) text += ' ' + std::to_string(mark.first->time_since_epoch().count());
    text += '\n';
  }
  return text;
}

void each_mark(std::string_view text, const std::function<void(std::string_view place, const Mark&)>& visit) {
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    const auto place = take_until(line, ' ');
    Mark mark;
    mark.exempt = take_until(line, ' ') == "e";
    if (!line.empty()) mark.first = moment_of(line);
    visit(place, mark);
  }
}

Marks read_marks(std::string_view text) {
  Marks marks;
  each_mark(text, [&](std::string_view place, const Mark& mark) { marks.emplace_hint(marks.end(), place, mark); });
  return marks;
}

}  // namespace wujin::handins
