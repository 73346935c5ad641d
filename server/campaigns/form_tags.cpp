#include "campaigns/form_tags.h"

#include <algorithm>
#include <initializer_list>

namespace wujin::campaigns {
namespace {

using documents::KnownTag;
using documents::KnownTags;
using Kind = KnownTag::Kind;

KnownTags texts(std::initializer_list<const char*> names) {
  KnownTags tags;
  for (const char* name : names) tags.push_back({name, Kind::text, {}});
  return tags;
}

KnownTags operator+(KnownTags tags, const KnownTags& more) {
  tags.insert(tags.end(), more.begin(), more.end());
  return tags;
}

KnownTags whose() {
  return texts({"attachment_label", "title", "town", "place", "year", "month", "reporting_unit", "prepared_by", "reviewed_by",
                "submitted_on"}) +
         KnownTags{{"title_lines", Kind::list, {}}};
}

KnownTag captioned(const char* name) {
  return {name, Kind::group, texts({"caption"}) + KnownTags{{"picture", Kind::picture, {}}}};
}

KnownTags pictures() {
  const KnownTag left{"left", Kind::picture, {}};
  const KnownTag middle{"middle", Kind::picture, {}};
  const KnownTag right{"right", Kind::picture, {}};
  KnownTag every = captioned("pictures");
  every.kind = Kind::list;
  return {{"has_pairs", Kind::condition, {}},
          {"pairs", Kind::list, texts({"left_caption", "right_caption"}) + KnownTags{left, right}},
          {"has_triples", Kind::condition, {}},
          {"triples", Kind::list, texts({"left_caption", "middle_caption", "right_caption"}) + KnownTags{left, middle, right}},
          captioned("last_picture"),
          captioned("single_picture"),
          every};
}

KnownTag paragraphs() { return {"paragraphs", Kind::list, {}}; }

KnownTags activity() {
  return texts({"heading", "number", "entry", "date", "point", "people", "leaflets"}) + KnownTags{paragraphs()} + pictures();
}

}  // namespace

KnownTags plan_tags() {
  const KnownTags row = texts({"week_label", "week_dates", "week_from", "week_to", "places", "focus", "in_charge"}) +
                        KnownTags{{"places_wrap", Kind::condition, {}}, {"focus_wrap", Kind::condition, {}}};
  return whose() + KnownTags{{"rows", Kind::list, row}};
}

KnownTags report_tags() {
  const KnownTags week =
      texts({"heading", "empty_text"}) + KnownTags{{"activities", Kind::list, activity() + texts({"title", "topic"})}};
  return whose() +
         KnownTags{{"no_activity", Kind::group, texts({"heading"}) + KnownTags{paragraphs()}}, {"weeks", Kind::list, week}};
}

KnownTags merged_tags() {
  const KnownTags place = texts({"heading"}) + KnownTags{paragraphs(), {"activities", Kind::list, activity()}};
  return whose() + KnownTags{{"opening", Kind::list, {}}, {"places", Kind::list, place}, {"closing", Kind::list, {}}};
}

KnownTags summary_tags(const std::vector<Choice>& entries) {
  KnownTags month = texts({"month", "total", "people"});
  for (const Choice& entry : entries) month.push_back({entry.id, Kind::text, {}});
  month.push_back({"leaflets", Kind::text, {}});
  const KnownTags item = texts({"name", "total", "people", "leaflets"});
  KnownTags place = item;
  for (const Choice& entry : entries) place.push_back({entry.id, Kind::text, {}});
  const KnownTag part{"parts", Kind::list, texts({"heading"}) + KnownTags{paragraphs()}};
  return whose() + texts({"figures_title"}) + pictures() +
         KnownTags{
             {"opening", Kind::list, {}},           {"sections", Kind::list, texts({"heading"}) + KnownTags{paragraphs(), part}},
             {"has_figures", Kind::condition, {}},  {"figures", Kind::list, month},
             {"work_items_title", Kind::group, {}}, {"work_items", Kind::list, item},
             {"places_title", Kind::group, {}},     {"places", Kind::list, place},
             {"chart", Kind::picture, {}}};
}

KnownTags appraisal_tags(const std::vector<AppraisalItem>& items) {
  KnownTags row = texts({"number", "name", "activities", "weeks", "quotas", "quotas_met", "objections", "score"});
  for (const AppraisalItem& item : items) row.push_back({item.id, Kind::text, {}});
  return whose() + texts({"note", "as_of"}) +
         KnownTags{{"frozen", Kind::group, texts({"number", "at", "by"})}, {"rows", Kind::list, row}};
}

}  // namespace wujin::campaigns
