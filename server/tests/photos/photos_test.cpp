#include <gtest/gtest.h>

#include <thread>

#include "photos/media_type.h"
#include "tests/photos/town.h"

namespace wujin::photos {
namespace {

using std::chrono::hours;
using test::PhotosTest;

WUJIN_ON_BOTH_ENGINES(PhotosTest);

ProblemCode code_of(const Result<>& result) { return result ? ProblemCode::internal : result.error().code(); }
std::string field_of(const Result<>& result) {
  const auto problem = result.error();
  return problem.faults().empty() ? "" : problem.faults().front().field;
}

TEST_P(PhotosTest, binds_a_picture_that_comes_after_its_record) {
  const auto file = picture(1);
  const auto owner = new_owner(village);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(id, file)}));
  EXPECT_FALSE(photo(id)->received_at);
  ASSERT_TRUE(receives(village, id, file));
  const auto kept = photo(id).value();
  EXPECT_EQ(kept.received_at, clock().now());
  EXPECT_EQ(kept.owner, owner);
  EXPECT_EQ(kept.bytes, static_cast<std::int64_t>(file.size()));
  EXPECT_EQ(owners.touched, std::vector<Uuid>{owner});
}

TEST_P(PhotosTest, binds_a_picture_that_came_before_its_record) {
  const auto file = picture(2);
  const auto owner = new_owner(village);
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, file));
  EXPECT_FALSE(photo(id)->owner);
  ASSERT_TRUE(claims(village, owner, {claim_of(id, file)}));
  EXPECT_EQ(photo(id)->owner, owner);
  EXPECT_TRUE(photo(id)->received_at);
}

TEST_P(PhotosTest, takes_the_same_bytes_again_as_the_same_outcome_and_others_not) {
  const auto file = picture(3);
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, file));
  EXPECT_TRUE(receives(village, id, file));
  EXPECT_EQ(code_of(receives(village, id, picture(4))), ProblemCode::conflict);
}

TEST_P(PhotosTest, refuses_a_file_that_is_not_the_announced_one_and_keeps_nothing_of_it) {
  const auto owner = new_owner(village);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(id, picture(5))}));
  EXPECT_EQ(code_of(receives(village, id, picture(6))), ProblemCode::photo_differs);
  EXPECT_FALSE(photo(id)->received_at);
  EXPECT_EQ(run_jobs(), 0);
}

TEST_P(PhotosTest, refuses_an_announcement_that_is_not_the_received_file_and_binds_nothing) {
  const auto file = picture(7);
  const auto owner = new_owner(village);
  const auto before = new_id();
  ASSERT_TRUE(receives(village, before, file));
  const auto fresh = new_id();
  const auto refused = claims(village, owner, {claim_of(fresh, file), claim_of(before, picture(8))});
  ASSERT_FALSE(refused);
  EXPECT_EQ(field_of(refused), "photos[1].sha256");
  EXPECT_FALSE(photo(fresh));
  EXPECT_FALSE(photo(before)->owner);
}

