#include "activities/words_store.h"

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

namespace wujin::activities {
namespace {

constexpr int records_a_block = 128;
constexpr int blocks_a_turn = 16;  // few, as no other write is done meanwhile
constexpr int most_blocks_at_once = 64;

constexpr auto sql_stretches = "SELECT from_moment, until_moment FROM activity_words WHERE campaign = $1 ORDER BY from_moment";

// What no block covers; the last of these ends with time itself.
std::deque<Stretch> gaps_of(Snapshot& snapshot, const CampaignId& campaign) {
  std::deque<Stretch> gaps;
  Instant covered = always.from;
  snapshot.each(sql_stretches, {campaign}, [&](const Row& row) {
    if (row.instant(0) > covered) gaps.push_back({covered, row.instant(0)});
    covered = row.instant(1);
  });
  gaps.push_back({covered, always.until});
  return gaps;
}

struct Said {
  Instant held_at;
  std::string title;
  std::string text;
  std::string point;
};

constexpr auto sql_said =
    "SELECT started_at, title, text, point FROM activities WHERE town = $1 AND campaign = $2 AND started_at >= $3 "
    "AND started_at < $4 AND deleted_at IS NULL ORDER BY started_at, id LIMIT $5";

std::vector<Said> said_in(Snapshot& snapshot, const CampaignId& campaign, const PlaceId& town, const Stretch& stretch, int most) {
  std::vector<Said> said;
  snapshot.each(sql_said, {town, campaign, stretch.from, stretch.until, most}, [&](const Row& row) {
    said.push_back({row.instant(0), row.string(1), row.string(2), row.maybe(3, &Row::string).value_or("")});
  });
  return said;
}

constexpr auto sql_keep =
    "INSERT INTO activity_words (campaign, from_moment, until_moment, filter, records) VALUES ($1, $2, $3, $4, $5)";

void keep(Transaction& transaction, const CampaignId& campaign, const Stretch& stretch, const std::vector<Said>& said) {
  WordGatherer gatherer;
  for (const Said& one : said) gatherer.add(one.held_at, {one.title, one.text, one.point});
  const WordBlock block = gatherer.finish(stretch);
  transaction.execute(sql_keep, {campaign, stretch.from, stretch.until, std::as_bytes(std::span(block.filter)),
                                 std::as_bytes(std::span(block.records))});
}

}  // namespace

int gather_words(Transaction& transaction, const CampaignId& campaign, const PlaceId& town) {
  int gathered = 0;
  auto gaps = gaps_of(transaction, campaign);
  while (!gaps.empty() && gathered < blocks_a_turn) {
    Stretch stretch = gaps.front();
    gaps.pop_front();
    auto said = said_in(transaction, campaign, town, stretch, records_a_block + 1);
    if (said.size() > records_a_block) {
      // Records of one moment stand in one block, however many they are.
      const Instant until = std::max(said.back().held_at, said.front().held_at + std::chrono::milliseconds(1));
      gaps.push_front({until, stretch.until});
      stretch.until = until;
      said = said_in(transaction, campaign, town, stretch, std::numeric_limits<int>::max());
    } else if (stretch.until == always.until) {
      break;
    }
    keep(transaction, campaign, stretch, said);
    ++gathered;
  }
  return gathered;
}

constexpr auto sql_forget =
    "DELETE FROM activity_words WHERE campaign = $1 AND until_moment > $2 AND from_moment = "
    "(SELECT MAX(from_moment) FROM activity_words WHERE campaign = $1 AND from_moment <= $2)";

void forget_words(Transaction& transaction, const CampaignId& campaign, Instant held_at) {
  transaction.execute(sql_forget, {campaign, held_at});
}

WordHunt::WordHunt(Snapshot& snapshot, const CampaignId& campaign, std::string_view words, const Stretch& within, Order order)
    : snapshot_(snapshot), campaign_(campaign), sought_(words), left_(within), is_newest_first_(order == Order::newest) {}

std::optional<Stretch> WordHunt::next() {
  while (offered_.empty() && !is_done_) read_on();
  if (offered_.empty()) return std::nullopt;
  const Stretch stretch = offered_.front();
  offered_.pop_front();
  return stretch;
}

constexpr auto sql_newest_blocks =
    "SELECT from_moment, until_moment, filter FROM activity_words WHERE campaign = $1 AND from_moment < $3 AND until_moment > $2 "
    "ORDER BY from_moment DESC LIMIT $4";
constexpr auto sql_oldest_blocks =
    "SELECT from_moment, until_moment, filter FROM activity_words WHERE campaign = $1 AND from_moment < $3 AND until_moment > $2 "
    "ORDER BY from_moment LIMIT $4";

// A few blocks first: most pages are full after them.
void WordHunt::read_on() {
  std::vector<Candidate> blocks;
  const auto sql = is_newest_first_ ? sql_newest_blocks : sql_oldest_blocks;
  snapshot_.each(sql, {campaign_, left_.from, left_.until, at_once_}, [&](const Row& row) {
    blocks.push_back({{row.instant(0), row.instant(1)}, sought_.may_be_in(row.bytes(2))});
  });
  for (const Candidate& block : blocks) {
    offer(is_newest_first_ ? Stretch{block.stretch.until, left_.until} : Stretch{left_.from, block.stretch.from});
    if (block.may_hold_them) look_into(block);
    if (is_newest_first_) {
      left_.until = std::min(left_.until, block.stretch.from);
    } else {
      left_.from = std::max(left_.from, block.stretch.until);
    }
  }
  if (blocks.size() < static_cast<std::size_t>(at_once_)) {
    offer(left_);
    is_done_ = true;
  }
  at_once_ = std::min(2 * at_once_, most_blocks_at_once);
}

constexpr auto sql_records = "SELECT records FROM activity_words WHERE campaign = $1 AND from_moment = $2";

void WordHunt::look_into(const Candidate& block) {
  std::optional<std::vector<Instant>> moments;
  snapshot_.each(sql_records, {campaign_, block.stretch.from},
                 [&](const Row& row) { moments = sought_.moments_in(row.bytes(0)); });
  if (!moments) {
    offer(block.stretch);
    return;
  }
  if (is_newest_first_) std::ranges::reverse(*moments);
  for (const Instant moment : *moments) offer({moment, moment + std::chrono::milliseconds(1)});
}

// As far as it lies in what was not looked at yet. Stretches that touch become one, so that they are read at once.
void WordHunt::offer(Stretch stretch) {
  stretch.from = std::max(stretch.from, left_.from);
  stretch.until = std::min(stretch.until, left_.until);
  if (stretch.from >= stretch.until) return;
  if (!offered_.empty()) {
    Stretch& last = offered_.back();
    if (is_newest_first_ && last.from == stretch.until) {
      last.from = stretch.from;
      return;
    }
    if (!is_newest_first_ && last.until == stretch.from) {
      last.until = stretch.until;
      return;
    }
  }
  offered_.push_back(stretch);
}

}  // namespace wujin::activities
