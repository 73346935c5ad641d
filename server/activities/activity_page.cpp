#include "activities/activity_page.h"

#include <array>
#include <map>

#include "activities/activities_actions.h"
#include "activities/activity_answer.h"
#include "base/json.h"
#include "http/time_cursor.h"
#include "places/place_store.h"

namespace wujin::activities {
namespace {

class PageWriter {
 public:
  PageWriter(Snapshot& snapshot, const people::Actor& actor, Instant now)
      : snapshot_(snapshot), actor_(actor), tree_(places::read_tree(snapshot, china_date(now))) {}

  std::string write_page(Query query) {
    const auto most = static_cast<std::size_t>(query.limit);
    bool goes_on = false;
    ++query.limit;
    page_.reserve(usual_bytes);
    page_ = R"({"items":[)";
    each_listed(snapshot_, query, [&](const Listed& listed) {
      goes_on = shown_ == most;
      if (!goes_on) add(listed);
    });
    page_ += ']';
    if (goes_on) {
      page_ += R"(,"next_cursor":)";
      encode_value(page_, cursor_of(last_));
    }
    page_ += '}';
    return illustrated();
  }

 private:
  static constexpr std::size_t usual_bytes = std::size_t{64} * 1024;

  // What is the same for all records of a place, as JSON.
  struct PlaceWords {
    std::string name;                // with its key
    std::array<std::string, 2> may;  // by the side that wrote the record
  };
  // Where in the page the pictures of a record go.
  struct Gap {
    Id<Activity> id;
    std::size_t at = 0;
  };

  // In the order of ActivityAnswer, so that both say the same to the letter.
  void add(const Listed& listed) {
    if (shown_++ > 0) page_ += ',';
    page_ += listed.record;
    const PlaceWords& words = words_of(listed.place);
    page_.back() = ',';
    page_ += words.name;
    page_ += R"(,"photos":[)";
    if (listed.has_photos) gaps_.push_back({listed.id, page_.size()});
    page_ += R"(],"may":)";
    page_ += words.may[static_cast<std::size_t>(listed.side)];
    page_ += '}';
    last_ = {listed.started_at, listed.id, PlaceId(std::string(listed.place))};
  }

  const PlaceWords& words_of(std::string_view place) {
    PlaceId id(std::string{place});
    const auto known = words_.find(id);
    if (known != words_.end()) return known->second;
    PlaceWords words;
    words.name = R"("place_name":)" + encode_json(name_of(tree_, id));
    words.may = {encode_json(may_do(actor_, Side::village, id, tree_)), encode_json(may_do(actor_, Side::station, id, tree_))};
    return words_.emplace(std::move(id), std::move(words)).first->second;
  }

  // The page with its pictures in their places.
  std::string illustrated() {
    if (gaps_.empty()) return std::move(page_);
    std::vector<Id<Activity>> ids;
    std::vector<Uuid> owners;
    for (const Gap& gap : gaps_) {
      ids.push_back(gap.id);
      owners.push_back(gap.id.uuid());
    }
    const auto photos = photos_of(snapshot_, ids);
    const PhotoAnswers answers(snapshot_, actor_, tree_, owners);
    std::string page;
    page.reserve(2 * page_.size());
    std::size_t done = 0;
    for (const Gap& gap : gaps_) {
      const auto own = photos.find(gap.id);
      if (own == photos.end()) continue;
      const std::string list = encode_json(answers.of(own->second));
      page.append(page_, done, gap.at - done);
      page.append(list, 1, list.size() - 2);
      done = gap.at;
    }
    return page.append(page_, done);
  }

  Snapshot& snapshot_;
  const people::Actor& actor_;
  places::Tree tree_;
  std::string page_;
  std::size_t shown_ = 0;
  Position last_;
  std::vector<Gap> gaps_;
  std::map<PlaceId, PlaceWords> words_;
};

}  // namespace

std::string page_of(Snapshot& snapshot, const people::Actor& actor, const Query& query, Instant now) {
  return PageWriter(snapshot, actor, now).write_page(query);
}

std::string cursor_of(const Position& last) { return http::written({last.started_at, last.id.uuid()}, last.place.text()); }

std::optional<Position> position_of(std::string_view cursor) {
  const auto found = http::placed_cursor_of(cursor);
  if (!found) return std::nullopt;
  return Position{found->record.at, Id<Activity>(found->record.id), PlaceId(found->place)};
}

}  // namespace wujin::activities
