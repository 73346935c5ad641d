#include "suggestions/suggestion_answer.h"

namespace wujin::suggestions {
namespace {

std::string name_of_place(const PlaceId& id, const places::Tree& tree) {
  const places::Place* place = tree.find(id);
  return place != nullptr ? place->name : id.text();
}

SuggestionShown shown(const Suggestion& suggestion, const places::Tree& tree) {
  return {suggestion.place,       name_of_place(suggestion.place, tree),
          suggestion.received_at, suggestion.text,
          suggestion.state,       suggestion.answer,
          suggestion.reason,      suggestion.settled_at};
}

}  // namespace

BoxAnswer answer_of(const Box& box) { return {box.place, box.place_name, box.town_name, box.title}; }

StandingAnswer answer_of(const BoxStanding& standing, const people::Actor& actor, const places::Tree& tree) {
  const places::Place& place = *tree.find(standing.place);
  StandingAnswer answer;
  answer.place = place.id;
  answer.place_name = place.name;
  answer.place_kind = place.kind;
  answer.open = standing.open;
  answer.answered = standing.answered;
  answer.set_aside = standing.set_aside;
  answer.waiting_since = standing.waiting_since;
  if (may_read(actor, tree, place.id)) answer.may.emplace_back("read");
  if (may_answer(actor, tree, place.id)) answer.may.emplace_back("answer");
  return answer;
}

ReceiptAnswer receipt_of(const Suggestion& suggestion, const places::Tree& tree) {
  return {suggestion.id, suggestion.place, name_of_place(suggestion.place, tree), suggestion.received_at};
}

WriterAnswer answer_for_writer(const Suggestion& suggestion, const places::Tree& tree) {
  WriterAnswer answer;
  static_cast<SuggestionShown&>(answer) = shown(suggestion, tree);
  if (suggestion.town != suggestion.place) answer.town_name = name_of_place(suggestion.town, tree);
  return answer;
}

SuggestionAnswer answer_of(const Suggestion& suggestion, const people::Actor& actor, const places::Tree& tree) {
  SuggestionAnswer answer;
  static_cast<SuggestionShown&>(answer) = shown(suggestion, tree);
  answer.id = suggestion.id;
  answer.etag = etag_of(suggestion);
  answer.settled_by = suggestion.settled_by;
  if (may_answer(actor, tree, keeper_of(tree, suggestion))) answer.may.emplace_back("answer");
  return answer;
}

}  // namespace wujin::suggestions
