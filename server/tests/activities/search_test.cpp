#include <algorithm>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_store.h"
#include "activities/sample.h"
#include "activities/words_store.h"
#include "database/engines.h"

namespace wujin::activities {
namespace {

const CampaignId campaign("baofeng-2023");
const PlaceId town("town");

// A search looks into blocks of gathered words before it reads a record: it must find what reading them all would find.
class SearchTest : public test::StoreTest {
 protected:
  SearchTest() : StoreTest({activities::migrations()}) {}

  int any(int below) { return static_cast<int>(dice_() % static_cast<unsigned>(below)); }
  const std::string& one_of(const std::vector<std::string>& words) {
    return words[static_cast<std::size_t>(any(static_cast<int>(words.size())))];
  }

  template <class F>
  void write(F act) {
    ASSERT_TRUE(database().write_now([&](Transaction& transaction) -> Result<> {
      act(transaction);
      return {};
    }));
  }

  // Few moments, so that many records share one.
  void roll(Activity& activity) {
    activity.place = PlaceId(any(2) == 0 ? "a" : "b");
    activity.started_at = start_of(plus_days(*parse_date("2023-10-01"), any(30))) + std::chrono::hours(any(5));
    activity.title = one_of({"院坝会", "入户走访", "喇叭广播", "100%达标"});
    activity.text = one_of({"讲解用电安全。", "讲解用气安全。", "", "发放资料，讲解 Wi-Fi 充电。"});
    if (any(40) == 0) activity.text += "路过冰川。";
    activity.point = any(3) == 0 ? std::optional<std::string>(one_of({"三组院坝", "村口"})) : std::nullopt;
  }

  void add(Transaction& transaction) {
    Activity activity;
    static_cast<ActivityContent&>(activity) = sample_change();
    activity.id = Id<Activity>::random(randomness());
    activity.town = town;
    activity.month = *parse_month("2023-10");
    activity.received_at = activity.updated_at = clock().now();
    roll(activity);
    insert(transaction, activity);
    kept_.push_back(activity);
  }
  void change(Transaction& transaction) {
    Activity& activity = kept_[static_cast<std::size_t>(any(static_cast<int>(kept_.size())))];
    roll(activity);
    ++activity.version;
    update(transaction, activity);
  }
  void remove(Transaction& transaction) {
    const auto at = kept_.begin() + any(static_cast<int>(kept_.size()));
    mark_deleted(transaction, at->id, ++at->version, clock().now());
    kept_.erase(at);
  }
  void gather_all() {
    for (int gathered = 1; gathered > 0;) {
      write([&](Transaction& transaction) { gathered = gather_words(transaction, campaign, town); });
    }
  }

  // Page after page, as a client follows them.
  std::vector<Id<Activity>> found(Query query) {
    std::vector<Id<Activity>> ids;
    for (;;) {
      std::vector<Position> page;
      database().read_now([&](Snapshot& snapshot) {
        each_listed(snapshot, query, [&](const Listed& listed) {
          page.push_back({listed.started_at, listed.id, PlaceId(std::string(listed.place))});
        });
        return 0;
      });
      for (const Position& one : page) ids.push_back(one.id);
      if (page.size() < static_cast<std::size_t>(query.limit)) return ids;
      query.after = page.back();
    }
  }

  std::vector<Id<Activity>> expected(const Query& query) const {
    std::vector<const Activity*> hits;
    for (const Activity& activity : kept_) {
      const auto holds = [&](const std::string& text) { return text.find(query.words) != std::string::npos; };
      const bool is_hit = holds(activity.title) || holds(activity.text) || holds(activity.point.value_or(""));
      const Date day = china_date(activity.started_at);
      const bool is_in_time = day >= query.from.value_or(day) && day <= query.to.value_or(day);
      const bool is_there = query.places.empty() || query.places.front() == activity.place;
      if (is_hit && is_in_time && is_there) hits.push_back(&activity);
    }
    std::ranges::sort(hits, {}, [](const Activity* one) { return std::pair(one->started_at, one->id); });
    if (query.order == Order::newest) std::ranges::reverse(hits);
    if (query.order == Order::place) std::ranges::stable_sort(hits, {}, [](const Activity* one) { return one->place; });
    std::vector<Id<Activity>> ids;
    for (const Activity* one : hits) ids.push_back(one->id);
    return ids;
  }

  void expect_to_find_all() {
    for (const char* words : {"院坝", "喇叭", "冰川", "安", "讲解用", "100%", "Wi-Fi", "没有"}) {
      for (const Order order : {Order::newest, Order::oldest, Order::place}) {
        Query query;
        query.campaign = campaign;
        query.towns = {town};
        query.words = words;
        query.order = order;
        query.limit = 1 + any(60);
        if (any(2) == 0) query.places = {PlaceId("a")};
        if (any(2) == 0) query.from = plus_days(*parse_date("2023-10-01"), any(20));
        if (any(2) == 0) query.to = plus_days(*parse_date("2023-10-10"), any(20));
        EXPECT_EQ(found(query), expected(query)) << words << " in order " << static_cast<int>(order);
      }
    }
  }

  std::int64_t blocks() {
    return database().read_now([](Snapshot& snapshot) {
      return snapshot.first("SELECT COUNT(*) FROM activity_words", {}, [](const Row& row) { return row.integer(0); }).value();
    });
  }

  std::vector<Activity> kept_;
  std::mt19937 dice_{11};  // NOLINT(cert-msc51-cpp): the same at every run
};

WUJIN_ON_BOTH_ENGINES(SearchTest);

TEST_P(SearchTest, finds_after_any_writes_what_reading_every_record_finds) {
  write([&](Transaction& transaction) {
    for (int i = 0; i < 400; ++i) add(transaction);
  });
  expect_to_find_all();
  for (int round = 0; round < 4; ++round) {
    gather_all();
    expect_to_find_all();
    write([&](Transaction& transaction) {
      for (int i = 0; i < 3; ++i) add(transaction);
      change(transaction);
      remove(transaction);
    });
    expect_to_find_all();
  }
}

TEST_P(SearchTest, gathers_what_a_write_forgot_but_leaves_the_newest_until_they_are_many) {
  write([&](Transaction& transaction) {
    for (int i = 0; i < 300; ++i) add(transaction);
  });
  EXPECT_EQ(blocks(), 0);
  gather_all();
  const auto gathered = blocks();
  EXPECT_GE(gathered, 2);
  write([&](Transaction& transaction) { forget_words(transaction, campaign, start_of(*parse_date("2023-10-02"))); });
  EXPECT_EQ(blocks(), gathered - 1);
  gather_all();
  EXPECT_EQ(blocks(), gathered);
}

TEST_P(SearchTest, gathers_more_records_of_one_moment_than_a_block_holds) {
  write([&](Transaction& transaction) {
    for (int i = 0; i < 300; ++i) {
      add(transaction);
      kept_.back().started_at = start_of(*parse_date("2023-10-05"));
      update(transaction, kept_.back());
    }
  });
  gather_all();
  EXPECT_EQ(blocks(), 1);
  expect_to_find_all();
}

}  // namespace
}  // namespace wujin::activities
