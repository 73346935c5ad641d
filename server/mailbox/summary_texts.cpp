#include "mailbox/summary_texts.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "handins/typed.h"
#include "mailbox/headings.h"
#include "mailbox/plain_text.h"

namespace wujin::mailbox {
namespace {

using campaigns::SummarySection;

std::optional<std::string> section_named(const std::string& heading, const std::vector<SummarySection>& sections) {
  const std::u32string name = bare(without_number(plain(heading)));
  std::vector<std::string> within;
  for (const SummarySection& section : sections) {
    const std::u32string words = bare(plain(section.heading));
    if (words.empty() || !contains(name, words)) continue;
    if (name == words) return section.id;
    within.push_back(section.id);
  }
  return within.size() == 1 ? std::optional(within.front()) : std::nullopt;
}

// Where it is told what was done.
std::string main_section(const std::vector<SummarySection>& sections) {
  const auto work = std::ranges::find(sections, campaigns::SummaryDraws::work_items, &SummarySection::draws);
  if (work != sections.end()) return work->id;
  return sections.empty() ? std::string(summaries::opening_part) : sections.front().id;
}

void add_line(std::string& text, std::string_view line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

std::string& text_of(std::vector<summaries::TextEdit>& texts, const std::string& part) {
  const auto found = std::ranges::find(texts, part, &summaries::TextEdit::part);
  return found != texts.end() ? found->text : texts.emplace_back(summaries::TextEdit{part, ""}).text;
}

}  // namespace

std::vector<summaries::TextEdit> summary_texts(std::span<const FoundActivity> parts, const campaigns::SummaryWords& words,
                                               std::vector<Fault>& faults) {
  const auto& sections = words.sections;
  const auto is_named = [&](const FoundActivity& part) { return section_named(part.heading, sections).has_value(); };
  std::string here = std::ranges::any_of(parts, is_named) ? std::string(summaries::opening_part) : main_section(sections);
  std::vector<summaries::TextEdit> texts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto named = section_named(parts[i].heading, sections);
    if (named) here = *named;
    std::string& text = text_of(texts, here);
    if (!named) add_line(text, wujin::trimmed(parts[i].heading));
    add_line(text, wujin::trimmed(parts[i].text));
    if (count_characters(text) <= handins::longest_text) continue;
    faults.push_back({"activities[" + std::to_string(i) + "].text",
                      ProblemCode::too_long,
                      {{"limit", std::to_string(handins::longest_text)}}});
  }
  return texts;
}

}  // namespace wujin::mailbox
