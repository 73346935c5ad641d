#include "mailbox/filing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "activities/activities_actions.h"
#include "activities/activity_owners.h"
#include "audit/trail.h"
#include "base/json.h"
#include "campaigns/campaign_store_test.h"
#include "changes/feed.h"
#include "handins/handins_store.h"
#include "images/scene.h"
#include "jobs/workers.h"
#include "mailbox/filed_store.h"
#include "photos/drawing.h"
#include "places/place_store.h"
#include "plans/plans_actions.h"
#include "plans/plans_store.h"
#include "reports/contents_store.h"
#include "reports/report_making.h"
#include "reports/reports_actions.h"
#include "reports/reports_store.h"
#include "sites/sites_store.h"
#include "summaries/summaries_actions.h"
#include "summaries/summaries_store.h"
#include "summaries/summary_document.h"
#include "tallies/tallies_store.h"

namespace wujin::mailbox {
namespace {

using activities::Activity;
using people::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

template <class T>
Finding<T> sure(T value) {
  return {std::move(value), 100, Why::person, ""};
}

FoundActivity activity(const char* held_on, const std::string& text, std::vector<PictureRef> pictures = {}) {
  FoundActivity found;
  found.held_on = sure(parse_date(held_on).value());
  found.entry = sure<std::string>("countryside");
  found.heading = "消防宣传进农村";
  found.text = text;
  found.pictures = std::move(pictures);
  return found;
}

FoundRow row(const char* from, const char* to, const std::string& focus) {
  FoundRow found;
  found.from = sure(parse_date(from).value());
  found.to = sure(parse_date(to).value());
  found.focus = focus;
  return found;
}

class FilingTest : public wujin::test::CampaignStoreTest {
 protected:
  FilingTest()
      : CampaignStoreTest({audit::migrations(), changes::migrations(), jobs::migrations(), places::migrations(),
                           campaigns::migrations(), photos::migrations(), activities::migrations(), handins::migrations(),
                           plans::migrations(), reports::migrations(), tallies::migrations(), sites::migrations(),
                           summaries::migrations(), mailbox::migrations()}) {}

  Letterhead letter(const char* arrived_at) {
    return {Id<Letter>::random(randomness()), town_, campaign_, parse_instant(arrived_at).value(), "邮件"};
  }
  Understanding october(std::vector<FoundActivity> activities) const {
    Understanding understood;
    understood.place = sure(village_);
    understood.form = sure(Deliverable::report);
    understood.month = sure(parse_month("2023-10").value());
    understood.activities = std::move(activities);
    return understood;
  }
  Understanding nothing_held(const std::string& reason) const {
    Understanding understood = october({});
    understood.no_activity_reason = reason;
    return understood;
  }
  Understanding plan(std::vector<FoundRow> rows) const {
    Understanding understood;
    understood.place = sure(village_);
    understood.form = sure(Deliverable::plan);
    understood.rows = std::move(rows);
    return understood;
  }

  Understanding summary(const std::vector<std::pair<std::string, std::string>>& parts) const {
    Understanding understood;
    understood.place = sure(village_);
    understood.form = sure(Deliverable::summary);
    for (const auto& [heading, text] : parts) {
      understood.activities.emplace_back();
      understood.activities.back().heading = heading;
      understood.activities.back().text = text;
    }
    return understood;
  }

  Result<FilingOutcome> file(const Letterhead& letter, const Understanding& understood, FiledBy by = FiledBy::program) {
    const Filing filing({database(), queue_, *vault_, owners_, catalogue_, forms_});
    const PictureSource source = [&](const PictureRef& ref) -> Result<std::string> {
      ++asked_pictures_;
      const auto found = pictures_.find(ref.number);
      if (found == pictures_.end()) return Problem(ProblemCode::not_found);
      return found->second;
    };
    return filing.file(letter, understood, source, clock().now(), by);
  }
  // As the job does it: again, once the pictures are drawn.
  FilingOutcome filed(const Letterhead& letter, const Understanding& understood, FiledBy by = FiledBy::program) {
    auto outcome = file(letter, understood, by);
    if (!outcome && outcome.error().code() == ProblemCode::busy) {
      draw();
      outcome = file(letter, understood, by);
    }
    return outcome.value();
  }
  Filed become(const Letterhead& letter, const Understanding& understood, FiledBy by = FiledBy::program) {
    return std::get<Filed>(filed(letter, understood, by));
  }
  Hindrance hindered(const Letterhead& letter, const Understanding& understood, FiledBy by = FiledBy::program) {
    return std::get<Unfiled>(filed(letter, understood, by)).hindrance;
  }

  void draw() {
    jobs::Workers workers(database(), queue_, clock(), randomness(), {}, [](std::string_view) {});
    photos::add_jobs(workers, {database(), queue_, *vault_, owners_, likenesses_, clock()});
    workers.run_due();
  }

  Result<std::optional<TakenBack>> taking_back(const Letterhead& letter) {
    const Filing filing({database(), queue_, *vault_, owners_, catalogue_, forms_});
    return database().write_now(
        [&](Transaction& transaction) { return filing.take_back(transaction, town_, letter.id, officer_, clock().now()); });
  }
  TakenBack take_back(const Letterhead& letter) { return taking_back(letter).value().value(); }

  PictureRef picture(int number) {
    pictures_[number] = images::draw_scene(images::Scene::yard, static_cast<std::uint64_t>(number), clock().now());
    return {0, number, ""};
  }
  PictureRef broken(int number, std::string bytes) {
    pictures_[number] = std::move(bytes);
    return {0, number, ""};
  }