TEST_P(PhotosTest, lets_nobody_claim_what_somebody_else_uploaded_or_shows) {
  const auto file = picture(9);
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, file));
  const auto theirs = new_owner(other);
  const auto refused = claims(other, theirs, {claim_of(id, file)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(field_of(refused), "photos[0].id");
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  EXPECT_FALSE(claims(village, new_owner(village), {claim_of(id, file)}));
}

TEST_P(PhotosTest, knowing_a_hash_neither_skips_an_upload_nor_reveals_a_file) {
  const auto file = picture(10);
  ASSERT_TRUE(receives(village, new_id(), file));
  const auto mine = new_id();
  const auto owner = new_owner(other);
  ASSERT_TRUE(claims(other, owner, {claim_of(mine, file)}));
  EXPECT_FALSE(photo(mine)->received_at);
  const auto may = database().read_now(
      [&](Snapshot& snapshot) { return may_upload(snapshot, other, owners, mine, static_cast<std::int64_t>(file.size())); });
  EXPECT_TRUE(may);
}

TEST_P(PhotosTest, judges_who_may_upload_what) {
  const auto file = picture(11);
  const auto size = static_cast<std::int64_t>(file.size());
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  people::Actor auditor;
  auditor.account = Id<people::Account>::random(randomness());
  auditor.grants = {{people::Role::auditor, people::PlaceId("500118112")}};
  const auto judged = [&](const people::Actor& actor, const Id<Photo>& photo, std::int64_t bytes) {
    const auto may = database().read_now([&](Snapshot& snapshot) { return may_upload(snapshot, actor, owners, photo, bytes); });
    return may ? ProblemCode::internal : may.error().code();
  };
  EXPECT_EQ(judged(village, id, size), ProblemCode::internal);
  EXPECT_EQ(judged(village, id, size + 1), ProblemCode::photo_differs);
  EXPECT_EQ(judged(village, new_id(), size), ProblemCode::internal);
  EXPECT_EQ(judged(village, new_id(), largest_photo + 1), ProblemCode::too_large);
  EXPECT_EQ(judged(other, id, size), ProblemCode::forbidden);
  EXPECT_EQ(judged(auditor, new_id(), size), ProblemCode::forbidden);
  ASSERT_TRUE(receives(village, id, file));
  EXPECT_EQ(judged(village, id, size), ProblemCode::conflict);
}

TEST_P(PhotosTest, draws_both_sizes_and_reads_the_camera_once_however_often_asked) {
  const auto file = picture(12);
  const auto owner = new_owner(village);
  const auto id = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(id, file)}));
  ASSERT_TRUE(receives(village, id, file));
  EXPECT_EQ(run_jobs(), 1);
  const auto drawn = photo(id).value();
  EXPECT_EQ(drawn.drawing, Drawing::ready);
  EXPECT_EQ(drawn.media_type, "image/jpeg");
  EXPECT_EQ(drawn.width, images::scene_width);
  EXPECT_EQ(drawn.exif.taken_at, parse_instant("2023-10-20T10:00:00+08:00").value());
  for (const auto size : {Size::small, Size::large}) {
    const auto stored = database().read_now([&](Snapshot& snapshot) { return rendition(snapshot, id, size); });
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->width, side_of(size));
    std::string hash;
    ASSERT_TRUE(from_hex(stored->sha256, hash));
    EXPECT_EQ(static_cast<std::int64_t>(vault().read(hash).size()), stored->bytes);
  }
  jobs::Job again;
  again.payload = id.to_string();
  EXPECT_TRUE(draw_photo(parts(), again));
  again.payload = new_id().to_string();
  EXPECT_TRUE(draw_photo(parts(), again));
  again.payload = "no id";
  EXPECT_TRUE(draw_photo(parts(), again));
}

TEST_P(PhotosTest, keeps_a_picture_that_cannot_be_decoded_and_says_so) {
  auto file = picture(13);
  // A quantisation table that is none: the structure is whole, the pixels are not.
  file[file.find(std::string("\xff\xdb")) + 4] = '\x55';
  const auto id = new_id();
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(id, file)}));
  ASSERT_TRUE(receives(village, id, file));
  run_jobs();
  EXPECT_EQ(photo(id)->drawing, Drawing::unreadable);
  EXPECT_EQ(vault().read(vault().store(file).sha256), file);
  const auto facts = database().read_now([&](Snapshot& snapshot) { return of_owners(snapshot, std::array{*photo(id)->owner}); });
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_TRUE(facts[0].unreadable);
  EXPECT_FALSE(facts[0].renditions_ready);
}

TEST_P(PhotosTest, tells_of_pictures_that_came_what_a_file_of_many_needs) {
  const auto file = picture(15);
  const auto owner = new_owner(village), other_owner = new_owner(village);
  const auto came = new_id(), missing = new_id(), others = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(came, file), claim_of(missing, picture(16))}));
  ASSERT_TRUE(claims(village, other_owner, {claim_of(others, file)}));
  ASSERT_TRUE(receives(village, came, file));
  ASSERT_TRUE(receives(village, others, file));
  const auto originals = [&] {
    return database().read_now([&](Snapshot& snapshot) { return originals_of(snapshot, std::array{owner}); });
  };
  ASSERT_EQ(originals().size(), 1U);
  const auto facts = vault().store(file);
  EXPECT_EQ(originals()[0].id, came);
  EXPECT_EQ(originals()[0].sha256, to_hex(facts.sha256));
  EXPECT_EQ(originals()[0].crc32, facts.crc32);
  EXPECT_EQ(originals()[0].bytes, file.size());
  EXPECT_EQ(originals()[0].media_type, "");
  EXPECT_EQ(sniffed_type(vault(), originals()[0].sha256), "image/jpeg");
  run_jobs();
  EXPECT_EQ(originals()[0].media_type, "image/jpeg");
  EXPECT_TRUE(database().read_now([&](Snapshot& snapshot) { return originals_of(snapshot, {}); }).empty());
}

