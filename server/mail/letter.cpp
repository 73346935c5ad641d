#include "mail/letter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/number.h"
#include "base/text.h"
#include "mail/letter_basket.h"
#include "mail/letter_charset.h"
#include "mail/letter_decoding.h"
#include "mail/letter_faults.h"
#include "mail/letter_header.h"
#include "mail/letter_html.h"
#include "mail/letter_links.h"
#include "mail/letter_parts.h"

namespace wujin::mail {
namespace {

// Parts that say something to programs alone.
bool is_for_machines(const Content& content) {
  static constexpr std::array types = {"text/calendar",
                                       "application/ics",
                                       "message/delivery-status",
                                       "text/rfc822-headers",
                                       "message/disposition-notification",
                                       "message/partial",
                                       "message/external-body",
                                       "application/pgp-signature",
                                       "application/pkcs7-signature",
                                       "application/x-pkcs7-signature",
                                       "application/applefile",
                                       "message/feedback-report"};
  return std::ranges::find(types, content.media_type) != types.end();
}

bool is_text(const Content& content) {
  const bool is_readable = content.media_type == "text/plain" || content.media_type == "text/html";
  return is_readable && !content.is_attachment && content.name.empty();
}

std::string without_marks(std::string_view text) { return replaced(std::string(text), std::string(picture_mark), ""); }

bool is_blank(std::string_view text) { return trimmed(without_marks(text)).empty(); }

// Letters and figures alone.
std::string bare_words(std::string_view text) {
  std::string words;
  for (const char c : text) {
    const bool is_word = (c & 0x80) != 0 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_word) words += c;
  }
  return words;
}

bool quotes_by_line(std::string_view plain) { return plain.starts_with('>') || plain.find("\n>") != std::string_view::npos; }

std::string with_plain_line_ends(std::string text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\r') {
      out += text[at];
    } else if (at + 1 == text.size() || text[at + 1] != '\n') {
      out += '\n';
    }
  }
  return out;
}

class Reader {
 public:
  Reader(const std::filesystem::path& folder, const LetterLimits& limits, Letter& letter)
      : limits_(limits), letter_(letter), basket_(folder, limits, letter.attachments, letter.faults) {
    basket_.open_letters_by([this](const Attachment& forwarded, int depth) { return open_letter(forwarded, depth); });
  }

  void read(const std::filesystem::path& file) {
    const InputFile input(file);
    const Part message = find_parts(input, limits_, parts_, letter_.faults);
    read_header(message.fields);
    Text text = text_of(message, {input, {}, 0});
    if (is_blank(text.plain)) text.plain += forwarded_;
    letter_.html = std::move(text.html);
    for (Attachment& attachment : letter_.attachments) {
      if (pictures_.contains(attachment.content_id)) attachment.is_inline = true;
    }
    part_from_pictures(text.plain);
    while (!letter_.text_pictures.empty() && letter_.text.ends_with('\n')) letter_.text.pop_back();
    for (TextPicture& picture : letter_.text_pictures) picture.at = std::min(picture.at, letter_.text.size());
  }

 private:
  struct Text {
    std::string plain;  // a picture as a mark, its number in `shown_`, and a mark
    std::string html;
    bool is_from_html = false;
  };
  // Where a part stands.
  struct Place {
    const InputFile& file;
    std::string archive;
    int depth = 0;
  };

  // A picture that stands in the text: by its content id, or as the attachment that came there.
  struct Shown {
    std::string content_id;
    std::optional<std::size_t> attachment;
  };

  std::string mark_of(Shown shown) {
    shown_.push_back(std::move(shown));
    return fmt::format("{}{}{}", picture_mark, shown_.size() - 1, picture_mark);
  }