  std::vector<Activity> recorded() {
    return database().read_now([&](Snapshot& snapshot) {
      return activities::of_month(snapshot, campaign_, town_, village_, parse_month("2023-10").value());
    });
  }
  handins::Subject subject(Deliverable deliverable, const std::string& period) const {
    return {campaign_, town_, village_, deliverable, period};
  }
  std::vector<handins::Version> versions(const handins::Subject& of) {
    return database().read_now([&](Snapshot& snapshot) { return handins::versions_of(snapshot, of); });
  }
  std::vector<handins::Version> versions() { return versions(report_); }
  reports::Content content(int version) {
    return database().read_now([&](Snapshot& snapshot) { return reports::find_content(snapshot, report_, version).value(); });
  }
  std::vector<plans::PlanRow> rows() {
    return database().read_now([&](Snapshot& snapshot) { return plans::rows_of(snapshot, campaign_, village_); });
  }
  std::vector<audit::ListedEntry> trail() {
    return database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, {}, std::nullopt, 1000); });
  }

  template <class F>
  void write(F verb) {
    const auto done = database().write_now(verb);
    ASSERT_TRUE(done) << slug(done.error().code());
  }
  void edit(const Activity& activity, const std::string& text) {
    activities::ActivityChange change;
    static_cast<activities::ActivityContent&>(change) = activity;
    change.text = text;
    activities::Precondition precondition;
    precondition.etag = activities::etag_of(activity.version);
    write([&](Transaction& transaction) {
      return activities::submit_activity(transaction, catalogue_, villager_, activity.id, change, precondition, clock().now());
    });
  }
  void record(const char* started_at) {
    activities::ActivityChange change;
    change.campaign = campaign_;
    change.place = village_;
    change.entry = "household";
    change.started_at = parse_instant(started_at).value();
    change.title = "入户";
    change.text = "逐户讲解。";
    const auto id = Id<Activity>::random(randomness());
    write([&](Transaction& transaction) {
      return activities::submit_activity(transaction, catalogue_, villager_, id, change, {}, clock().now());
    });
  }
  void hand_in_by_hand() {
    auto making = database().read_now([&](Snapshot& snapshot) {
      const auto report = reports::open_report(snapshot, catalogue_, villager_, october_, clock().now());
      return reports::prepare(snapshot, forms_, *vault_, *report);
    });
    const auto document = handins::make_and_keep(making, *vault_);
    write([&](Transaction& transaction) {
      return reports::hand_in_report(transaction, catalogue_, villager_, october_, {}, std::nullopt, *document, clock().now());
    });
  }
  summaries::OpenSummary seen_summary() {
    return database().read_now(
        [&](Snapshot& snapshot) { return *summaries::open_summary(snapshot, catalogue_, villager_, year_, clock().now()); });
  }
  // What a part of the summary says; the opening's id is its own.
  std::string said(const std::string& part) {
    const auto layout = seen_summary().layout;
    if (part == layout.opening.id) return layout.opening.text;
    const auto section = std::ranges::find(layout.sections, part, &summaries::Section::id);
    return section == layout.sections.end() ? "no such part" : section->text;
  }
  void write_summary(const std::string& part, const std::string& text) {
    summaries::SummaryChange change;
    change.texts = {{part, text, std::nullopt}};
    write([&](Transaction& transaction) {
      return summaries::change_summary(transaction, catalogue_, villager_, year_, change, "*", clock().now());
    });
  }
  void hand_summary_in_by_hand() {
    auto making = database().read_now([&](Snapshot& snapshot) {
      const auto open = summaries::open_summary(snapshot, catalogue_, villager_, year_, clock().now());
      return summaries::prepare(snapshot, forms_, *vault_, *open);
    });
    const auto document = handins::make_and_keep(making, *vault_);
    write([&](Transaction& transaction) {
      return summaries::hand_in_summary(transaction, catalogue_, villager_, year_, {}, std::nullopt, *document, clock().now());
    });
  }
  std::string reason() {
    return database().read_now([&](Snapshot& snapshot) { return reports::find_draft(snapshot, report_).no_activity_reason; });
  }
  void accept_report() {
    write([&](Transaction& transaction) {
      return reports::accept_report(transaction, catalogue_, officer_, october_, {}, clock().now());
    });
  }

  const CampaignId campaign_{"baofeng-2023"};
  const PlaceId town_{"500118112000"}, village_{"500118112200"}, other_{"500118112201"};
  const handins::Subject report_ = subject(Deliverable::report, "2023-10");
  const handins::Subject plan_ = subject(Deliverable::plan, "2023");
  const handins::Subject summary_ = subject(Deliverable::summary, "2023");
  const summaries::SummaryKey year_{campaign_, village_};
  const reports::ReportKey october_{campaign_, village_, parse_month("2023-10").value()};
  const people::Actor villager_ = person(Role::village, "500118112200");
  const people::Actor officer_ = person(Role::station, "500118112000");
  std::map<int, std::string> pictures_;
  int asked_pictures_ = 0;
  wujin::test::TemporaryDirectory folder_;
  std::unique_ptr<files::Vault> vault_ = files::open_disk_vault(folder_.path());
  jobs::Queue queue_{clock()};
  activities::ActivityOwners owners_{clock()};
  photos::Likenesses likenesses_;
  campaigns::FormTemplates forms_;
};

WUJIN_ON_BOTH_ENGINES(FilingTest);

