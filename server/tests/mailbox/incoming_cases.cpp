#include "mailbox/incoming_cases.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "base/text.h"

namespace wujin::mailbox::fixture {
namespace {

using documents::Block;
using documents::ReadCell;
using documents::ReadParagraph;
using documents::ReadTable;

std::vector<std::string> split(const std::string& text, const std::string& mark) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const auto end = text.find(mark, at);
    parts.emplace_back(trimmed(text.substr(at, end == std::string::npos ? end : end - at)));
    if (end == std::string::npos) return parts;
    at = end + mark.size();
  }
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// [img] wherever it stands is a picture of the paragraph.
ReadParagraph paragraph_of(std::string text) {
  ReadParagraph paragraph;
  static int part = 0;
  for (auto at = text.find("[img]"); at != std::string::npos; at = text.find("[img]")) {
    text.erase(at, 5);
    paragraph.pictures.push_back({fmt::format("word/media/image{}.jpeg", ++part), "image/jpeg", {}, false});
  }
  if (text.starts_with("{")) {
    const auto end = text.find('}');
    paragraph.numbering = text.substr(1, end - 1);
    text.erase(0, end + 1);
  }
  if (text.starts_with("^ ")) {
    paragraph.is_centred = true;
    text.erase(0, 2);
  } else if (text.starts_with("* ")) {
    paragraph.is_bold = true;
    text.erase(0, 2);
  }
  while (text.starts_with("=")) {
    ++paragraph.outline;
    text.erase(0, 1);
  }
  paragraph.text = std::string(trimmed(text));
  return paragraph;
}

class TableOfLines {
 public:
  void add(const std::string& line) {
    const auto inner = line.substr(1, line.rfind('|') - 1);
    std::vector<ReadCell> row;
    int column = 0;
    for (const auto& text : split(inner, "|")) {
      if (text == "<" && !row.empty()) {
        ++row.back().columns;
      } else if (text == "^") {
        if (auto* above = cell_above(column)) ++above->rows;
      } else {
        ReadCell cell;
        cell.column = column;
        for (const auto& part : split(text, "//")) cell.blocks.emplace_back(paragraph_of(part));
        row.push_back(std::move(cell));
      }
      ++column;
    }
    table_.columns = std::max(table_.columns, column);
    table_.rows.push_back(std::move(row));
  }
  bool is_empty() const { return table_.rows.empty(); }
  ReadTable take() { return std::exchange(table_, {}); }

 private:
  ReadCell* cell_above(int column) {
    for (auto row = table_.rows.rbegin(); row != table_.rows.rend(); ++row) {
      for (auto& cell : *row) {
        if (cell.column == column) return &cell;
      }
    }
    return nullptr;
  }
  ReadTable table_;
};

class CaseReader {
 public:
  explicit CaseReader(const std::filesystem::path& file) : file_(file) {
    case_.name = file.stem().string();
    case_.incoming.received_on = *parse_date("2023-10-27");
  }

  Case read() {
    std::ifstream stream(file_);
    for (std::string line; std::getline(stream, line);) {
      ++number_;
      if (line.starts_with("#") || trimmed(line).empty()) continue;
      if (line.starts_with("  ") && !in_truth_) {
        add_block(line.substr(2));
      } else {
        close_table();
        take(line);
      }
    }
    close_table();
    if (!has_outcome_) fail("no outcome");
    return std::move(case_);
  }

 private:
  [[noreturn]] void fail(const std::string& why) const {
    throw std::runtime_error(fmt::format("{}:{} {}", file_.filename().string(), number_, why));
  }

  void add_block(const std::string& text) {
    if (case_.incoming.sources.empty()) fail("a line of no document");
    if (text.starts_with("|")) {
      table_.add(text);
      return;
    }
    close_table();
    case_.incoming.sources.back().reading.blocks.emplace_back(paragraph_of(text));
  }

  void close_table() {
    if (!table_.is_empty()) case_.incoming.sources.back().reading.blocks.emplace_back(table_.take());
  }

