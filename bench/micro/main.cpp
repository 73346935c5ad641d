// bench_micro: small parts alone, by Google Benchmark. Run from the repository's root, for the campaign's forms.
#include <cstdint>
#include <random>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "activities/activity.h"
#include "base/calendar.h"
#include "base/json.h"
#include "campaigns/due.h"
#include "campaigns/form_tags.h"
#include "campaigns/load.h"
#include "documents/word_template.h"
#include "images/fingerprint_index.h"
#include "people/may.h"

namespace wujin::bench {
namespace {

constexpr std::string_view activity_body =
    R"({"campaign":"baofeng-2023","place":"500118112200","entry":"home","started_at":"2023-10-12T01:00:00.000Z","title":"示例村入户宣传",)"
    R"("text":"检查消火栓与灶台，讲解疏散路线，发放宣传单。检查消火栓与灶台，讲解疏散路线，发放宣传单。","audiences":["residents","elderly"],)"
    R"("topics":["electricity","gas"],"people_about":80,"leaflets":120,"partners":["示例甲","示例乙"],"photos":[)"
    R"({"id":"0190a0b0-0000-4000-8000-000000000001","bytes":2500000,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},)"
    R"({"id":"0190a0b0-0000-4000-8000-000000000002","bytes":2500000,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]})";

activities::ActivityChange decoded() {
  auto change = decode_json<activities::ActivityChange>(activity_body);
  if (!change) throw std::runtime_error("the sample body is not of this version");
  return std::move(*change);
}

void decode_activity(benchmark::State& state) {
  (void)decoded();
  for (auto _ : state) benchmark::DoNotOptimize(decode_json<activities::ActivityChange>(activity_body));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(activity_body.size()));
}

void encode_activities(benchmark::State& state) {
  const std::vector<activities::ActivityChange> page(50, decoded());
  for (auto _ : state) benchmark::DoNotOptimize(encode_json(page));
}

std::shared_ptr<const campaigns::CampaignBundle> campaign() {
  static const auto outcome = campaigns::load_campaign("campaigns/baofeng-2023");
  if (!outcome.bundle) throw std::runtime_error("run from the repository's root: no campaign found");
  return outcome.bundle;
}

// Something for every tag a form knows; lists of eight.
documents::Value::Object values_for(const documents::KnownTags& tags) {
  using Kind = documents::KnownTag::Kind;
  documents::Value::Object values;
  for (const auto& tag : tags) {
    if (tag.kind == Kind::text) values.emplace(tag.name, "检查消火栓与灶台，讲解疏散路线");
    if (tag.kind == Kind::condition) values.emplace(tag.name, true);
    if (tag.kind == Kind::group) values.emplace(tag.name, values_for(tag.inside));
    if (tag.kind == Kind::list) values.emplace(tag.name, documents::Value::List(8, documents::Value(values_for(tag.inside))));
  }
  return values;
}

void fill_report(benchmark::State& state) {
  const auto tags = campaigns::report_tags();
  const auto form = documents::WordTemplate::load(campaign()->files.at("templates/report.docx"), &tags);
  if (!form) throw std::runtime_error("the report's form does not load");
  const auto values = values_for(tags);
  for (auto _ : state) benchmark::DoNotOptimize(form->fill(values, {}));
}

void look_up_fingerprint(benchmark::State& state) {
  std::mt19937_64 random(7);
  images::FingerprintIndex index;
  for (std::int64_t number = 0; number < state.range(0); ++number) index.add(static_cast<std::uint32_t>(number), random());
  for (auto _ : state) benchmark::DoNotOptimize(index.near(random(), images::near_duplicate_distance));
}

void work_out_dues(benchmark::State& state) {
  const auto& plan = campaign()->campaign;
  for (auto _ : state) {
    for (const auto& deadline : plan.deadlines) benchmark::DoNotOptimize(campaigns::dues(plan, deadline));
  }
}

void tell_china_date(benchmark::State& state) {
  Instant now = start_of(Date(std::chrono::year(2023), std::chrono::October, std::chrono::day(26)));
  for (auto _ : state) {
    now += std::chrono::minutes(7);
    benchmark::DoNotOptimize(to_string(china_date(now)));
  }
}

people::Actor reviewer() {
  people::Actor actor;
  for (int place = 0; place < 5; ++place) {
    actor.grants.push_back({people::Role::station, people::PlaceId("50011811" + std::to_string(place))});
  }
  return actor;
}

void judge_rights(benchmark::State& state) {
  const auto actor = reviewer();
  const std::vector<people::PlaceId> up = {people::PlaceId("500118112200"), people::PlaceId("500118112"),
                                           people::PlaceId("500118114"), people::PlaceId("500118")};
  for (auto _ : state) benchmark::DoNotOptimize(people::may(actor, people::Verb::read_place, up));
}

BENCHMARK(decode_activity)->Name("JSON: read the body of an activity");
BENCHMARK(encode_activities)->Name("JSON: write a page of 50 activities")->Unit(benchmark::kMicrosecond);
BENCHMARK(fill_report)->Name("Word: fill a month's report, eight activities")->Unit(benchmark::kMicrosecond);
BENCHMARK(look_up_fingerprint)
    ->Name("pictures: look up a fingerprint among")
    ->Arg(1000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(work_out_dues)->Name("calendar: every due of a campaign")->Unit(benchmark::kMicrosecond);
BENCHMARK(tell_china_date)->Name("calendar: the day of an instant, as text");
BENCHMARK(judge_rights)->Name("rights: may somebody with five grants read a place");

}  // namespace
}  // namespace wujin::bench

BENCHMARK_MAIN();