TEST_P(FilingTest, makes_a_report_of_a_letter_and_hands_it_in_once_its_pictures_are_drawn) {
  FoundActivity first = activity("2023-10-07", "讲解用火用电常识。", {picture(1), picture(2)});
  first.people_about = 30;
  first.leaflets = 12;
  first.pictures[0].caption = "院坝会现场";
  const auto understood = october({first, activity("2023-10-18", "检查楼道杂物。", {picture(3)})});
  const auto mail = letter("2023-10-25T20:00:00+08:00");

  EXPECT_EQ(file(mail, understood).error().code(), ProblemCode::busy);
  EXPECT_THAT(versions(), IsEmpty());
  draw();
  asked_pictures_ = 0;
  const Filed done = become(mail, understood);
  EXPECT_EQ(asked_pictures_, 0) << "what is recorded already is not read again";

  EXPECT_EQ(encode_json(done), encode_json(Filed{Deliverable::report, village_, "2023-10", 1, 2, 3, 0, true, 0}));
  const auto kept = recorded();
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].text, "讲解用火用电常识。");
  EXPECT_EQ(kept[0].title, "消防宣传进农村");
  EXPECT_EQ(kept[0].people_about, 30);
  EXPECT_EQ(kept[0].leaflets, 12);
  EXPECT_TRUE(kept[0].date_only.value_or(false));
  EXPECT_EQ(kept[0].photos[0].caption, "院坝会现场");
  EXPECT_EQ(kept[0].recorded_by_name, "邮件（泸永桥村）");
  const auto frozen = content(1);
  ASSERT_THAT(frozen.sections, SizeIs(2));
  EXPECT_THAT(frozen.sections[0].pictures, SizeIs(2));
  EXPECT_THAT(frozen.sections[1].pictures, SizeIs(1));
}

TEST_P(FilingTest, judges_a_letter_by_when_it_arrived_and_tells_the_trail_when_it_was_filed) {
  clock().set(parse_instant("2023-10-30T09:00:00+08:00").value());
  const auto mail = letter("2023-10-28T23:59:00+08:00");
  EXPECT_TRUE(become(mail, october({activity("2023-10-07", "讲解。")})).on_time);
  const auto version = versions().back();
  EXPECT_EQ(version.submitted_at, mail.arrived_at);
  EXPECT_EQ(version.by_name, "邮件（泸永桥村）");
  const auto newest = trail().front().entry;
  EXPECT_EQ(newest.verb, "hand_in");
  EXPECT_EQ(newest.at, clock().now());
  EXPECT_EQ(newest.request_id, mail.id.to_string());
  EXPECT_FALSE(newest.account) << "nobody's, not that of an account that does not exist";

  Understanding others = october({activity("2023-10-07", "讲解。")});
  others.place = sure(other_);
  const Filed late = become(letter("2023-10-29T00:00:00+08:00"), others);
  EXPECT_FALSE(late.on_time);
  EXPECT_EQ(late.late_days, 1);
}

