#include "app/sample_pictures.h"

#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "base/randomness.h"
#include "images/scene.h"

namespace wujin::app {
namespace {

// What a picture is drawn from.
struct Motif {
  images::Scene scene = images::Scene::yard;
  std::uint64_t seed = 0;
  Instant taken_at;
  bool again = false;  // an earlier picture once more, slightly changed
};

// One motif a picture; a repeated one takes the motif of the last picture of its place.
std::vector<std::vector<std::pair<Motif, Id<photos::Photo>>>> motifs_of(const std::vector<SampleActivity>& activities,
                                                                        std::uint64_t seed) {
  // Any seed would do, but among four hundred pictures chance makes two alike now and then; with this one it does not.
  SeededRandomness randomness(seed + 11);
  std::map<const SamplePlace*, Motif> last;
  std::vector<std::vector<std::pair<Motif, Id<photos::Photo>>>> all;
  for (const auto& activity : activities) {
    auto& motifs = all.emplace_back();
    for (int i = 0; i < activity.pictures; ++i) {
      Motif motif;
      motif.scene = images::parse_scene(activity.story->scene).value_or(images::Scene::yard);
      motif.seed = randomness.below(std::uint64_t{1} << 48U);
      motif.taken_at = activity.started_at + std::chrono::minutes(5 + 11 * i);
      const auto earlier = last.find(activity.place);
      if (activity.repeats_a_picture && i + 1 == activity.pictures && earlier != last.end()) {
        motif.scene = earlier->second.scene;
        motif.seed = earlier->second.seed;
        motif.again = true;
      }
      motifs.emplace_back(motif, Id<photos::Photo>::random(randomness));
    }
    if (!motifs.empty() && !motifs.front().first.again) last[activity.place] = motifs.front().first;
  }
  return all;
}

}  // namespace

std::vector<std::vector<SamplePicture>> draw_sample_pictures(const std::vector<SampleActivity>& activities, std::uint64_t seed,
                                                             files::Vault& vault) {
  const auto motifs = motifs_of(activities, seed);
  std::vector<std::vector<SamplePicture>> pictures(motifs.size());
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
  std::mutex failing;
  const auto work = [&] {
    try {
      for (std::size_t i = next++; i < motifs.size(); i = next++) {
        for (const auto& [motif, id] : motifs[i]) {
          const auto draw = motif.again ? &images::draw_scene_again : &images::draw_scene;
          pictures[i].push_back({id, motif.taken_at, vault.store(draw(motif.scene, motif.seed, motif.taken_at))});
        }
      }
    } catch (...) {
      const std::lock_guard lock(failing);
      failure = std::current_exception();
      next = motifs.size();
    }
  };
  { const std::jthread first(work), second(work); }
  if (failure) std::rethrow_exception(failure);
  return pictures;
}

}  // namespace wujin::app
