#include "app/sample_months.h"

#include <algorithm>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "campaigns/due.h"
#include "reports/reports_actions.h"

namespace wujin::app {
namespace {

using reports::ReportKey;

Instant at(Date date, int hour, int minute = 0) {
  return start_of(date) + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

// The sample does only what is allowed; a refusal is a bug here.
template <class T>
void expect(const Result<T>& outcome, std::string_view what) {
  if (outcome) return;
  const auto problem = outcome.error();
  std::string faults;
  for (const auto& fault : problem.faults()) faults += fmt::format(" {}:{}", fault.field, slug(fault.code));
  throw std::logic_error(fmt::format("the sample town cannot {}: {}{}", what, slug(problem.code()), faults));
}

}  // namespace

void draw_waiting_renditions(House& house) {
  const auto work = [&] { house.workers().run_due(); };
  const std::jthread other(work);
  work();
}

SampleMonths::SampleMonths(House& house, ManualClock& clock, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign,
                           const SamplePeople& people, const places::PlaceId& sparse)
    : house_(house), clock_(clock), catalogue_(catalogue), campaign_(campaign), people_(people), sparse_(sparse) {
  int index = 0;
  for (const auto& deadline : campaign.deadlines) {
    if (deadline.deliverable != campaigns::Deliverable::report) continue;
    for (const auto& due : campaigns::dues(campaign, deadline)) {
      plan_month(*due.month, due.due_on);
      plan_sparse(*due.month, due.due_on, index++);
    }
  }
  std::ranges::stable_sort(steps_, {}, &Step::at);
}

// On one of the last three days, reviewed the week after; what was held later is handed in once more.
void SampleMonths::plan_month(Month month, Date due_on) {
  int index = 0;
  for (const auto& [place, actor] : people_.villages) {
    if (place == sparse_) continue;
    const auto rest = first_day(plus_months(month, 1));
    steps_.push_back({at(plus_days(due_on, index % 3 - 2), 9 + index, 20), place, month, Act::hand_in});
    steps_.push_back({at(plus_days(due_on, 1), 14, 5 * index), place, month, Act::accept});
    steps_.push_back({at(plus_days(rest, 1), 9, 10 * index), place, month, Act::hand_in_rest});
    steps_.push_back({at(plus_days(rest, 2), 15, 5 * index), place, month, Act::accept});
    ++index;
  }
}

// The first month comes late and is sent back once, the second is empty, the others are left to the reader.
void SampleMonths::plan_sparse(Month month, Date due_on, int index) {
  if (index == 0) {
    steps_.push_back({at(plus_days(due_on, 2), 17, 40), sparse_, month, Act::hand_in});
    steps_.push_back({at(plus_days(due_on, 3), 10, 30), sparse_, month, Act::send_back});
    steps_.push_back({at(plus_days(due_on, 5), 16, 10), sparse_, month, Act::hand_in});
    steps_.push_back({at(plus_days(due_on, 6), 9, 30), sparse_, month, Act::accept});
  } else if (index == 1) {
    steps_.push_back({at(plus_days(due_on, -1), 11), sparse_, month, Act::explain});
    steps_.push_back({at(plus_days(due_on, -1), 11, 10), sparse_, month, Act::hand_in});
    steps_.push_back({at(plus_days(due_on, 1), 15), sparse_, month, Act::accept});
  }
}

void SampleMonths::live_until(Instant moment) {
  for (; done_ < steps_.size() && steps_[done_].at <= moment; ++done_) {
    clock_.set(steps_[done_].at);
    take(steps_[done_]);
  }
}

void SampleMonths::take(const Step& step) {
  const ReportKey key{campaign_.id, step.place, step.month};
  const auto& village = people_.villages.at(step.place);
  auto& database = house_.database();
  switch (step.act) {
    case Act::hand_in:
    case Act::hand_in_rest:
      return hand_in(step);
    case Act::explain: {
      reports::ReportChange change;
      change.no_activity_reason = "本月正值秋收农忙，劳力集中在田间，未集中开展宣传活动，下月补上。";
      expect(database.write_now([&](Transaction& transaction) {
        return reports::change_report(transaction, catalogue_, village, key, change, std::string("*"), step.at);
      }), "explain an empty month");
      return;
    }
    case Act::send_back: {
      handins::ReturnRequest request;
      const auto& reason = campaign_.return_reasons.at(std::min<std::size_t>(1, campaign_.return_reasons.size() - 1));
      request.reason_id = reason.id;
      request.reason = "有照片与前一次活动重复，请核对；没有别的照片可以不放。";
      expect(database.write_now([&](Transaction& transaction) {
        return reports::return_report(transaction, catalogue_, people_.station, key, request, step.at);
      }), "return a report");
      return;
    }
    case Act::accept: {
      const auto accepted = database.write_now([&](Transaction& transaction) {
        return reports::accept_report(transaction, catalogue_, people_.station, key, step.at);
      });
      // Nothing new was handed in since the last review.
      if (!accepted && accepted.error().code() == ProblemCode::already_reviewed) return;
      expect(accepted, "accept a report");
      return;
    }
  }
}

void SampleMonths::hand_in(const Step& step) {
  draw_waiting_renditions(house_);
  const ReportKey key{campaign_.id, step.place, step.month};
  const auto& village = people_.villages.at(step.place);
  const auto making = house_.database().read_now([&](Snapshot& snapshot) -> Result<reports::Making> {
    const auto frame = reports::open_frame(snapshot, catalogue_, campaign_.id, step.at);
    if (!frame) return frame.error();
    const auto report = reports::open_report(snapshot, *frame, village, key);
    if (!report) return report.error();
    return reports::prepare(snapshot, forms_, house_.vault(), *report);
  });
  expect(making, "open a report");
  const auto document = reports::make_and_keep(*making, house_.vault());
  expect(document, "make a report");
  reports::SubmissionRequest request;
  if (step.place == sparse_ && step.act == Act::hand_in) request.explanation = "报送人员外出培训，回村后补齐。";
  const auto handed = house_.database().write_now([&](Transaction& transaction) {
    return reports::hand_in_report(transaction, catalogue_, village, key, request, std::nullopt, *document, step.at);
  });
  const bool nothing_new = !handed && handed.error().code() == ProblemCode::already_handed_in;
  if (step.act == Act::hand_in_rest && nothing_new) return;
  expect(handed, "hand a report in");
}

}  // namespace wujin::app
