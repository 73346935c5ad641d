#include "mailbox/picture_placing.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"

namespace wujin::mailbox {
namespace {

class Placer {
 public:
  Placer(const Outline& outline, const Settling& settling, const WeekFinder& weeks, SettledReport& found)
      : outline_(outline),
        source_(settling.source),
        loose_(settling.loose),
        words_(settling.words),
        places_(settling.places),
        weeks_(weeks),
        found_(found) {}

  void run() {
    std::size_t first = 0;
    const bool is_all_behind = only_last_has_pictures(all_drafts());
    for (const auto& part : outline_.parts) {
      place_part(part, first, is_all_behind);
      first += part.drafts.size();
    }
    for (const auto& picture : outline_.gallery) place_by_caption(picture);
    for (std::size_t index = 0; index < loose_.size(); ++index) {
      place_loose({-1, static_cast<int>(index), name_in_path(loose_[index])}, loose_[index]);
    }
  }

 private:
  PictureRef reference(const Picture& picture) const { return {source_, picture.number, to_utf8(picture.caption)}; }

  void leave(const PictureRef& picture) {
    found_.unplaced.push_back(picture);
    add_once(found_.doubts, Doubt::pictures_unplaced);
  }

  std::vector<const Draft*> all_drafts() const {
    std::vector<const Draft*> drafts;
    for (const auto& part : outline_.parts) {
      for (const auto& draft : part.drafts) drafts.push_back(&draft);
    }
    return drafts;
  }

  // Pictures put behind several activities may be of each of them.
  static bool only_last_has_pictures(const std::vector<const Draft*>& drafts) {
    if (drafts.size() < 2 || drafts.back()->is_boxed || drafts.back()->pictures.empty()) return false;
    return std::all_of(drafts.begin(), std::prev(drafts.end()), [](const Draft* draft) { return draft->pictures.empty(); });
  }

  void place_part(const WeekPart& part, std::size_t first, bool is_all_behind) {
    std::vector<const Draft*> drafts;
    for (const auto& draft : part.drafts) drafts.push_back(&draft);
    // Pictures above the first text: each picture may stand above its own.
    const bool is_above = !part.before.empty() && drafts.size() > 1;
    for (const auto& picture : part.before) {
      if (drafts.size() == 1 && (part.week || outline_.activities() == 1)) {
        found_.activities[first].pictures.push_back(reference(picture));
      } else {
        place_by_caption(picture);
      }
    }
    for (std::size_t index = 0; index < drafts.size(); ++index) {
      // Pictures behind two activities may be of either.
      const bool is_behind = is_all_behind || (index > 0 && drafts[index - 1]->pictures.empty());
      for (const auto& picture : drafts[index]->pictures) {
        if ((is_behind || is_above) && !drafts[index]->is_boxed) {
          place_by_caption(picture);
        } else {
          place_beside(picture, first + index);
        }
      }
    }
  }

  // Beside its text, unless its caption plainly names another activity.
  void place_beside(const Picture& picture, std::size_t index) {
    const auto named = named_by(picture.caption);
    if (named && *named != index) {
      leave(reference(picture));
      return;
    }
    found_.activities[index].pictures.push_back(reference(picture));
  }

  void place_by_caption(const Picture& picture) {
    const auto named = named_by(picture.caption);
    if (named) {
      found_.activities[*named].pictures.push_back(reference(picture));
    } else {
      leave(reference(picture));
    }
  }

  void place_loose(const PictureRef& picture, const std::string& path) {
    const auto& activities = found_.activities;
    const bool is_only = activities.size() == 1 && activities.front().pictures.empty();
    if (is_only || only_loose_so_far()) {
      found_.activities.front().pictures.push_back(picture);
      return;
    }
    const auto named = activities.empty() || has_own_pictures() ? std::nullopt : named_by(plain(replaced(path, "/", " ")));
    if (named) {
      found_.activities[*named].pictures.push_back(picture);
    } else {
      leave(picture);
    }
  }

  bool only_loose_so_far() const {
    return found_.activities.size() == 1 && !found_.activities.front().pictures.empty() && !has_own_pictures();
  }
  bool has_own_pictures() const {
    return std::any_of(found_.activities.begin(), found_.activities.end(), [](const FoundActivity& activity) {
      return std::any_of(activity.pictures.begin(), activity.pictures.end(),
                         [](const PictureRef& picture) { return picture.source >= 0; });
    });
  }

  // The one activity a caption tells by its day, its entry or its week.
  std::optional<std::size_t> named_by(std::u32string_view caption) const {
    if (caption.empty()) return std::nullopt;
    std::set<std::size_t> left;
    for (std::size_t index = 0; index < found_.activities.size(); ++index) left.insert(index);
    bool names_any = false;
    const auto keep = [&](auto fits) {
      names_any = true;
      std::erase_if(left, [&](std::size_t index) { return !fits(found_.activities[index]); });
    };
    if (const auto days = weeks_.days_in(without_own_number(caption)); days.size() == 1) {
      keep([&](const FoundActivity& activity) { return activity.held_on.value == days.front() && activity.held_on.is_sure(); });
    }
    if (const auto entries = words_.entries_in(without_places(caption, places_), false); entries.size() == 1) {
      keep([&](const FoundActivity& activity) { return activity.entry.value == entries.front() && activity.entry.is_sure(); });
    }
    if (const auto week = week_in(caption)) {
      const auto number = weeks_.by_number(week->number);
      keep([&](const FoundActivity& activity) { return number && activity.week.value == number && activity.week.is_sure(); });
    }
    if (!names_any || left.size() != 1) return std::nullopt;
    return *left.begin();
  }

  // 图片1 10月5日: the number before is not the day's.
  std::u32string_view without_own_number(std::u32string_view caption) const {
    for (const std::u32string_view word : {std::u32string_view(words_.caption()), std::u32string_view(U"图片"),
                                           std::u32string_view(U"照片"), std::u32string_view(U"图")}) {
      if (word.empty() || !caption.starts_with(word)) continue;
      auto rest = trimmed(caption.substr(word.size()));
      const auto number = number_at(rest, 0);
      if (!number) return rest;
      const auto behind = rest.substr(number->length);
      // 图10月5日: the number is the month.
      return behind.starts_with(U"月") || behind.starts_with(U".1") || behind.starts_with(U"/") ? rest : behind;
    }
    return caption;
  }

  const Outline& outline_;
  int source_;
  const std::vector<std::string>& loose_;
  const CampaignWords& words_;
  const PlaceNames& places_;
  const WeekFinder& weeks_;
  SettledReport& found_;
};

}  // namespace

std::string name_in_path(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::u32string without_places(std::u32string_view text, const PlaceNames& places) {
  std::u32string result(text);
  auto mentions = places.in(text);
  for (auto mention = mentions.rbegin(); mention != mentions.rend(); ++mention) {
    if (mention->at + mention->length <= result.size()) result.replace(mention->at, mention->length, U"，");
  }
  return result;
}

void place_pictures(const Outline& outline, const Settling& settling, const WeekFinder& weeks, SettledReport& found) {
  Placer(outline, settling, weeks, found).run();
}

}  // namespace wujin::mailbox