  // The text alone, and where its pictures stood.
  void part_from_pictures(std::string_view marked) {
    std::set<std::size_t> seen;
    while (true) {
      const auto begin = marked.find(picture_mark);
      letter_.text += marked.substr(0, begin);
      if (begin == std::string_view::npos) return;
      marked.remove_prefix(begin + picture_mark.size());
      const auto end = marked.find(picture_mark);
      if (end == std::string_view::npos) return;  // cut within
      const auto number = parse_number<std::size_t>(marked.substr(0, end));
      marked.remove_prefix(end + picture_mark.size());
      const auto attachment = number && *number < shown_.size() ? attachment_of(shown_[*number]) : std::nullopt;
      if (attachment && seen.insert(*attachment).second) letter_.text_pictures.push_back({letter_.text.size(), *attachment});
    }
  }

  std::optional<std::size_t> attachment_of(const Shown& shown) const {
    if (shown.attachment) return shown.attachment;
    const auto found = std::ranges::find(letter_.attachments, shown.content_id, &Attachment::content_id);
    if (found == letter_.attachments.end()) return std::nullopt;
    return static_cast<std::size_t>(found - letter_.attachments.begin());
  }

  void read_header(const Fields& fields) {
    letter_.from = header_mailbox(value_of(fields, "from"), letter_.faults);
    letter_.reply_to = header_mailbox(value_of(fields, "reply-to"), letter_.faults);
    if (letter_.reply_to.address.empty()) letter_.reply_to = letter_.from;
    letter_.subject = header_text(value_of(fields, "subject"), letter_.faults);
    letter_.message_id = header_id(value_of(fields, "message-id"));
    letter_.dated = header_date(value_of(fields, "date"));
    letter_.is_automatic = is_automatic(fields, letter_.from.address);
    letter_.authentication = authentication_of(fields);
  }

  Text text_of(const Part& part, const Place& place) {
    if (part.is_left_out || is_for_machines(part.content)) return {};
    if (!part.children.empty() && part.content.is_message()) {
      forward(part.children.front(), part.content.name, place);
      return {};
    }
    if (part.content.media_type == "multipart/alternative") return alternative(part, place);
    if (part.content.is_multipart()) return mixed(part, place);
    if (is_text(part.content)) return own_text(part, place);
    attach(part, place);
    return {};
  }

  Text mixed(const Part& part, const Place& place) {
    Text all;
    std::string waiting;  // pictures behind a text: they stand within it once more text follows
    bool has_within = false;
    for (const Part& child : part.children) {
      const std::size_t before = letter_.attachments.size();
      const Text text = text_of(child, place);
      all.is_from_html = all.is_from_html || text.is_from_html;
      if (!is_blank(text.plain)) {
        has_within = has_within || !waiting.empty();
        add(all.plain, std::exchange(waiting, {}), "\n");
      }
      add(all.plain, text.plain, "\n");
      add(all.html, text.html, "<br>");
      const bool is_picture = child.content.is_inline && child.content.media_type.starts_with("image/");
      if (is_picture && letter_.attachments.size() == before + 1 && !is_blank(all.plain)) waiting += mark_of({{}, before});
    }
    if (has_within) add(all.plain, waiting, "\n");
    return all;
  }

  // The same said in several ways: the plain one, unless it is empty or the HTML says the same and where its pictures stand, and
  // the last of the HTML ones.
  Text alternative(const Part& part, const Place& place) {
    Text best;
    for (const Part& child : part.children) {
      Text text = text_of(child, place);
      const bool is_better =
          is_blank(best.plain) || (best.is_from_html && !text.is_from_html) || says_where_pictures_stand(text, best);
      if (!is_blank(text.plain) && is_better) {
        best.plain = std::move(text.plain);
        best.is_from_html = text.is_from_html;
      }
      if (!text.html.empty()) best.html = std::move(text.html);
    }
    return best;
  }