TEST_P(PhotosTest, gives_a_picture_up_on_which_workers_died) {
  const auto file = picture(14);
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, file));
  jobs::Job third;
  third.payload = id.to_string();
  third.attempt = 3;
  EXPECT_TRUE(draw_photo(parts(), third));
  EXPECT_EQ(photo(id)->drawing, Drawing::unreadable);
}

TEST_P(PhotosTest, finds_near_duplicates_both_ways_within_the_campaign_and_between_records_only) {
  const auto taken = parse_instant("2023-10-20T10:00:00+08:00").value();
  const auto file = images::draw_scene(images::Scene::drill, 7, taken);
  const auto again = images::draw_scene_again(images::Scene::drill, 7, taken);
  const auto first = new_owner(village, "第一场");
  const auto second = new_owner(village, "第二场");
  const auto elsewhere = new_owner(village, "别的方案");
  const auto one = new_id(), burst = new_id(), copy = new_id(), same_file = new_id(), foreign = new_id(), another = new_id();
  ASSERT_TRUE(claims(village, first, {claim_of(one, file), claim_of(burst, again)}));
  ASSERT_TRUE(claims(village, second, {claim_of(copy, again), claim_of(same_file, file), claim_of(another, picture(99))}));
  ASSERT_TRUE(claims(village, elsewhere, {claim_of(foreign, file)}, "other-2024"));
  for (const auto& [id, bytes] :
       {std::pair(one, file), {burst, again}, {copy, again}, {same_file, file}, {foreign, file}, {another, picture(99)}}) {
    ASSERT_TRUE(receives(village, id, bytes));
  }
  EXPECT_EQ(run_jobs(), 6);
  const auto near_of = [&](const Id<Photo>& id) {
    std::set<Id<Photo>> ids;
    for (const auto& near : database().read_now([&](Snapshot& snapshot) { return near_duplicates(snapshot, id, 50); }))
      ids.insert(near.photo);
    return ids;
  };
  EXPECT_EQ(near_of(one), (std::set{copy, same_file}));
  EXPECT_EQ(near_of(copy), (std::set{one, burst}));
  EXPECT_TRUE(near_of(another).empty());
  EXPECT_TRUE(near_of(foreign).empty());
  const auto facts = database().read_now([&](Snapshot& snapshot) { return of_owners(snapshot, std::array{first, second}); });
  EXPECT_EQ(facts.size(), 5U);
  for (const auto& photo : facts) {
    EXPECT_EQ(photo.near_duplicates.size(), photo.id == another ? 0U : 2U);
    EXPECT_TRUE(std::ranges::is_sorted(photo.near_duplicates, {}, &Near::distance));
  }
}

TEST_P(PhotosTest, tells_near_duplicates_only_of_records_the_reader_may_see) {
  const auto file = picture(20);
  const auto mine = new_owner(village);
  const auto hidden = new_owner(other, "别村的活动");
  const auto own = new_id(), theirs = new_id();
  ASSERT_TRUE(claims(village, mine, {claim_of(own, file)}));
  ASSERT_TRUE(claims(other, hidden, {claim_of(theirs, file)}));
  ASSERT_TRUE(receives(village, own, file));
  ASSERT_TRUE(receives(other, theirs, file));
  run_jobs();
  const auto seen = [&](const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) { return see_photo(snapshot, actor, owners, own); });
  };
  ASSERT_TRUE(seen(village));
  EXPECT_TRUE(seen(village)->near.empty());
  owners.known[hidden].readers.insert(village.account.uuid());
  ASSERT_EQ(seen(village)->near.size(), 1U);
  EXPECT_EQ(seen(village)->near[0].distance, 0);
  EXPECT_EQ(seen(village)->near_owners[0].title, "别村的活动");
  EXPECT_EQ(seen(other).error().code(), ProblemCode::not_found);
}

