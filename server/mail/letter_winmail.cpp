#include "mail/letter_winmail.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "mail/letter_charset.h"
#include "mail/letter_faults.h"
#include "mail/letter_header.h"

namespace wujin::mail {
namespace {

constexpr std::uint32_t signature = 0x223E9F78;
constexpr int most_attributes = 10'000;
constexpr int most_properties = 2'000;
constexpr std::size_t longest_text = 4096;

// Attributes of TNEF, [MS-OXTNEF] 2.1.3.
enum : std::uint32_t {
  attachment_title = 0x00018010,
  attachment_data = 0x0006800F,
  attachment_begins = 0x00069002,
  attachment_properties = 0x00069005,
};
// Properties of MAPI, [MS-OXPROPS].
enum : std::uint16_t {
  display_name = 0x3001,
  data_object = 0x3701,
  short_name = 0x3704,
  long_name = 0x3707,
  mime_type = 0x370E,
  content_id = 0x3712,
};

// Numbers and ranges from front to back; past the end it answers zeros and is no longer good.
class Cursor {
 public:
  Cursor(const InputFile& file, Range range) : file_(file), range_(range) {}

  bool is_good() const { return is_good_; }
  bool is_at_end() const { return !is_good_ || range_.begin == range_.end; }

  std::uint32_t number(std::size_t size) {
    std::array<char, 4> bytes{};
    const Range range = take(size);
    if (range.size() == size) file_.read(range.begin, std::span(bytes.data(), size));
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
  }

  Range take(std::uint64_t size) {
    if (!is_good_ || size > range_.size()) {
      is_good_ = false;
      return {};
    }
    const Range taken{range_.begin, range_.begin + size};
    range_.begin += size;
    return taken;
  }

  void spoil() { is_good_ = false; }

 private:
  const InputFile& file_;
  Range range_;
  bool is_good_ = true;
};

// Bytes of a property of one value without a length of its own; 0 for those that have one, nothing for an unknown type.
std::optional<std::uint32_t> size_of_type(std::uint16_t type) {
  switch (type & 0x0FFF) {
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x0A:
    case 0x0B:
      return 4;
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
      return 8;
    case 0x48:
      return 16;
    case 0x0D:
    case 0x1E:
    case 0x1F:
    case 0x102:
      return 0;
    default:
      return std::nullopt;
  }
}

struct Property {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  Range value;  // of the first, when there are several
};

std::uint32_t padded(std::uint32_t size) { return size > 0xFFFFFFF0 ? size : (size + 3) & ~3U; }

void skip_name(Cursor& cursor) {
  cursor.take(16);
  if (cursor.number(4) == 0) {
    cursor.number(4);
  } else {
    cursor.take(padded(cursor.number(4)));
  }
}

Property next_property(Cursor& cursor) {
  Property property;
  property.type = static_cast<std::uint16_t>(cursor.number(2));
  property.id = static_cast<std::uint16_t>(cursor.number(2));
  if (property.id >= 0x8000) skip_name(cursor);
  const auto size = size_of_type(property.type);
  if (!size) {
    cursor.spoil();
    return property;
  }
  const bool is_counted = *size == 0 || (property.type & 0x1000) != 0;
  const std::uint32_t count = is_counted ? cursor.number(4) : 1;
  if (*size > 0) {
    property.value = cursor.take(std::uint64_t{*size} * count);
    return property;
  }
  for (std::uint32_t i = 0; i < count && cursor.is_good(); ++i) {
    const std::uint32_t bytes = cursor.number(4);
    const Range value = cursor.take(padded(bytes));
    if (i == 0) property.value = {value.begin, std::min(value.begin + bytes, value.end)};
  }
  return property;
}

// An attachment while its attributes are collected.
struct Found {
  std::string title, name, type, id;
  std::optional<Range> data;
  bool is_letter = false;  // a letter within, wrapped as its own winmail.dat
};

class Unwrapping {
 public:
  Unwrapping(const InputFile& file, const Attachment& winmail, Basket& basket, int depth)
      : file_(file),
        basket_(basket),
        depth_(depth),
        archive_(archive_within(winmail.archive, winmail.name.empty() ? "winmail.dat" : winmail.name)) {}