  static bool says_where_pictures_stand(const Text& html, const Text& plain) {
    if (!html.is_from_html || html.plain.find(picture_mark) == std::string::npos || quotes_by_line(plain.plain)) return false;
    std::string words;
    std::string_view rest = html.plain;
    for (auto mark = rest.find(picture_mark); mark != std::string_view::npos; mark = rest.find(picture_mark)) {
      words += rest.substr(0, mark);
      const auto end = rest.find(picture_mark, mark + picture_mark.size());
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + picture_mark.size());
    }
    return bare_words(words.append(rest)) == bare_words(without_names_of_pictures(plain.plain));
  }

  // [cid:image001.jpg@01DA], as Outlook writes a picture into a plain text.
  static std::string without_names_of_pictures(std::string_view plain) {
    std::string out;
    for (auto name = plain.find("[cid:"); name != std::string_view::npos; name = plain.find("[cid:")) {
      const auto end = plain.find(']', name);
      if (end == std::string_view::npos) break;
      out += plain.substr(0, name);
      plain.remove_prefix(end + 1);
    }
    return out.append(plain);
  }

  Text own_text(const Part& part, const Place& place) {
    const std::string bytes = decoded(place.file, part.body, part.content.encoding, limits_.text, letter_.faults);
    if (bytes.size() == limits_.text) note(letter_.faults, Fault::too_large);
    bool is_wrong = false;
    std::string text = with_plain_line_ends(to_utf8(bytes, part.content.charset, is_wrong));
    if (is_wrong) note(letter_.faults, Fault::wrong_charset);
    text = without_marks(text);
    if (part.content.media_type != "text/html") {
      add_cloud_links(text, letter_.cloud_links);
      return {std::move(text), {}, false};
    }
    HtmlReading reading = read_html(text);
    for (const std::string& link : reading.links) add_cloud_links(link, letter_.cloud_links);
    add_cloud_links(reading.text, letter_.cloud_links);
    pictures_.insert(reading.pictures.begin(), reading.pictures.end());
    return {numbered(reading), std::move(text), true};
  }

  // Each mark with the number of what is shown there.
  std::string numbered(const HtmlReading& reading) {
    std::string out;
    std::string_view rest = reading.text;
    for (const std::string& picture : reading.pictures) {
      const auto mark = rest.find(picture_mark);
      out += rest.substr(0, mark);
      out += mark_of({picture, std::nullopt});
      rest.remove_prefix(mark == std::string_view::npos ? rest.size() : mark + picture_mark.size());
    }
    return out.append(rest);
  }

  void add(std::string& all, std::string_view text, std::string_view between) const {
    if (trimmed(text).empty()) return;
    if (!all.empty() && all.size() < limits_.text) all += between;
    all += cut(text, limits_.text - std::min(limits_.text, all.size()));
  }

  void attach(const Part& part, const Place& place) {
    const auto filling = basket_.begin();
    const Sink write = [&](std::string_view bytes) { return filling->append(bytes); };
    decode(place.file, part.body, part.content.encoding, write, letter_.faults);
    Attachment attachment;
    attachment.name = part.content.name;
    attachment.media_type = part.content.media_type;
    attachment.is_inline = part.content.is_inline;
    attachment.content_id = part.content.content_id;
    attachment.archive = place.archive;
    filling->put(std::move(attachment), place.depth);
  }

  // A message within: what it carries is carried along, what it says is kept in case the letter itself says nothing.
  void forward(const Part& message, const std::string& name, const Place& place) {
    std::string subject = header_text(value_of(message.fields, "subject"), letter_.faults);
    if (subject.empty()) subject = name.empty() ? "message.eml" : name;
    const Text text = text_of(message, {place.file, archive_within(place.archive, subject), place.depth});
    add(forwarded_, text.plain, "\n");
  }

  bool open_letter(const Attachment& forwarded, int depth) {
    const InputFile file(forwarded.file);
    const Part message = find_parts(file, limits_, parts_, letter_.faults);
    if (message.fields.empty()) return false;
    forward(message, forwarded.name, {file, forwarded.archive, depth});
    return true;
  }

  const LetterLimits& limits_;
  Letter& letter_;
  Basket basket_;
  std::size_t parts_ = 0;
  std::string forwarded_;
  std::set<std::string> pictures_;  // content ids
  std::vector<Shown> shown_;
};

}  // namespace

Letter read_letter(const std::filesystem::path& file, const std::filesystem::path& folder, const LetterLimits& limits) {
  Letter letter;
  Reader(folder, limits, letter).read(file);
  return letter;
}

}  // namespace wujin::mail