TEST_P(PhotosTest, shows_an_unclaimed_picture_to_its_uploader_only) {
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, picture(21)));
  const auto readable = [&](const people::Actor& actor) {
    return database().read_now([&](Snapshot& snapshot) { return read_photo(snapshot, actor, owners, id); }).has_value();
  };
  EXPECT_TRUE(readable(village));
  EXPECT_FALSE(readable(other));
}

TEST_P(PhotosTest, removes_files_when_the_last_record_lets_go) {
  const auto file = picture(22);
  const auto hash = vault().store(file).sha256;
  const auto first = new_owner(village), second = new_owner(village);
  const auto one = new_id(), two = new_id();
  ASSERT_TRUE(claims(village, first, {claim_of(one, file)}));
  ASSERT_TRUE(claims(village, second, {claim_of(two, file)}));
  ASSERT_TRUE(receives(village, one, file));
  ASSERT_TRUE(receives(village, two, file));
  run_jobs();
  const auto small = database().read_now([&](Snapshot& snapshot) { return rendition(snapshot, one, Size::small); }).value();
  std::string small_hash;
  ASSERT_TRUE(from_hex(small.sha256, small_hash));
  ASSERT_TRUE(claims(village, first, {}));
  EXPECT_FALSE(photo(one));
  clock().advance(hours(1));
  EXPECT_EQ(clean_photos(parts()), 0);
  EXPECT_TRUE(vault().exists(hash));
  (void)database().write_now([&](Transaction& transaction) -> Result<> {
    release_all(transaction, second, clock().now());
    return {};
  });
  EXPECT_FALSE(photo(two));
  EXPECT_EQ(clean_photos(parts()), 0);
  EXPECT_TRUE(vault().exists(hash));
  clock().advance(hours(1));
  EXPECT_EQ(clean_photos(parts()), 3);
  EXPECT_FALSE(vault().exists(hash));
  EXPECT_FALSE(vault().exists(small_hash));
}

TEST_P(PhotosTest, takes_a_file_again_that_was_about_to_be_removed) {
  const auto file = picture(23);
  const auto owner = new_owner(village);
  const auto first = new_id();
  ASSERT_TRUE(claims(village, owner, {claim_of(first, file)}));
  ASSERT_TRUE(receives(village, first, file));
  ASSERT_TRUE(claims(village, owner, {}));
  const auto second = new_id();
  ASSERT_TRUE(receives(village, second, file));
  clock().advance(hours(1));
  clean_photos(parts());
  EXPECT_TRUE(vault().exists(vault().store(file).sha256));
  EXPECT_TRUE(photo(second)->received_at);
}

TEST_P(PhotosTest, asks_again_for_a_file_that_was_removed_while_it_arrived) {
  const auto file = picture(24);
  const auto facts = vault().store(file);
  vault().remove(facts.sha256);
  const auto received = database().write_now([&](Transaction& transaction) {
    const House house{queue_, vault(), owners};
    return receive(transaction, house, village.account.uuid(), new_id(), facts, clock().now());
  });
  EXPECT_EQ(code_of(received), ProblemCode::busy);
}

TEST_P(PhotosTest, forgets_pictures_nobody_claimed) {
  const auto orphan = new_id(), claimed = new_id();
  ASSERT_TRUE(receives(village, orphan, picture(25)));
  const auto file = picture(26);
  ASSERT_TRUE(receives(village, claimed, file));
  ASSERT_TRUE(claims(village, new_owner(village), {claim_of(claimed, file)}));
  clock().advance(orphan_age - hours(1));
  clean_photos(parts());
  EXPECT_TRUE(photo(orphan));
  clock().advance(hours(2));
  clean_photos(parts());
  EXPECT_FALSE(photo(orphan));
  EXPECT_TRUE(photo(claimed));
}

