#include <algorithm>
#include <utility>

#include "activities/activities_actions.h"
#include "base/text.h"
#include "images/inspect.h"
#include "mailbox/filing_kind.h"
#include "photos/photos_actions.h"
#include "reports/report_making.h"
#include "reports/reports_actions.h"

namespace wujin::mailbox {
namespace {

using activities::Activity;
using photos::Photo;

constexpr std::size_t most_photos = 60;  // of one activity (contract, ActivityChange)

// One picture of the letter, once its file is in the vault.
struct KeptPicture {
  files::FileFacts facts;
  std::string caption;
};

Id<Photo> photo_id(const Id<Activity>& activity, const files::FileFacts& facts) {
  return Id<Photo>(named_uuid(activity.to_string() + "/" + to_hex(facts.sha256)));
}

bool says_the_same(const Activity& kept, const activities::ActivityContent& wanted) {
  return china_date(kept.started_at) == china_date(wanted.started_at) && kept.entry == wanted.entry && kept.title == wanted.title;
}

class ReportFiling final : public FilingKind {
 public:
  ReportFiling(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted)
      : parts_(parts),
        hand_(std::move(hand)),
        key_{std::move(campaign), wanted.place, wanted.month},
        wanted_(std::move(wanted)),
        left_out_(wanted_.unplaced) {}

  void gather(const PictureSource& pictures) override {
    pictures_.resize(wanted_.activities.size());
    for (std::size_t i = 0; i < pictures_.size(); ++i) {
      for (const PictureRef& ref : wanted_.activities[i].pictures) take(pictures(ref), ref.caption, pictures_[i]);
    }
  }

  int picture_count() const override {
    std::size_t count = 0;
    for (const auto& of_activity : pictures_) count += of_activity.size();
    return static_cast<int>(count);
  }
  int left_out() const override { return left_out_; }

  Result<Present> look(Snapshot& snapshot) const override {
    const auto report = open(snapshot);
    if (!report) return report.error();
    return Present{report->subject, report->digest, report->material.draft.version, report->versions};
  }

  Touched touched(Snapshot& snapshot, const Present& present, std::span<const FiledRecord> records,
                  std::int64_t draft_version) const override {
    Touched touched;
    touched.is_changed = present.draft_version != draft_version;
    for (const FiledRecord& record : records) {
      const auto activity = activities::find(snapshot, Id<Activity>(record.id));
      const bool stands = activity && !activity->deleted;
      if (stands && activity->version == record.version) {
        touched.untouched.push_back(record);
      } else {
        touched.is_changed = true;
        if (stands) ++touched.kept;
      }
    }
    const auto is_filed = [&](const Activity& activity) {
      return std::ranges::find(records, activity.id.uuid(), &FiledRecord::id) != records.end();
    };
    touched.is_recorded = !std::ranges::all_of(
        activities::of_month(snapshot, key_.campaign, present.subject.town, key_.place, key_.month), is_filed);
    return touched;
  }

  Result<std::vector<FiledRecord>> write(Transaction& transaction, std::span<const FiledRecord> earlier) const override {
    std::vector<Activity> standing = activities_of(transaction, earlier);
    std::vector<FiledRecord> records;
    records.reserve(wanted_.activities.size());
    for (std::size_t i = 0; i < wanted_.activities.size(); ++i) {
      const auto submitted = record_activity(transaction, i, standing);
      if (!submitted) return below("activities[" + std::to_string(i) + "]", submitted.error());
      records.push_back({submitted->id.uuid(), submitted->version});
    }
    if (const auto removed = remove_all(transaction, standing); !removed) return removed.error();
    const auto report =
        reports::take_no_activity_reason(transaction, parts_.catalogue, hand_.actor, key_, wanted_.no_activity_reason, hand_.now);
    if (!report) return report.error();
    if (const auto complete = reports::check_complete(report->material, report->layout); !complete) return complete.error();
    return records;
  }

  Result<> remove(Transaction& transaction, std::span<const FiledRecord> untouched, bool with_draft) const override {
    if (const auto removed = remove_all(transaction, activities_of(transaction, untouched)); !removed) return removed.error();
    if (!with_draft) return {};
    const auto report = reports::take_no_activity_reason(transaction, parts_.catalogue, hand_.actor, key_, "", hand_.now);
    if (!report) return report.error();
    return {};
  }

  Result<handins::Making> prepare(Snapshot& snapshot) const override {
    const auto report = open(snapshot);
    if (!report) return report.error();
    return reports::prepare(snapshot, parts_.forms, parts_.vault, *report);
  }