TEST_P(FilingTest, files_a_letter_once_however_often_it_is_asked_to) {
  const auto mail = letter("2023-10-25T20:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "讲解。", {picture(1), picture(9)})});
  const Filed done = become(mail, understood);
  accept_report();
  const auto entries = trail().size();
  EXPECT_EQ(encode_json(become(mail, understood)), encode_json(done));
  EXPECT_EQ(encode_json(become(mail, understood, FiledBy::person)), encode_json(done));
  EXPECT_EQ(trail().size(), entries);
  EXPECT_THAT(versions(), SizeIs(1));
}

TEST_P(FilingTest, writes_nothing_when_a_picture_cannot_be_fetched_for_a_broken_world) {
  const auto mail = letter("2023-10-25T20:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "讲解。", {picture(1)})});
  const Filing filing({database(), queue_, *vault_, owners_, catalogue_, forms_});
  const PictureSource broken_disk = [](const PictureRef&) -> Result<std::string> { throw std::runtime_error("disk"); };
  EXPECT_THROW((void)filing.file(mail, understood, broken_disk, clock().now()), std::runtime_error);
  EXPECT_THAT(recorded(), IsEmpty());
  EXPECT_EQ(become(mail, understood).pictures, 1);
}

TEST_P(FilingTest, leaves_to_a_person_what_somebody_changes_while_pictures_are_drawn) {
  const auto mail = letter("2023-10-25T20:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "讲解。", {picture(1)})});
  EXPECT_EQ(file(mail, understood).error().code(), ProblemCode::busy);
  record("2023-10-11T09:00:00+08:00");
  draw();
  EXPECT_EQ(hindered(mail, understood), Hindrance::recorded_by_people);
  EXPECT_THAT(versions(), IsEmpty());
  EXPECT_EQ(become(mail, understood, FiledBy::person).activities, 1);
  EXPECT_THAT(content(1).sections, SizeIs(2));
}

TEST_P(FilingTest, lets_a_newer_letter_overtake_one_whose_pictures_are_still_drawn) {
  const auto older = letter("2023-10-20T08:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "旧的。", {picture(1)})});
  EXPECT_EQ(file(older, understood).error().code(), ProblemCode::busy);
  EXPECT_EQ(become(letter("2023-10-21T08:00:00+08:00"), october({activity("2023-10-07", "新的。")})).version, 1);
  EXPECT_EQ(hindered(older, understood), Hindrance::newer_letter);
  ASSERT_THAT(recorded(), SizeIs(1));
  EXPECT_EQ(recorded()[0].text, "新的。");
  EXPECT_THAT(recorded()[0].photos, IsEmpty());
}

TEST_P(FilingTest, leaves_out_and_counts_what_is_no_picture) {
  auto good = picture(1);
  auto again = picture(2);
  pictures_[2] = pictures_[1];
  const PictureRef missing{0, 77, ""};
  auto understood = october({activity(
      "2023-10-07", "讲解。",
      {good, again, missing, broken(3, "<svg onload=alert(1)>"), broken(4, ""), broken(5, pictures_[1].substr(0, 5000))})});
  understood.unplaced = {picture(6)};
  const Filed done = become(letter("2023-10-25T20:00:00+08:00"), understood);
  EXPECT_EQ(done.pictures, 1) << "the same picture twice is one";
  EXPECT_EQ(done.left_out, 5);
  EXPECT_THAT(recorded().at(0).photos, SizeIs(1));
}

TEST_P(FilingTest, puts_an_activity_of_a_week_on_its_first_day_and_keeps_the_letters_order) {
  FoundActivity weekly = activity("2023-10-07", "第二周先做。");
  weekly.held_on = {};
  weekly.week = sure(2);
  FoundActivity next = weekly;
  next.text = "第二周后做。";
  become(letter("2023-10-25T20:00:00+08:00"), october({weekly, next}));
  const auto kept = recorded();
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(to_string(china_date(kept[0].started_at)), "2023-10-09");
  EXPECT_EQ(to_string(china_date(kept[1].started_at)), "2023-10-09");
  EXPECT_EQ(kept[0].text, "第二周先做。");
  EXPECT_EQ(kept[1].text, "第二周后做。");
}

TEST_P(FilingTest, replaces_what_an_earlier_letter_filed_and_keeps_what_was_frozen) {
  become(letter("2023-10-20T08:00:00+08:00"),
         october({activity("2023-10-07", "讲解。", {picture(1)}), activity("2023-10-18", "检查。")}));
  const auto before = recorded();
  FoundActivity more = activity("2023-10-20", "新的活动。");
  more.entry = sure<std::string>("household");
  const Filed done = become(letter("2023-10-25T08:00:00+08:00"), october({activity("2023-10-07", "讲解。", {picture(1)}), more}));
  EXPECT_EQ(done.version, 2);
  const auto after = recorded();
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(after[0].id, before[0].id) << "what says the same stays: comments hang on it";
  EXPECT_EQ(after[0].version, before[0].version);
  EXPECT_EQ(after[1].text, "新的活动。");
  EXPECT_EQ(content(1).sections[1].text, "检查。");
  EXPECT_EQ(content(2).sections[1].text, "新的活动。");
}

TEST_P(FilingTest, makes_no_version_of_a_letter_that_says_what_stands) {
  const auto understood = october({activity("2023-10-07", "讲解。", {picture(1)})});
  become(letter("2023-10-20T08:00:00+08:00"), understood);
  EXPECT_EQ(become(letter("2023-10-21T08:00:00+08:00"), understood).version, 1);
  EXPECT_THAT(versions(), SizeIs(1));
}

TEST_P(FilingTest, files_the_same_letter_anew_when_it_is_understood_otherwise) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  become(mail, october({activity("2023-10-07", "讲解。"), activity("2023-10-08", "检查。")}));
  EXPECT_EQ(become(mail, october({activity("2023-10-07", "讲解。")})).version, 2);
  EXPECT_THAT(recorded(), SizeIs(1));
  EXPECT_EQ(become(mail, october({activity("2023-10-07", "讲解。"), activity("2023-10-08", "检查。")})).version, 3);
  EXPECT_THAT(recorded(), SizeIs(2));
}

TEST_P(FilingTest, leaves_a_month_alone_that_people_worked_on_until_a_person_says_so) {
  const auto first = october({activity("2023-10-07", "讲解。"), activity("2023-10-18", "检查。")});
  const auto second = october({activity("2023-10-08", "改正。")});
  become(letter("2023-10-20T08:00:00+08:00"), first);
  edit(recorded()[0], "村里自己改过。");
  const auto mail = letter("2023-10-25T08:00:00+08:00");
  const auto entries = trail().size();
  EXPECT_EQ(hindered(mail, second), Hindrance::changed_by_people);
  EXPECT_EQ(trail().size(), entries);
  EXPECT_THAT(versions(), SizeIs(1));

  EXPECT_EQ(become(mail, second, FiledBy::person).version, 2);
  const auto kept = recorded();
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].text, "村里自己改过。") << "a person's words stay; what nobody touched gave way";
  EXPECT_EQ(kept[1].text, "改正。");
}

TEST_P(FilingTest, does_not_file_beside_what_people_recorded) {
  record("2023-10-11T09:00:00+08:00");
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "讲解。")});
  EXPECT_EQ(hindered(mail, understood), Hindrance::recorded_by_people);
  EXPECT_THAT(recorded(), SizeIs(1));
  EXPECT_EQ(become(mail, understood, FiledBy::person).version, 1);
  EXPECT_THAT(content(1).sections, SizeIs(2));
}

TEST_P(FilingTest, does_not_file_over_a_draft_that_people_changed) {
  become(letter("2023-10-20T08:00:00+08:00"), nothing_held("农忙"));
  reports::ReportChange change;
  change.explanation = "补充说明";
  write([&](Transaction& transaction) {
    return reports::change_report(transaction, catalogue_, villager_, october_, change, "*", clock().now());
  });
  EXPECT_EQ(hindered(letter("2023-10-25T08:00:00+08:00"), nothing_held("下雨")), Hindrance::changed_by_people);
}