  bool run() {
    Cursor cursor(file_, {6, std::max<std::uint64_t>(file_.size(), 6)});
    bool is_whole = true;
    for (int count = 0; !cursor.is_at_end() && is_whole; ++count) {
      cursor.number(1);
      const std::uint32_t id = cursor.number(4);
      const Range value = cursor.take(cursor.number(4));
      cursor.number(2);
      is_whole = cursor.is_good() && count < most_attributes && read(id, value);
    }
    if (!is_whole) note(basket_.faults(), Fault::archive_damaged);
    return put() && is_whole;
  }

 private:
  bool read(std::uint32_t id, Range value) {
    if (id == attachment_begins) {
      const bool may_go_on = put();
      found_.emplace();
      return may_go_on;
    }
    if (!found_) return true;
    if (id == attachment_title) found_->title = text(value, false);
    if (id == attachment_data && !found_->is_letter) found_->data = value;
    if (id == attachment_properties) read_properties(value);
    return true;
  }

  void read_properties(Range range) {
    Cursor cursor(file_, range);
    const std::uint32_t count = std::min<std::uint32_t>(cursor.number(4), most_properties);
    for (std::uint32_t i = 0; i < count && !cursor.is_at_end(); ++i) {
      const Property property = next_property(cursor);
      if (cursor.is_good()) read(property);
    }
  }

  void read(const Property& property) {
    const bool is_wide = (property.type & 0x0FFF) == 0x1F;
    switch (property.id) {
      case long_name:
        found_->name = text(property.value, is_wide);
        break;
      case short_name:
      case display_name:
        if (found_->title.empty()) found_->title = text(property.value, is_wide);
        break;
      case mime_type:
        found_->type = lower(text(property.value, is_wide));
        break;
      case content_id:
        found_->id = header_id(text(property.value, is_wide));
        break;
      case data_object:
        read_object(property.value);
        break;
      default:
        break;
    }
  }

  // Behind the id of its interface.
  void read_object(Range value) {
    if (value.size() <= 16) return;
    value.begin += 16;
    Cursor cursor(file_, value);
    found_->is_letter = cursor.number(4) == signature;
    if (found_->is_letter || !found_->data) found_->data = value;
  }

  std::string text(Range range, bool is_wide) {
    bool is_wrong = false;
    return one_line(to_utf8(file_.read(range, longest_text), is_wide ? "utf-16le" : "", is_wrong));
  }

  bool put() {
    if (!found_ || !found_->data) return true;
    if (!basket_.may_unpack_another()) return false;
    const auto filling = basket_.begin();
    std::uint64_t at = found_->data->begin;
    while (at < found_->data->end) {
      const std::string piece = file_.read({at, found_->data->end}, 64u << 10);
      if (piece.empty() || !filling->append(piece)) break;
      at += piece.size();
    }
    Attachment attachment;
    attachment.name = clean_name(found_->name.empty() ? found_->title : found_->name);
    attachment.media_type = found_->is_letter      ? "application/ms-tnef"
                            : found_->type.empty() ? media_type_of(attachment.name)
                                                   : found_->type;
    attachment.content_id = found_->id;
    attachment.archive = archive_;
    found_.reset();
    filling->put(std::move(attachment), depth_);
    return true;
  }

  const InputFile& file_;
  Basket& basket_;
  int depth_;
  std::string archive_;
  std::optional<Found> found_;
};

}  // namespace

bool is_winmail(const Attachment& attachment) {
  const bool is_named = lower(attachment.name) == "winmail.dat" || attachment.media_type == "application/ms-tnef" ||
                        attachment.media_type == "application/vnd.ms-tnef";
  if (!is_named) return false;
  const InputFile file(attachment.file);
  return Cursor(file, {0, file.size()}).number(4) == signature;
}

bool unpack_winmail(const Attachment& winmail, Basket& basket, int depth) {
  const InputFile file(winmail.file);
  return Unwrapping(file, winmail, basket, depth).run();
}

}  // namespace wujin::mail