  void take(const std::string& line) {
    const auto space = line.find(' ');
    const auto key = line.substr(0, space);
    const std::string value(space == std::string::npos ? "" : trimmed(line.substr(space)));
    if (in_truth_) {
      take_truth(key, value);
    } else {
      take_header(key, value);
    }
  }

  void take_header(const std::string& key, const std::string& value) {
    auto& incoming = case_.incoming;
    if (key == "campaign") {
      case_.campaign = value;
    } else if (key == "from") {
      const auto words = words_of(value);
      incoming.from_address = words.at(0);
      incoming.from_name = words.size() > 1 ? value.substr(value.find(words[1])) : "";
    } else if (key == "known" || key == "seen") {
      const auto words = words_of(value);
      case_.senders.push_back({words.at(0), place(words.at(1)), key == "known"});
    } else if (key == "subject") {
      incoming.subject = value;
    } else if (key == "received") {
      incoming.received_on = date(value);
    } else if (key == "letter" || key == "file") {
      incoming.sources.push_back({value, {}});
    } else if (key == "loose") {
      incoming.pictures = words_of(value);
    } else if (key == "unreadable") {
      incoming.unreadable.push_back(value);
    } else if (key == "dragged") {
      case_.dragged.push_back(value);
    } else if (key == "cloud") {
      incoming.cloud_files.push_back(value);
    } else if (key == "must") {
      in_truth_ = true;
    } else {
      fail("unknown word " + key);
    }
  }

  void take_truth(const std::string& key, const std::string& value) {
    auto& truth = case_.truth;
    if (key == "place") {
      if (value != "?") truth.place = place(value);
    } else if (key == "form") {
      if (value != "?") truth.form = described<Deliverable>(value);
    } else if (key == "month") {
      if (value != "?") truth.month = parse_month(value).value();
    } else if (key == "activity") {
      truth.activities.push_back(activity(words_of(value)));
    } else if (key == "row") {
      const auto words = words_of(value);
      TrueRow row{date(words.at(0)), date(words.at(1)), {}};
      for (std::size_t index = 2; index < words.size(); ++index) row.places.push_back(place(words[index]));
      truth.rows.push_back(std::move(row));
    } else if (key == "reason") {
      truth.reason = value;
    } else if (key == "unplaced") {
      truth.unplaced = std::stoi(value);
    } else if (key == "today") {
      truth.today = described<Outcome>(value);
    } else if (key == "misread") {
      truth.misread = value;
    } else if (key == "doubt") {
      truth.doubts.push_back(described<Doubt>(value));
    } else {
      truth.outcome = described<Outcome>(key);
      has_outcome_ = true;
    }
  }

  TrueActivity activity(const std::vector<std::string>& words) const {
    TrueActivity activity;
    if (words.at(0) != "?") activity.week = std::stoi(words[0]);
    if (words.at(1) != "?") activity.entry = words[1];
    activity.pictures = std::stoi(words.at(2));
    for (std::size_t index = 3; index < words.size(); ++index) {
      if (words[index] == "people") {
        activity.people = std::stoi(words.at(++index));
      } else if (words[index] == "leaflets") {
        activity.leaflets = std::stoi(words.at(++index));
      } else {
        activity.held_on = date(words[index]);
      }
    }
    return activity;
  }

  template <class Enum>
  Enum described(const std::string& name) const {
    Enum value{};
    if (!boost::describe::enum_from_string(name.c_str(), value)) fail("unknown word " + name);
    return value;
  }

  Date date(const std::string& text) const {
    const auto date = parse_date(text);
    if (!date) fail("no date: " + text);
    return *date;
  }

  PlaceId place(const std::string& name) const {
    for (const auto& place : bundle(case_.campaign).places) {
      if (place.name == name) return place.id;
    }
    fail("no place: " + name);
  }

