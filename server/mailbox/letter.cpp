#include "mailbox/letter.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"
#include "mail/letter_charset.h"
#include "mail/message.h"

namespace wujin::mailbox {
namespace {

bool is_control(char byte) { return static_cast<unsigned char>(byte) < ' ' || byte == 0x7F; }

}  // namespace

std::string etag_of(const LetterCore& letter) { return "\"" + std::to_string(letter.version) + "\""; }

bool is_open(const LetterCore& letter) {
  return letter.state == LetterState::waiting || letter.state == LetterState::set_aside || letter.state == LetterState::failed;
}

bool can_be_answered(const Letter& letter) {
  return letter.channel == Channel::mail && !letter.contents.is_automatic && mail::is_address(letter.contents.reply_to);
}

std::string kept_text(std::string_view text, std::size_t most) {
  std::string out;
  out.reserve(std::min(text.size(), most));
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::size_t taken = std::max<std::size_t>(length, 1);
    const bool is_kept = length > 1 || (length == 1 && (!is_control(text[0]) || text[0] == '\n' || text[0] == '\t'));
    if (is_kept && out.size() + length > most) break;
    if (is_kept) out += text.substr(0, length);
    text.remove_prefix(taken);
  }
  return out;
}

std::string kept_characters(std::string_view text, std::size_t most) {
  const std::string whole = kept_text(text, std::string::npos);
  std::size_t end = 0;
  for (; end < whole.size() && most > 0; --most) end += character_length(std::string_view(whole).substr(end));
  return whole.substr(0, end);
}

std::string kept_address(std::string_view address) {
  constexpr std::size_t longest_address = 254;
  return mail::lower(kept_text(address, longest_address));
}

bool is_suspicious(std::string_view authentication) {
  const std::string words = mail::lower(authentication);
  const auto says = [&](std::string_view what) { return words.find(what) != std::string::npos; };
  if (says("dmarc=fail")) return true;
  const bool is_vouched_for = says("dkim=pass") || says("spf=pass");
  return !is_vouched_for && (says("spf=fail") || says("spf=softfail") || says("dkim=fail"));
}

bool bound(Understanding& understanding) {
  bool was_cut = false;
  const auto cut = [&](std::string& text, std::size_t most, bool matters) {
    std::string kept = kept_characters(text, most);
    was_cut = was_cut || (matters && count_characters(kept) < count_characters(text));
    text = std::move(kept);
  };
  const auto cut_captions = [&](std::vector<PictureRef>& pictures) {
    for (PictureRef& picture : pictures) cut(picture.caption, 400, false);
  };
  for (auto* words : {&understanding.place.words, &understanding.form.words, &understanding.month.words}) cut(*words, 400, false);
  for (FoundActivity& activity : understanding.activities) {
    for (auto* words : {&activity.week.words, &activity.held_on.words, &activity.entry.words}) cut(*words, 400, false);
    cut(activity.heading, 1000, false);
    cut(activity.text, 20'000, true);
    cut_captions(activity.pictures);
  }
  for (FoundRow& row : understanding.rows) {
    for (auto* words : {&row.from.words, &row.to.words, &row.places.words}) cut(*words, 400, false);
    cut(row.week_label, 200, false);
    cut(row.focus, 4000, true);
    cut(row.in_charge, 200, true);
  }
  cut(understanding.no_activity_reason, 4000, true);
  cut_captions(understanding.unplaced);
  return was_cut;
}

Head head_of(const Contents& contents, const Understanding& understanding, std::vector<Caution> cautions) {
  Head head;
  head.from_name = contents.from_name;
  head.from_address = contents.from_address;
  head.subject = contents.subject;
  head.documents = static_cast<int>(std::ranges::count_if(contents.parts, &Part::is_document));
  std::size_t pictures = contents.loose.size();
  for (const TextSource& source : contents.sources) pictures += source.pictures.size();
  head.pictures = static_cast<int>(pictures);
  head.place = understanding.place.value;
  head.form = understanding.form.value;
  head.month = understanding.month.value;
  head.doubts = understanding.doubts;
  head.cautions = std::move(cautions);
  return head;
}

}  // namespace wujin::mailbox
