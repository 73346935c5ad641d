#include "mailbox/place_finding.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace wujin::mailbox {
namespace {

// Below this a reading is not worth a doubt.
constexpr int counts_from = 70;

struct Certainty {
  int full = 0;
  int bare = 0;
};

class PlaceFinder {
 public:
  PlaceFinder(const PlaceNames& names, const places::Tree& tree) : names_(names), tree_(tree) {}

  void add_named(std::u32string_view text, Certainty certainty, Why why) {
    std::map<PlaceId, bool> named;  // whether in full
    for (const auto& mention : names_.in(text)) named[mention.place] = named[mention.place] || mention.is_full;
    for (const auto& [place, is_full] : named) add(place, is_full ? certainty.full : certainty.bare, why, text);
  }

  void add(const PlaceId& place, int percent, Why why, std::u32string_view words, bool is_senders = false) {
    found_.push_back({{place, percent, why, excerpt(words)}, is_senders});
  }

  // A text counts when it names one place only.
  void add_text(std::u32string_view text) {
    std::map<PlaceId, int> counts;
    for (const auto& mention : names_.in(text)) {
      if (is_village(mention.place)) counts[mention.place] += mention.is_full ? 1 : 0;
    }
    std::erase_if(counts, [](const auto& one) { return one.second == 0; });
    if (counts.size() != 1) return;
    add(counts.begin()->first, counts.begin()->second > 1 ? 82 : 72, Why::text, text);
  }

  void add_closing(const std::vector<Text>& closing, int percent) {
    for (const auto& line : closing) {
      if (const auto mention = names_.signing(line.plain)) {
        add(mention->place, percent, Why::text, line.plain);
      } else {
        add_named(line.plain, {percent, 60}, Why::text);
      }
    }
  }

  // One address may be of several places: then it only confirms what is said elsewhere.
  void add_sender(const Incoming& incoming, std::span<const KnownSender> senders) {
    std::set<PlaceId> confirmed;
    std::set<PlaceId> seen;
    for (const auto& sender : senders) {
      if (!incoming.from_address.empty() && sender.address == incoming.from_address) {
        (sender.is_confirmed ? confirmed : seen).insert(sender.place);
      }
    }
    const auto& known = confirmed.empty() ? seen : confirmed;
    senders_places_ = known;
    const auto address = plain(incoming.from_address);
    if (known.size() == 1) add(*known.begin(), confirmed.empty() ? 70 : 97, Why::known_sender, address, true);
    std::set<PlaceId> named;
    for (const auto& mention : names_.in(plain(incoming.from_name))) {
      if (is_village(mention.place) && mention.is_full) named.insert(mention.place);
    }
    if (named.size() == 1 && known.empty()) add(*named.begin(), 72, Why::known_sender, plain(incoming.from_name), true);
  }

  FoundPlace weigh() {
    leave_out_town();
    FoundPlace result;
    std::stable_sort(found_.begin(), found_.end(),
                     [](const One& one, const One& other) { return one.evidence.percent > other.evidence.percent; });
    if (found_.empty()) {
      result.doubts.push_back(Doubt::place_unknown);
      return result;
    }
    const auto& best = found_.front().evidence;
    int agreeing = 0;
    bool is_disputed = false;
    bool by_sender = false;
    for (const auto& one : found_) {
      if (one.evidence.value == best.value) {
        if (one.evidence.percent >= counts_from) ++agreeing;
      } else if (one.evidence.percent >= counts_from) {
        is_disputed = true;
        by_sender = by_sender || one.is_senders || found_.front().is_senders;
      }
    }
    const bool is_of_others = senders_places_.size() > 1 && !senders_places_.contains(best.value);
    if (is_of_others) is_disputed = by_sender = true;
    result.place = {best.value, std::min(99, best.percent + (agreeing > 1 ? 12 : 0)), best.why, best.words};
    if (is_disputed) {
      result.place.percent = 50;
      result.doubts.push_back(by_sender ? Doubt::sender_of_other_place : Doubt::places_disagree);
    } else if (!result.place.is_sure()) {
      result.doubts.push_back(Doubt::place_unknown);
    }
    return result;
  }

 private:
  struct One {
    Evidence<PlaceId> evidence;
    bool is_senders = false;
  };

  bool is_village(const PlaceId& id) const {
    const auto* place = tree_.find(id);
    return place != nullptr && places::is_of_village_level(place->kind);
  }

  // A form filled by a village may name the town only; the town's own people pass on what villages write.
  void leave_out_town() {
    const bool has_village =
        std::any_of(found_.begin(), found_.end(), [&](const One& one) { return is_village(one.evidence.value); });
    for (auto& one : found_) {
      if (is_village(one.evidence.value)) continue;
      one.evidence.percent = has_village ? 0 : one.is_senders ? one.evidence.percent : std::min(one.evidence.percent, 60);
    }
    std::erase_if(found_, [](const One& one) { return one.evidence.percent == 0; });
  }

  const PlaceNames& names_;
  const places::Tree& tree_;
  std::vector<One> found_;
  std::set<PlaceId> senders_places_;
};

// What a report tells, without its title and who signed it: a neighbour's text under one's own title shows here.
std::u32string body_of(const ReadSource& source) {
  std::u32string body;
  const auto add = [&](const Text& text) { body += text.plain + U"\n"; };
  for (const auto& line : source.outline.intro) add(line);
  for (const auto& line : source.outline.reason) add(line);
  for (const auto& part : source.outline.parts) {
    for (const auto& draft : part.drafts) {
      add(draft.heading);
      for (const auto& paragraph : draft.paragraphs) add(paragraph);
    }
  }
  return body;
}

}  // namespace

FoundPlace find_place(const Incoming& incoming, const std::vector<ReadSource>& sources, const ReadSource* main,
                      const PlaceNames& names, const places::Tree& tree, std::span<const KnownSender> senders) {
  PlaceFinder finder(names, tree);
  finder.add_sender(incoming, senders);
  // A bounce, or an answer while somebody is away, repeats what it answers.
  const bool is_words_of_machine = incoming.is_automatic && (main == nullptr || main->is_letter);
  if (is_words_of_machine) return finder.weigh();
  finder.add_named(plain(incoming.subject), {86, 83}, Why::subject);
  for (const auto& source : sources) {
    const bool is_main = &source == main;
    if (source.is_letter && !is_main) {
      finder.add_text(source.text);
      finder.add_closing(source.outline.closing, 86);
      continue;
    }
    // Of two reports in one letter neither place is the letter's.
    if (!is_main && main != nullptr) {
      if (source.form.percent >= sure_from) finder.add_named(source.title, {96, 90}, Why::title);
      continue;
    }
    finder.add_named(source.title, {96, 90}, Why::title);
    finder.add_named(source.name, {88, 84}, Why::file_name);
    finder.add_closing(source.outline.closing, 90);
    finder.add_text(body_of(source));
  }
  if (main == nullptr) {
    for (const auto& picture : incoming.pictures) finder.add_named(plain(picture), {75, 60}, Why::file_name);
  }
  return finder.weigh();
}

}  // namespace wujin::mailbox