  Result<> hand_in(Transaction& transaction, const handins::MadeDocument& document) const override {
    const auto report =
        reports::hand_in_arrived_report(transaction, parts_.catalogue, hand_.actor, key_, document, hand_.arrived_at, hand_.now);
    if (!report) return report.error();
    return {};
  }

 private:
  Result<reports::OpenReport> open(Snapshot& snapshot) const {
    return reports::open_report(snapshot, parts_.catalogue, hand_.actor, key_, hand_.now);
  }

  static std::vector<Activity> activities_of(Snapshot& snapshot, std::span<const FiledRecord> records) {
    std::vector<Activity> found;
    found.reserve(records.size());
    for (const FiledRecord& record : records) {
      if (auto activity = activities::find(snapshot, Id<Activity>(record.id))) found.push_back(std::move(*activity));
    }
    return found;
  }

  Result<> remove_all(Transaction& transaction, const std::vector<Activity>& left) const {
    for (const Activity& activity : left) {
      const auto removed = activities::remove_activity(transaction, hand_.actor, activity.id,
                                                       activities::etag_of(activity.version), std::nullopt, hand_.now);
      if (!removed) return removed.error();
    }
    return {};
  }

  // The same picture twice in one activity is kept once.
  void take(const Result<std::string>& bytes, const std::string& caption, std::vector<KeptPicture>& kept) {
    const bool is_picture = bytes && std::cmp_less_equal(bytes->size(), photos::largest_photo) &&
                            images::inspect(std::as_bytes(std::span(*bytes))).has_value();
    if (!is_picture || kept.size() == most_photos) {
      ++left_out_;
      return;
    }
    files::FileFacts facts = parts_.vault.store(*bytes);
    const bool is_here = std::ranges::any_of(kept, [&](const KeptPicture& other) { return other.facts.sha256 == facts.sha256; });
    if (!is_here) kept.push_back({std::move(facts), caption});
  }

  // Takes what says the same out of `standing` and edits it, or records it anew.
  Result<Activity> record_activity(Transaction& transaction, std::size_t number, std::vector<Activity>& standing) const {
    activities::ActivityChange change;
    static_cast<activities::ActivityContent&>(change) = wanted_.activities[number].content;
    activities::Precondition precondition;
    Id<Activity> id;
    const auto same = std::ranges::find_if(standing, [&](const Activity& kept) { return says_the_same(kept, change); });
    if (same != standing.end()) {
      id = same->id;
      precondition.etag = activities::etag_of(same->version);
      standing.erase(same);
    } else {
      const auto is_taken = [&](const Id<Activity>& one) { return activities::find(transaction, one).has_value(); };
      const std::string letter = hand_.actor.request_id + "/" + key_.place.text() + "/" + to_string(key_.month);
      id = free_id<Activity>(letter, number, is_taken);
    }
    change.photos.reserve(pictures_[number].size());
    for (const KeptPicture& picture : pictures_[number]) {
      activities::PhotoClaim claim;
      claim.id = photo_id(id, picture.facts);
      claim.bytes = static_cast<std::int64_t>(picture.facts.size);
      claim.sha256 = to_hex(picture.facts.sha256);
      claim.caption = filled_or_none(picture.caption);
      change.photos.push_back(std::move(claim));
    }
    const auto submitted =
        activities::submit_activity(transaction, parts_.catalogue, hand_.actor, id, change, precondition, hand_.now);
    if (!submitted) return submitted.error();
    const photos::House house{parts_.queue, parts_.vault, parts_.owners};
    for (const KeptPicture& picture : pictures_[number]) {
      const auto received =
          photos::receive(transaction, house, hand_.actor.account.uuid(), photo_id(id, picture.facts), picture.facts, hand_.now);
      if (!received) return received.error();
    }
    return submitted->activity;
  }

  const FilingParts& parts_;
  const FilingHand hand_;
  const reports::ReportKey key_;
  const ToBeFiled wanted_;
  std::vector<std::vector<KeptPicture>> pictures_;  // by activity
  int left_out_ = 0;
};

}  // namespace

std::unique_ptr<FilingKind> report_filing(const FilingParts& parts, FilingHand hand, CampaignId campaign, ToBeFiled wanted) {
  return std::make_unique<ReportFiling>(parts, std::move(hand), std::move(campaign), std::move(wanted));
}

}  // namespace wujin::mailbox