  std::filesystem::path file_;
  Case case_;
  TableOfLines table_;
  int number_ = 0;
  bool in_truth_ = false;
  bool has_outcome_ = false;
};

template <class T>
bool is_wrong(const Finding<T>& found, const std::optional<T>& truth) {
  return found.is_sure() && found.value != truth;
}

std::string wrong_in(const FoundActivity& found, const TrueActivity& truth, bool is_filed) {
  if (is_wrong(found.week, truth.week)) return fmt::format("week {}", *found.week.value);
  if (is_wrong(found.entry, truth.entry)) return "entry " + *found.entry.value;
  if (found.held_on.is_sure() && truth.held_on && found.held_on.value != truth.held_on)
    return "held " + to_string(*found.held_on.value);
  if (found.people_about && found.people_about != truth.people) return fmt::format("people {}", *found.people_about);
  if (found.leaflets && found.leaflets != truth.leaflets) return fmt::format("leaflets {}", *found.leaflets);
  if (!is_filed) return {};
  if (truth.held_on && found.held_on.value != truth.held_on) return "not held on " + to_string(*truth.held_on);
  if (static_cast<int>(found.pictures.size()) != truth.pictures) return fmt::format("{} pictures", found.pictures.size());
  return {};
}

std::string wrong_in(const FoundRow& found, const TrueRow& truth) {
  if (found.from.is_sure() && found.from.value != truth.from) return "row from " + to_string(*found.from.value);
  if (found.to.is_sure() && found.to.value != truth.to) return "row to " + to_string(*found.to.value);
  if (found.places.is_sure() && *found.places.value != truth.places)
    return fmt::format("{} places of a row", found.places.value->size());
  return {};
}

}  // namespace

const campaigns::CampaignBundle& bundle(const std::string& campaign) {
  static std::map<std::string, std::shared_ptr<const campaigns::CampaignBundle>> bundles;
  auto& loaded = bundles[campaign];
  if (!loaded) loaded = campaigns::load_campaign(std::filesystem::path(WUJIN_SOURCE_DIR) / "campaigns" / campaign).bundle;
  if (!loaded) throw std::runtime_error("no campaign " + campaign);
  return *loaded;
}

Understanding understood(const Case& one) {
  const auto& with = bundle(one.campaign);
  return understand(one.incoming, with.campaign, with.tree(), one.senders);
}

std::vector<Case> read_cases(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  cases.reserve(files.size());
  for (const auto& file : files) cases.push_back(CaseReader(file).read());
  return cases;
}

Outcome outcome_of(const Understanding& found) {
  if (found.doubts.empty()) return Outcome::fully;
  const bool needs_month = found.form.value == Deliverable::report;
  const bool is_placed = found.place.is_sure() && found.form.is_sure() && (!needs_month || found.month.is_sure());
  return is_placed ? Outcome::partly : Outcome::tray;
}

std::string wrong_in(const Understanding& found, const Truth& truth) {
  const bool is_filed = found.doubts.empty();
  if (is_wrong(found.place, truth.place)) return "place " + found.place.value->text();
  if (is_wrong(found.form, truth.form)) return "form";
  if (is_wrong(found.month, truth.month) && found.form.is_sure()) return "month " + to_string(*found.month.value);
  if (is_filed && (!found.place.is_sure() || !found.form.is_sure())) return "filed unsure";
  const bool is_comparable = found.activities.size() == truth.activities.size();
  const bool is_told = truth.form != Deliverable::summary || !truth.activities.empty();
  if (is_filed && is_told && !is_comparable) return fmt::format("{} activities", found.activities.size());
  for (std::size_t index = 0; is_comparable && index < truth.activities.size(); ++index) {
    const auto wrong = wrong_in(found.activities[index], truth.activities[index], is_filed);
    if (!wrong.empty()) return fmt::format("activity {}: {}", index + 1, wrong);
  }
  if (is_filed && found.rows.size() != truth.rows.size()) return fmt::format("{} rows", found.rows.size());
  for (std::size_t index = 0; found.rows.size() == truth.rows.size() && index < truth.rows.size(); ++index) {
    if (auto wrong = wrong_in(found.rows[index], truth.rows[index]); !wrong.empty()) return wrong;
  }
  if (!is_filed) return {};
  if (static_cast<int>(found.unplaced.size()) != truth.unplaced) return fmt::format("{} unplaced", found.unplaced.size());
  if (truth.reason ? found.no_activity_reason.find(*truth.reason) == std::string::npos : !found.no_activity_reason.empty()) {
    return "reason " + found.no_activity_reason;
  }
  return {};
}

}  // namespace wujin::mailbox::fixture
