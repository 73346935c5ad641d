#include "seed/drawn_photo.h"

#include <stdexcept>

#include "base/problem.h"
#include "files/passing_file.h"

namespace wujin::bench {
namespace {

class PretendedVault final : public files::Vault {
 public:
  std::unique_ptr<Writer> write() override { throw std::logic_error("nothing is written here"); }
  std::unique_ptr<files::PassingFile> pass() override { throw std::logic_error("nothing is written here"); }
  void adopt(const std::filesystem::path&, const files::FileFacts&) override {}
  std::filesystem::path staging() const override { return {}; }
  bool exists(std::string_view) const override { return true; }
  std::filesystem::path path(std::string_view) const override { throw std::logic_error("nothing is kept here"); }
  void remove(std::string_view) override {}
  std::size_t sweep(std::chrono::seconds, const std::function<bool(std::string_view)>&) override { return 0; }
};

constexpr auto sql_drop_drawing = "DELETE FROM jobs WHERE kind = 'photos.draw'";

}  // namespace

std::unique_ptr<files::Vault> pretended_vault() { return std::make_unique<PretendedVault>(); }

void leave_drawn(Transaction& transaction, const photos::House& house, const DrawnPhoto& drawn, Instant now) {
  const auto received = photos::receive(transaction, house, drawn.photo.uploader.value(), drawn.photo.id, drawn.facts, now);
  if (!received) throw std::logic_error("a picture is refused: " + std::string(slug(received.error().code())));
  for (const auto& rendition : drawn.renditions) photos::save_rendition(transaction, drawn.photo.id, rendition);
  photos::update_drawn(transaction, drawn.photo);
  photos::save_fingerprint(transaction, drawn.photo.id, drawn.fingerprint);
  for (const auto& [other, distance] : drawn.alike) photos::save_likeness(transaction, drawn.photo.id, other, distance);
  // The drawn picture is noted in the feed a second time, and so is each that looks like it.
  house.owners.touch(transaction, drawn.photo.owner.value(), now);
  if (drawn.alike.empty()) return;
  house.owners.touch(transaction, drawn.photo.owner.value(), now);
  for (const auto& near : photos::near_duplicates(transaction, drawn.photo.id, photos::most_near_told)) {
    house.owners.touch(transaction, near.owner, now);
  }
}

void drop_drawing(Transaction& transaction) { transaction.execute(sql_drop_drawing); }

}  // namespace wujin::bench