TEST_P(PhotosTest, cleans_again_and_again) {
  schedule_cleaning(parts());
  schedule_cleaning(parts());
  EXPECT_EQ(run_jobs(), 0);
  clock().advance(hours(7));
  EXPECT_EQ(run_jobs(), 1);
  clock().advance(hours(7));
  EXPECT_EQ(run_jobs(), 1);
}

TEST_P(PhotosTest, writes_every_receipt_into_the_trail) {
  const auto id = new_id();
  ASSERT_TRUE(receives(village, id, picture(27)));
  audit::Filter filter;
  filter.record = id.to_string();
  const auto entries = database().read_now([&](Snapshot& snapshot) { return audit::list(snapshot, filter, std::nullopt, 10); });
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].entry.verb, "receive_photo");
  EXPECT_EQ(entries[0].entry.account, village.account.uuid());
}

TEST_P(PhotosTest, prefers_what_the_phone_claims_to_what_the_camera_wrote) {
  const auto file = picture(28);
  const auto owner = new_owner(village);
  auto with = claim_of(new_id(), file);
  with.taken_at = parse_instant("2023-10-21T08:00:00+08:00").value();
  with.latitude = 29.4;
  with.longitude = 105.5;
  const auto without = claim_of(new_id(), file);
  ASSERT_TRUE(claims(village, owner, {with, without}));
  ASSERT_TRUE(receives(village, with.id, file));
  ASSERT_TRUE(receives(village, without.id, file));
  run_jobs();
  for (const auto& facts : database().read_now([&](Snapshot& snapshot) { return of_owners(snapshot, std::array{owner}); })) {
    EXPECT_EQ(facts.taken_at, facts.id == with.id ? with.taken_at : parse_instant("2023-10-20T10:00:00+08:00").value());
    EXPECT_EQ(facts.latitude.has_value(), facts.id == with.id);
  }
}

TEST_P(PhotosTest, builds_its_index_anew_after_a_restart) {
  const auto file = picture(30);
  const auto first = new_owner(village), second = new_owner(village);
  const auto one = new_id(), two = new_id();
  ASSERT_TRUE(claims(village, first, {claim_of(one, file)}));
  ASSERT_TRUE(receives(village, one, file));
  run_jobs();
  ASSERT_TRUE(claims(village, second, {claim_of(two, file)}));
  ASSERT_TRUE(receives(village, two, file));
  Likenesses fresh;
  const JobParts after{database(), queue_, vault(), owners, fresh, clock()};
  jobs::Job job;
  job.payload = two.to_string();
  EXPECT_TRUE(draw_photo(after, job));
  EXPECT_EQ(fresh.size(), 2U);
  EXPECT_EQ(database().read_now([&](Snapshot& snapshot) { return near_duplicates(snapshot, two, 5); }).size(), 1U);
}

TEST_P(PhotosTest, notes_every_likeness_among_pictures_drawn_at_the_same_time) {
  constexpr int threads = 4, each = 12;
  std::vector<Id<Photo>> all;
  for (int i = 0; i < threads * each; ++i) {
    all.push_back(new_id());
    Claim claimed;
    claimed.id = all.back();
    claimed.bytes = 1;
    claimed.sha256 = std::string(64, 'a');
    ASSERT_TRUE(claims(village, new_owner(village), {claimed}));
  }
  std::vector<std::thread> drawers;
  for (int thread = 0; thread < threads; ++thread) {
    drawers.emplace_back([&, thread] {
      for (int i = 0; i < each; ++i) {
        const auto& id = all[static_cast<std::size_t>(thread * each + i)];
        const auto saved = database().write_now([&](Transaction& transaction) -> Result<> {
          save_fingerprint(transaction, id, 0x5A5A);
          return {};
        });
        EXPECT_TRUE(saved);
        likenesses.note(database(), id);
      }
    });
  }
  for (std::thread& drawer : drawers) drawer.join();
  for (const auto& id : all) {
    const auto near = database().read_now([&](Snapshot& snapshot) { return near_duplicates(snapshot, id, 100); });
    EXPECT_EQ(near.size(), all.size() - 1);
  }
}

}  // namespace
}  // namespace wujin::photos
