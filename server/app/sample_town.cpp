#include "app/sample_town.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "activities/activities_actions.h"
#include "app/sample_calendar.h"
#include "app/sample_months.h"
#include "app/sample_people.h"
#include "app/sample_pictures.h"
#include "app/sample_plans.h"
#include "app/sample_story.h"
#include "base/text.h"
#include "campaigns/campaigns_actions.h"
#include "campaigns/campaigns_store.h"
#include "campaigns/load.h"
#include "people/accounts_store.h"
#include "photos/photos_actions.h"
#include "places/place_store.h"
#include "plans/plans_store.h"
#include "sites/sites_actions.h"

namespace wujin::app {
namespace {

namespace fs = std::filesystem;

std::string whole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The campaign whose folder holds the material of a sample.
Result<fs::path> sample_folder(const Config& config) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(config.campaigns, error)) {
    if (fs::exists(entry.path() / "sample.toml")) return entry.path();
  }
  return Problem(ProblemCode::malformed, {{"what", config.campaigns.string() + ": sample.toml"}});
}

// The campaign as it is, but for one thing: every file that leaves the sample town is named 示例.
Result<std::shared_ptr<const campaigns::CampaignBundle>> sample_campaign(const fs::path& folder) {
  const auto loaded = campaigns::load_campaign(folder);
  if (!loaded.bundle) return campaigns::to_problem(loaded.faults);
  auto files = loaded.bundle->files;
  auto& text = files.at("campaign.toml");
  text = replaced(text, "file_name = \"", "file_name = \"示例-");
  auto marked = campaigns::read_campaign(loaded.bundle->campaign.id, std::move(files));
  if (!marked.bundle) return campaigns::to_problem(marked.faults);
  return marked.bundle;
}

// Writes one activity and its pictures in one commit, as a phone with a good signal would.
class Recorder {
 public:
  Recorder(House& house, ManualClock& clock, campaigns::Catalogue& catalogue, const campaigns::Campaign& campaign,
           const SamplePeople& people, std::uint64_t seed)
      : house_(house), clock_(clock), catalogue_(catalogue), campaign_(campaign), people_(people), randomness_(seed) {}

  void record(const SampleActivity& told, const std::vector<SamplePicture>& pictures) {
    clock_.set(told.recorded_at);
    const places::PlaceId place(told.place->id);
    const auto& actor = told.by_station ? people_.station : people_.villages.at(place);
    auto change = change_of(told, place, pictures);
    const auto id = Id<activities::Activity>::random(randomness_);
    const auto kept = house_.database().write_now([&](Transaction& transaction) -> Result<> {
      if (!told.by_station) change.plan_row = planned_row(transaction, place, china_date(told.started_at));
      const auto submitted = activities::submit_activity(transaction, catalogue_, actor, id, change, {}, told.recorded_at);
      if (!submitted) return submitted.error();
      const photos::House house{house_.queue(), house_.vault(), house_.owners()};
      for (const auto& picture : pictures) {
        const auto received =
            photos::receive(transaction, house, actor.account.uuid(), picture.id, picture.facts, told.recorded_at);
        if (!received) return received.error();
      }
      return {};
    });
    expect_done(kept, told.story->title);
  }

 private:
  // The row of the village's plan that a day falls in; nothing before the plan was written.
  std::optional<Id<plans::PlanRow>> planned_row(Snapshot& snapshot, const places::PlaceId& place, Date day) const {
    for (const plans::PlanRow& row : plans::rows_of(snapshot, campaign_.id, place)) {
      if (row.from <= day && day <= row.to) return row.id;
    }
    return std::nullopt;
  }

  activities::ActivityChange change_of(const SampleActivity& told, const places::PlaceId& place,
                                       const std::vector<SamplePicture>& pictures) const {
    activities::ActivityChange change;
    change.campaign = campaign_.id;
    change.place = place;
    change.entry = told.story->entry;
    change.started_at = told.started_at;
    change.title = told.story->title;
    change.text = told.text;
    if (!told.story->kind.empty()) change.kind = told.story->kind;
    if (!told.story->form.empty()) change.form = told.story->form;
    if (!told.story->audiences.empty()) change.audiences = told.story->audiences;
    if (!told.story->topics.empty()) change.topics = told.story->topics;
    if (!told.story->partners.empty()) change.partners = told.story->partners;
    change.organizer = told.by_station ? activities::Organizer::station : activities::Organizer::village;
    change.point = told.point;
    change.people_about = told.people;
    change.leaflets = told.leaflets;
    change.recorded_at = told.recorded_at;
    for (const auto& picture : pictures) {
      activities::PhotoClaim claim;
      claim.id = picture.id;
      claim.bytes = static_cast<std::int64_t>(picture.facts.size);
      claim.sha256 = to_hex(picture.facts.sha256);
      claim.taken_at = picture.taken_at;
      change.photos.push_back(std::move(claim));
    }
    return change;
  }

  House& house_;
  ManualClock& clock_;
  campaigns::Catalogue& catalogue_;
  const campaigns::Campaign& campaign_;
  const SamplePeople& people_;
  SeededRandomness randomness_;
};

