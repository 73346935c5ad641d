#include "app/sample_months.h"

#include <algorithm>
#include <thread>

#include "campaigns/due.h"
#include "reports/reports_actions.h"

namespace wujin::app {

using reports::ReportKey;

void draw_waiting_renditions(House& house) {
  const auto work = [&] { house.workers().run_due(); };
  const std::jthread other(work);
  work();
}

void hand_in_month(House& house, campaigns::FormTemplates& forms, const people::Actor& village, const ReportKey& key,
                   Instant now) {
  const auto making = house.database().read_now([&](Snapshot& snapshot) -> Result<reports::Making> {
    const auto report = reports::open_report(snapshot, house.catalogue(), village, key, now);
    if (!report) return report.error();
    return reports::prepare(snapshot, forms, house.vault(), *report);
  });
  expect_done(making, "open a report");
  const auto document = reports::make_and_keep(*making, house.vault());
  expect_done(document, "make a report");
  const auto handed = house.database().write_now([&](Transaction& transaction) {
    return reports::hand_in_report(transaction, house.catalogue(), village, key, {}, std::nullopt, *document, now);
  });
  expect_done(handed, "hand a report in");
}

SampleMonths::SampleMonths(House& house, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign,
                           const SamplePeople& people, const places::PlaceId& sparse, Date last_told, SampleCalendar& calendar)
    : house_(house), catalogue_(catalogue), campaign_(campaign), people_(people), sparse_(sparse), calendar_(calendar) {
  int index = 0;
  for (const auto& deadline : campaign.deadlines) {
    if (deadline.deliverable != campaigns::Deliverable::report) continue;
    for (const auto& due : campaigns::dues(campaign, deadline)) {
      if (first_day(*due.month) > last_told) continue;
      plan_month(*due.month, due.due_on);
      plan_sparse(*due.month, due.due_on, index++);
    }
  }
}

// Handed in on one of the last three days and reviewed the day after. What is held later stands as changed since.
void SampleMonths::plan_month(Month month, Date due_on) {
  int index = 0;
  for (const auto& [place, actor] : people_.villages) {
    if (place == sparse_) continue;
    const ReportKey key{campaign_.id, place, month};
    calendar_.add(moment(plus_days(due_on, index % 3 - 2), 9 + index, 20), [=, this](Instant now) { hand_in(key, now); });
    calendar_.add(moment(plus_days(due_on, 1), 14, 5 * index), [=, this](Instant now) { accept(key, now); });
    ++index;
  }
}

// The first month comes late and is sent back once, the second is empty, the others are left to the reader.
void SampleMonths::plan_sparse(Month month, Date due_on, int index) {
  const ReportKey key{campaign_.id, sparse_, month};
  if (index == 0) {
    calendar_.add(moment(plus_days(due_on, 2), 17, 40), [=, this](Instant now) { hand_in(key, now); });
    calendar_.add(moment(plus_days(due_on, 3), 10, 30), [=, this](Instant now) { send_back(key, now); });
    calendar_.add(moment(plus_days(due_on, 5), 16, 10), [=, this](Instant now) { hand_in(key, now); });
    calendar_.add(moment(plus_days(due_on, 6), 9, 30), [=, this](Instant now) { accept(key, now); });
  } else if (index == 1) {
    calendar_.add(moment(plus_days(due_on, -1), 11), [=, this](Instant now) { explain(key, now); });
    calendar_.add(moment(plus_days(due_on, -1), 11, 10), [=, this](Instant now) { hand_in(key, now); });
    calendar_.add(moment(plus_days(due_on, 1), 15), [=, this](Instant now) { accept(key, now); });
  }
}

void SampleMonths::explain(const ReportKey& key, Instant now) {
  const auto& village = people_.villages.at(key.place);
  const auto changed = house_.database().write_now([&](Transaction& transaction) -> Result<reports::OpenReport> {
    const auto frame = reports::open_frame(transaction, catalogue_, campaign_.id, now);
    if (!frame) return frame.error();
    const auto report = reports::open_report(transaction, *frame, village, key);
    if (!report) return report.error();
    reports::ReportChange change;
    change.no_activity_reason = "本月正值秋收农忙，劳力集中在田间，未集中开展宣传活动，下月补上。";
    return reports::change_report(transaction, catalogue_, village, key, change, report->etag, now);
  });
  expect_done(changed, "explain an empty month");
}

void SampleMonths::send_back(const ReportKey& key, Instant now) {
  handins::ReturnRequest request;
  request.reason = "有照片与前一次活动重复，请核对；没有别的照片可以不放。";
  const auto returned = house_.database().write_now([&](Transaction& transaction) {
    return reports::return_report(transaction, catalogue_, people_.station, key, request, now);
  });
  expect_done(returned, "return a report");
}

void SampleMonths::accept(const ReportKey& key, Instant now) {
  const auto accepted = house_.database().write_now(
      [&](Transaction& transaction) { return reports::accept_report(transaction, catalogue_, people_.station, key, {}, now); });
  expect_done(accepted, "accept a report");
}

void SampleMonths::hand_in(const ReportKey& key, Instant now) {
  draw_waiting_renditions(house_);
  hand_in_month(house_, forms_, people_.villages.at(key.place), key, now);
}

}  // namespace wujin::app