TEST_P(FilingTest, does_not_file_over_what_was_accepted_until_it_is_returned) {
  const auto understood = october({activity("2023-10-07", "讲解。")});
  const auto correction = october({activity("2023-10-07", "讲解得更细。")});
  become(letter("2023-10-20T08:00:00+08:00"), understood);
  accept_report();
  EXPECT_EQ(versions().back().state, handins::VersionState::accepted) << "an officer may accept what came by letter";
  const auto mail = letter("2023-10-25T08:00:00+08:00");
  EXPECT_EQ(hindered(mail, correction), Hindrance::accepted);
  EXPECT_EQ(hindered(mail, correction, FiledBy::person), Hindrance::accepted);
  const handins::ReturnRequest request{"缺照片", {}, {}, {}};
  write([&](Transaction& transaction) {
    return reports::return_report(transaction, catalogue_, officer_, october_, request, clock().now());
  });
  EXPECT_EQ(become(mail, correction).version, 2);
}

TEST_P(FilingTest, does_not_file_an_older_letter_over_a_newer_one) {
  become(letter("2023-10-25T08:00:00+08:00"), october({activity("2023-10-07", "新的。")}));
  const auto older = letter("2023-10-20T08:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "旧的。")});
  EXPECT_EQ(hindered(older, understood), Hindrance::newer_letter);
  EXPECT_EQ(become(older, understood, FiledBy::person).version, 2);
  EXPECT_EQ(recorded()[0].text, "旧的。");
}

TEST_P(FilingTest, says_why_nothing_was_held_and_takes_it_back) {
  EXPECT_EQ(become(letter("2023-10-20T08:00:00+08:00"), nothing_held("农忙，未开展活动。")).activities, 0);
  EXPECT_TRUE(versions().back().no_activity);
  EXPECT_EQ(become(letter("2023-10-21T08:00:00+08:00"), nothing_held("连续下雨，未开展活动。")).version, 2);
  EXPECT_EQ(content(2).no_activity_reason, "连续下雨，未开展活动。");
  EXPECT_EQ(become(letter("2023-10-22T08:00:00+08:00"), october({activity("2023-10-07", "讲解。")})).version, 3);
  EXPECT_FALSE(versions().back().no_activity);
  EXPECT_EQ(become(letter("2023-10-23T08:00:00+08:00"), nothing_held("上一封发错了。")).version, 4);
  EXPECT_THAT(recorded(), IsEmpty());
  EXPECT_EQ(content(1).no_activity_reason, "农忙，未开展活动。");
}

TEST_P(FilingTest, lets_the_village_go_on_with_what_was_filed) {
  become(letter("2023-10-20T08:00:00+08:00"), october({activity("2023-10-07", "讲解。", {picture(1)})}));
  const auto filed = recorded().at(0);
  database().read_now([&](Snapshot& snapshot) {
    const auto tree = places::read_tree(snapshot, china_date(clock().now()));
    EXPECT_THAT(activities::may_do(villager_, filed, tree), ElementsAre("edit", "delete"));
    return 0;
  });
  write([&](Transaction& transaction) {
    return reports::withdraw_report(transaction, catalogue_, villager_, october_, clock().now());
  });
  write([&](Transaction& transaction) {
    return activities::remove_activity(transaction, villager_, filed.id, std::nullopt, std::nullopt, clock().now());
  });
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_P(FilingTest, writes_nothing_that_the_campaign_does_not_allow) {
  std::string endless;
  while (endless.size() < 20'000) endless += "讲解";
  const auto outcome =
      filed(letter("2023-10-20T08:00:00+08:00"), october({activity("2023-10-07", "讲解。"), activity("2023-10-08", endless)}));
  const auto& unfiled = std::get<Unfiled>(outcome);
  EXPECT_EQ(unfiled.hindrance, Hindrance::against_rules);
  ASSERT_THAT(unfiled.faults, SizeIs(1));
  EXPECT_EQ(unfiled.faults[0].field, "activities[1].text");
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_P(FilingTest, asks_for_a_campaign_of_the_town) {
  Letterhead mail = letter("2023-10-20T08:00:00+08:00");
  mail.campaign = CampaignId("nothing-2023");
  EXPECT_EQ(file(mail, october({activity("2023-10-07", "讲解。")})).error().code(), ProblemCode::not_found);
}

TEST_P(FilingTest, makes_a_plan_of_a_letter) {
  FoundRow first = row("2023-10-09", "2023-10-15", "院坝会");
  first.week_label = "第二周";
  first.in_charge = "治保主任";
  const Filed done = become(letter("2023-08-15T08:00:00+08:00"), plan({first, row("2023-10-16", "2023-10-22", "入户")}));
  EXPECT_EQ(encode_json(done), encode_json(Filed{Deliverable::plan, village_, "2023", 1, 2, 0, 0, true, 0}));
  const auto kept = rows();
  ASSERT_THAT(kept, SizeIs(2));
  EXPECT_EQ(kept[0].focus, "院坝会");
  EXPECT_EQ(kept[0].in_charge, "治保主任");
  EXPECT_EQ(kept[0].week_label, "第二周") << "the form would print 10月第二周";
  EXPECT_EQ(versions(plan_).back().by_name, "邮件（泸永桥村）");
}

TEST_P(FilingTest, replaces_rows_that_nobody_touched) {
  become(letter("2023-08-15T08:00:00+08:00"),
         plan({row("2023-10-09", "2023-10-15", "院坝会"), row("2023-10-16", "2023-10-22", "入户")}));
  const auto before = rows();
  const auto newer = plan({row("2023-10-09", "2023-10-15", "院坝会、敬老院"), row("2023-10-23", "2023-10-29", "演练")});
  EXPECT_EQ(become(letter("2023-08-16T08:00:00+08:00"), newer).version, 2);
  const auto after = rows();
  ASSERT_THAT(after, SizeIs(2));
  EXPECT_EQ(after[0].id, before[0].id);
  EXPECT_EQ(after[0].focus, "院坝会、敬老院");
  EXPECT_EQ(after[1].focus, "演练");

  plans::RowChange change;
  change.from = after[0].from;
  change.to = after[0].to;
  change.focus = "村里改过";
  write([&](Transaction& transaction) {
    return plans::put_row(transaction, catalogue_, villager_, {campaign_, village_}, after[0].id, change,
                          plans::etag_of(after[0]), false, clock().now());
  });
  const auto third = letter("2023-08-17T08:00:00+08:00");
  EXPECT_EQ(hindered(third, plan({row("2023-11-06", "2023-11-12", "检查")})), Hindrance::changed_by_people);
  EXPECT_EQ(become(third, plan({row("2023-11-06", "2023-11-12", "检查")}), FiledBy::person).version, 3);
  EXPECT_THAT(rows(), SizeIs(2));
}

TEST_P(FilingTest, does_not_file_beside_rows_that_people_planned) {
  plans::RowChange change;
  change.from = parse_date("2023-10-09").value();
  change.to = parse_date("2023-10-15").value();
  change.focus = "村里自己的";
  const auto id = Id<plans::PlanRow>::random(randomness());
  write([&](Transaction& transaction) {
    return plans::put_row(transaction, catalogue_, villager_, {campaign_, village_}, id, change, std::nullopt, true,
                          clock().now());
  });
  EXPECT_EQ(hindered(letter("2023-08-15T08:00:00+08:00"), plan({row("2023-10-09", "2023-10-15", "院坝会")})),
            Hindrance::recorded_by_people);
  const auto outcome =
      filed(letter("2023-08-15T08:00:00+08:00"), plan({row("2023-10-15", "2023-10-09", "院坝会")}), FiledBy::person);
  EXPECT_EQ(std::get<Unfiled>(outcome).faults.at(0).field, "rows[0].to");
}

TEST_P(FilingTest, files_nothing_that_is_not_settled) {
  const FoundActivity good = activity("2023-10-07", "讲解。");
  const struct {
    const char* field;
    std::function<void(Understanding&)> spoil;
  } table[] = {
      {"form", [](Understanding& one) { one.form = {}; }},
      {"place", [](Understanding& one) { one.place = {}; }},
      {"place", [](Understanding& one) { one.place = sure(PlaceId("500118100000")); }},
      {"month", [](Understanding& one) { one.month = {}; }},
      {"month", [](Understanding& one) { one.month = sure(parse_month("2024-01").value()); }},
      {"activities", [](Understanding& one) { one.activities.clear(); }},
      {"activities[0].entry", [](Understanding& one) { one.activities[0].entry = {}; }},
      {"activities[0].entry", [](Understanding& one) { one.activities[0].entry = sure<std::string>("moon"); }},
      {"activities[0].week", [](Understanding& one) { one.activities[0].held_on = {}; }},
      {"activities[0].week",
       [](Understanding& one) {
         one.activities[0].held_on = {};
         one.activities[0].week = sure(9);
       }},
      {"activities[0].held_on", [](Understanding& one) { one.activities[0].held_on = sure(parse_date("2023-11-02").value()); }},
      {"rows", [](Understanding& one) { one.form = sure(Deliverable::plan); }},
      {"rows[0].from",
       [](Understanding& one) {
         one.form = sure(Deliverable::plan);
         one.rows = {FoundRow()};
       }},
  };
  for (const auto& line : table) {
    Understanding understood = october({good});
    line.spoil(understood);
    const auto outcome = filed(letter("2023-10-20T08:00:00+08:00"), understood);
    const auto* unfiled = std::get_if<Unfiled>(&outcome);
    ASSERT_NE(unfiled, nullptr) << line.field;
    EXPECT_EQ(unfiled->hindrance, Hindrance::not_settled) << line.field;
    ASSERT_THAT(unfiled->faults, SizeIs(1)) << line.field;
    EXPECT_EQ(unfiled->faults[0].field, line.field);
  }
  Understanding nothing_said = summary({});
  EXPECT_EQ(hindered(letter("2023-10-20T08:00:00+08:00"), nothing_said), Hindrance::not_settled);
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_P(FilingTest, takes_back_a_report_with_all_that_came_of_the_letter_alone) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  const auto understood = october({activity("2023-10-07", "讲解。", {picture(1)}), activity("2023-10-18", "检查。")});
  become(mail, understood);
  const auto taken = take_back(mail);
  EXPECT_EQ(taken.removed, 2);
  EXPECT_EQ(taken.kept, 0);
  EXPECT_EQ(taken.filed.version, 1);
  EXPECT_THAT(recorded(), IsEmpty());
  EXPECT_EQ(versions().back().state, handins::VersionState::withdrawn);
  EXPECT_EQ(handins::first_valid(versions()), nullptr) << "a wrong filing makes nobody punctual";
  const auto entries = trail();
  EXPECT_TRUE(std::ranges::all_of(std::span(entries).first(3),
                                  [&](const auto& one) { return one.entry.account == officer_.account.uuid(); }));

  EXPECT_FALSE(taking_back(mail)->has_value()) << "nothing of it is filed any more";
  EXPECT_EQ(trail().size(), entries.size());
  EXPECT_EQ(become(mail, understood).version, 2) << "it may be filed again";
  EXPECT_THAT(recorded(), SizeIs(2));
}

TEST_P(FilingTest, leaves_what_people_touched_when_a_letter_is_taken_back) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  become(mail, october({activity("2023-10-07", "讲解。"), activity("2023-10-18", "检查。")}));
  edit(recorded()[0], "村里自己改过。");
  record("2023-10-11T09:00:00+08:00");
  const auto taken = take_back(mail);
  EXPECT_EQ(taken.removed, 1);
  EXPECT_EQ(taken.kept, 1);
  ASSERT_THAT(recorded(), SizeIs(2));
  EXPECT_EQ(recorded()[0].text, "村里自己改过。");
  EXPECT_EQ(hindered(letter("2023-10-21T08:00:00+08:00"), october({activity("2023-10-08", "另一封。")})),
            Hindrance::recorded_by_people);
}

TEST_P(FilingTest, leaves_a_newer_hand_in_of_people_when_a_letter_is_taken_back) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  become(mail, october({activity("2023-10-07", "讲解。")}));
  record("2023-10-11T09:00:00+08:00");
  hand_in_by_hand();
  take_back(mail);
  ASSERT_THAT(versions(), SizeIs(2));
  EXPECT_EQ(versions()[0].state, handins::VersionState::withdrawn);
  EXPECT_EQ(versions()[1].state, handins::VersionState::submitted);
}

TEST_P(FilingTest, takes_nothing_back_that_was_accepted_until_it_is_returned) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  become(mail, october({activity("2023-10-07", "讲解。")}));
  accept_report();
  EXPECT_EQ(taking_back(mail).error().code(), ProblemCode::letter_accepted);
  EXPECT_THAT(recorded(), SizeIs(1));
  const handins::ReturnRequest request{"归错了村", {}, {}, {}};
  write([&](Transaction& transaction) {
    return reports::return_report(transaction, catalogue_, officer_, october_, request, clock().now());
  });
  EXPECT_EQ(take_back(mail).removed, 1);
  EXPECT_EQ(versions().back().state, handins::VersionState::withdrawn);
}

TEST_P(FilingTest, leaves_what_a_newer_letter_filed_when_the_older_is_taken_back) {
  const auto older = letter("2023-10-20T08:00:00+08:00");
  const auto newer = letter("2023-10-21T08:00:00+08:00");
  become(older, october({activity("2023-10-07", "旧的。")}));
  become(newer, october({activity("2023-10-07", "新的。")}));
  const auto taken = take_back(older);
  EXPECT_TRUE(taken.was_replaced);
  EXPECT_EQ(taken.removed, 0);
  ASSERT_THAT(recorded(), SizeIs(1));
  EXPECT_EQ(recorded()[0].text, "新的。");
  EXPECT_EQ(versions()[0].state, handins::VersionState::withdrawn);
  EXPECT_EQ(versions()[1].state, handins::VersionState::submitted);
}

TEST_P(FilingTest, lets_an_older_letter_be_filed_once_the_newer_was_taken_back) {
  const auto newer = letter("2023-10-21T08:00:00+08:00");
  become(newer, october({activity("2023-10-07", "归错了村。")}));
  const auto older = letter("2023-10-20T08:00:00+08:00");
  const auto understood = october({activity("2023-10-08", "本村的。")});
  EXPECT_EQ(hindered(older, understood), Hindrance::newer_letter);
  EXPECT_FALSE(take_back(newer).had_replaced_another);
  EXPECT_EQ(become(older, understood).version, 2);
  EXPECT_EQ(recorded().at(0).text, "本村的。");
}

TEST_P(FilingTest, tells_that_an_earlier_letter_does_not_come_back_by_itself) {
  become(letter("2023-10-20T08:00:00+08:00"), october({activity("2023-10-07", "旧的。")}));
  const auto newer = letter("2023-10-21T08:00:00+08:00");
  become(newer, october({activity("2023-10-07", "新的。")}));
  EXPECT_TRUE(take_back(newer).had_replaced_another);
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_P(FilingTest, takes_back_why_nothing_was_held_unless_somebody_wrote_there) {
  const auto first = letter("2023-10-20T08:00:00+08:00");
  become(first, nothing_held("农忙"));
  take_back(first);
  EXPECT_EQ(reason(), "");
  const auto second = letter("2023-10-21T08:00:00+08:00");
  become(second, nothing_held("下雨"));
  reports::ReportChange change;
  change.explanation = "补充说明";
  write([&](Transaction& transaction) {
    return reports::change_report(transaction, catalogue_, villager_, october_, change, "*", clock().now());
  });
  take_back(second);
  EXPECT_EQ(reason(), "下雨");
}

TEST_P(FilingTest, takes_back_the_rows_of_a_plan_that_nobody_changed) {
  const auto mail = letter("2023-08-15T08:00:00+08:00");
  become(mail, plan({row("2023-10-09", "2023-10-15", "院坝会"), row("2023-10-16", "2023-10-22", "入户")}));
  const auto before = rows();
  plans::RowChange change;
  change.from = before[0].from;
  change.to = before[0].to;
  change.focus = "村里改过";
  write([&](Transaction& transaction) {
    return plans::put_row(transaction, catalogue_, villager_, {campaign_, village_}, before[0].id, change,
                          plans::etag_of(before[0]), false, clock().now());
  });
  const auto taken = take_back(mail);
  EXPECT_EQ(taken.removed, 1);
  EXPECT_EQ(taken.kept, 1);
  ASSERT_THAT(rows(), SizeIs(1));
  EXPECT_EQ(rows()[0].focus, "村里改过");
  EXPECT_EQ(versions(plan_).back().state, handins::VersionState::withdrawn);
}

TEST_P(FilingTest, makes_a_summary_of_a_letter_in_the_words_of_the_letter_alone) {
  record("2023-10-11T09:00:00+08:00");
  ASSERT_NE(said("figures"), "") << "the program has a draft of its own";
  const auto mail = letter("2023-12-20T08:00:00+08:00");
  Understanding understood = summary({{"", "现将全年工作总结如下。"},
                                      {"主要做法及亮点", "每周入户讲解。"},
                                      {"特色工作", "夜间敲门。"},
                                      {"下一步打算", "继续宣传。"}});
  understood.unplaced = {picture(1)};
  const Filed filed = become(mail, understood);
  EXPECT_EQ(filed.deliverable, Deliverable::summary);
  EXPECT_EQ(filed.period, "2023");
  EXPECT_EQ(filed.version, 1);
  EXPECT_EQ(filed.activities, 3);
  EXPECT_EQ(filed.left_out, 1) << "a summary's pictures are of what was recorded";
  EXPECT_TRUE(filed.on_time);
  EXPECT_EQ(said("opening"), "现将全年工作总结如下。");
  EXPECT_EQ(said("figures"), "");
  EXPECT_EQ(said("work"), "每周入户讲解。\n特色工作\n夜间敲门。");
  EXPECT_EQ(said("next"), "继续宣传。");
  EXPECT_THAT(seen_summary().layout.pictures, IsEmpty());
  ASSERT_THAT(versions(summary_), SizeIs(1));
  EXPECT_EQ(versions(summary_)[0].submitted_at, mail.arrived_at);
  const std::size_t noted = trail().size();
  EXPECT_EQ(become(mail, understood).version, 1) << "the same letter is filed once";
  EXPECT_EQ(trail().size(), noted);
}

TEST_P(FilingTest, makes_a_new_version_of_a_second_summary_and_judges_it_by_its_arrival) {
  become(letter("2023-12-20T08:00:00+08:00"), summary({{"主要做法", "旧的。"}, {"工作成效", "火情下降。"}}));
  const Filed second = become(letter("2023-12-30T08:00:00+08:00"), summary({{"主要做法", "新的。"}}));
  EXPECT_EQ(second.version, 2);
  EXPECT_FALSE(second.on_time);
  EXPECT_EQ(second.late_days, 2);
  EXPECT_EQ(said("work"), "新的。");
  EXPECT_EQ(said("results"), "") << "what only the first one said is not of the second";
  EXPECT_THAT(versions(summary_), SizeIs(2));
  EXPECT_EQ(hindered(letter("2023-12-21T08:00:00+08:00"), summary({{"主要做法", "更早的。"}})), Hindrance::newer_letter);
}

TEST_P(FilingTest, leaves_a_summary_to_a_person_that_people_wrote_or_handed_in) {
  write_summary("results", "村里自己写的。");
  const auto mail = letter("2023-12-20T08:00:00+08:00");
  const auto understood = summary({{"工作成效", "来信写的。"}});
  EXPECT_EQ(hindered(mail, understood), Hindrance::changed_by_people);
  become(mail, understood, FiledBy::person);
  EXPECT_EQ(said("results"), "村里自己写的。\n来信写的。");
  EXPECT_NE(said("opening"), "") << "what nobody wrote is still drafted";
  EXPECT_EQ(take_back(mail).kept, 1);
  EXPECT_EQ(said("results"), "村里自己写的。\n来信写的。");
}

TEST_P(FilingTest, leaves_a_summary_to_a_person_that_was_handed_in_as_it_was_drafted) {
  record("2023-10-11T09:00:00+08:00");
  hand_summary_in_by_hand();
  EXPECT_EQ(hindered(letter("2023-12-20T08:00:00+08:00"), summary({{"工作成效", "来信写的。"}})), Hindrance::recorded_by_people);
}

TEST_P(FilingTest, takes_a_summary_back_to_what_is_drafted) {
  record("2023-10-11T09:00:00+08:00");
  const std::string drafted = said("figures");
  const auto mail = letter("2023-12-20T08:00:00+08:00");
  become(mail, summary({{"基本情况", "别村的。"}, {"下一步打算", "别村的。"}}));
  const auto taken = take_back(mail);
  EXPECT_EQ(taken.removed, 2);
  EXPECT_EQ(taken.filed.deliverable, Deliverable::summary);
  EXPECT_EQ(said("figures"), drafted);
  EXPECT_EQ(said("next"), "");
  EXPECT_EQ(handins::first_valid(versions(summary_)), nullptr);
  EXPECT_EQ(become(letter("2023-12-21T08:00:00+08:00"), summary({{"基本情况", "本村的。"}})).version, 2);
}

TEST_P(FilingTest, makes_several_things_of_one_letter) {
  const auto mail = letter("2023-10-20T08:00:00+08:00");
  become(mail, october({activity("2023-10-07", "讲解。")}));
  Understanding september = october({activity("2023-09-07", "讲解。")});
  september.month = sure(parse_month("2023-09").value());
  EXPECT_EQ(become(mail, september).period, "2023-09");
  EXPECT_THAT(recorded(), SizeIs(1));
  EXPECT_THAT(versions(subject(Deliverable::report, "2023-09")), SizeIs(1));
}

}  // namespace
}  // namespace wujin::mailbox