// Each place's education site, entered and seen on the campaign's second Monday.
void add_sites(House& house, const campaigns::Campaign& campaign, const SampleMaterial& material, const SamplePeople& people,
               SampleCalendar& calendar) {
  const Date day = plus_days(monday_of(campaign.starts_on), 14);
  for (const SamplePlace& place : material.places) {
    if (place.site.empty()) continue;
    sites::SiteChange change;
    change.place = places::PlaceId(place.id);
    change.name = place.site;
    change.address = place.points.at("group").front();
    change.confirmed_on = day;
    const people::Actor& village = people.villages.at(change.place);
    calendar.add(moment(day, 15), [&house, &village, change](Instant now) {
      const auto id = Id<sites::Site>::random(house.randomness());
      const auto kept = house.database().write_now(
          [&](Transaction& transaction) { return sites::keep_site(transaction, village, id, change, std::nullopt, now); });
      expect_done(kept, "enter a site");
    });
  }
}

// The campaign and the invented place, as of the campaign's first day.
Result<places::Tree> keep_notice(House& house, campaigns::Catalogue& catalogue, const campaigns::CampaignBundle& bundle,
                                 const fs::path& folder, Instant now) {
  const auto invented = campaigns::read_places("sample-places.csv", whole(folder / "sample-places.csv"));
  if (!invented.faults.empty()) return campaigns::to_problem(invented.faults);
  return house.database().write_now([&](Transaction& transaction) -> Result<places::Tree> {
    const auto kept = campaigns::keep_campaign(transaction, catalogue, std::nullopt, bundle, {}, now);
    if (!kept) return kept.error();
    const auto added = campaigns::keep_places(transaction, invented.places, now);
    if (!added) return added.error();
    return places::read_tree(transaction, china_date(now));
  });
}

Result<> write_town(const Config& config, spdlog::logger& log, const fs::path& folder,
                    const std::function<void(std::string_view)>& tell) {
  const auto bundle = sample_campaign(folder);
  if (!bundle) return bundle.error();
  const auto material = read_sample_material(whole(folder / "sample.toml"), "sample.toml");
  if (!material) return material.error();
  const auto& campaign = (*bundle)->campaign;
  const Instant begins = start_of(campaign.starts_on), ends = *config.clock;

  ManualClock clock(begins);
  SystemRandomness randomness;
  House house(config, {clock, randomness, log});
  campaigns::Catalogue catalogue;
  tell("载入工作方案和地点 / loading the campaign");
  const auto tree = keep_notice(house, catalogue, **bundle, folder, begins);
  if (!tree) return tree.error();
  std::map<places::PlaceId, std::string> names;
  places::PlaceId sparse;
  for (const auto& place : material->places) {
    names[places::PlaceId(place.id)] = place.in_charge.front();
    if (place.sparse) sparse = places::PlaceId(place.id);
  }

  auto told = compose_activities(*material, campaign.starts_on, china_date(ends));
  std::erase_if(told, [&](const SampleActivity& activity) { return activity.recorded_at >= ends; });
  tell(fmt::format("画示例照片（{}场活动） / drawing the pictures", told.size()));
  const auto pictures = draw_sample_pictures(told, material->seed, house.vault());

  const auto people = make_sample_people(house, config.data, campaign, *tree, names, begins);
  SampleCalendar calendar(clock);
  const SamplePlans plans(house, catalogue, campaign, people, *material, calendar);
  const SampleMonths months(house, catalogue, campaign, people, sparse, material->last_told(), calendar);
  add_sites(house, campaign, *material, people, calendar);
  Recorder recorder(house, clock, catalogue, campaign, people, material->seed + 1);
  tell("记活动、报送、审核 / recording, handing in, reviewing");
  for (std::size_t i = 0; i < told.size(); ++i) {
    calendar.live_until(told[i].recorded_at);
    recorder.record(told[i], pictures[i]);
  }
  calendar.live_until(ends);
  clock.set(ends);
  tell("生成缩略图，比对照片 / drawing the renditions");
  draw_waiting_renditions(house);
  return {};
}

bool holds_accounts(const Config& config, spdlog::logger& log) {
  SystemClock clock;
  SystemRandomness randomness;
  House house(config, {clock, randomness, log});
  return house.database().read_now([](Snapshot& snapshot) { return people::has_accounts(snapshot); });
}

}  // namespace

Result<> make_sample_town(const Config& config, spdlog::logger& log, const std::function<void(std::string_view)>& tell) {
  const auto finished = config.data / "sample-town", unfinished = config.data / "sample-town.unfinished";
  if (fs::exists(finished)) return {};
  const auto folder = sample_folder(config);
  if (!folder) return folder.error();
  fs::create_directories(config.data);
  if (fs::exists(unfinished) && !config.database) {
    // An earlier start was cut off: what it left is nobody's work.
    for (const char* left : {"wujin.sqlite", "wujin.sqlite-wal", "wujin.sqlite-shm", "files", "letters"})
      fs::remove_all(config.data / left);
  }
  if (holds_accounts(config, log)) {
    return Problem(ProblemCode::conflict).because("the data folder holds another town");
  }
  std::ofstream(unfinished) << "\n";
  const auto written = write_town(config, log, *folder, tell);
  if (!written) return written.error();
  fs::rename(unfinished, finished);
  return {};
}

}  // namespace wujin::app
