#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/id.h"
#include "base/problem.h"
#include "mail/letter.h"
#include "mailbox/filing.h"
#include "mailbox/understanding.h"

// What came to a station: by mail, or dragged onto its desk.
namespace wujin::mailbox {

enum class Channel : std::uint8_t { mail, import };
BOOST_DESCRIBE_ENUM(Channel, mail, import)

enum class LetterState : std::uint8_t {
  reading,  // taken in, not read yet
  waiting,  // for a person
  filing,   // on its way to be a report or a plan
  filed,
  set_aside,
  failed  // it could not be read at all
};
BOOST_DESCRIBE_ENUM(LetterState, reading, waiting, filing, filed, set_aside, failed)

enum class SetAsideReason : std::uint8_t { unrelated, duplicate, advertising, handled_elsewhere, personal };
BOOST_DESCRIBE_ENUM(SetAsideReason, unrelated, duplicate, advertising, handled_elsewhere, personal)

// Why a document of a letter was not read, or not all of it.
enum class DocumentFault : std::uint8_t {
  macros,
  embedded_object,
  outside_reference,
  missing_picture,
  unknown_picture,
  cut,
  not_word,
  not_excel,
  damaged,
  locked,
  bomb,
  no_converter  // an old format, and no LibreOffice is installed
};
BOOST_DESCRIBE_ENUM(DocumentFault, macros, embedded_object, outside_reference, missing_picture, unknown_picture, cut, not_word,
                    not_excel, damaged, locked, bomb, no_converter)

inline constexpr std::size_t longest_name = 255;  // bytes kept of a sender's name or a file's

// A file that came with a letter; its bytes lie in the letters' vault.
struct Part {
  std::string name;
  std::string media_type;  // what its bytes are, as far as they were looked at; else as declared
  std::string sha256;      // in hexadecimal
  std::int64_t bytes = 0;
  std::string archive;       // the ZIP, winmail.dat or forwarded message it came in
  bool is_document = false;  // it was read as text
  bool is_picture = false;   // a browser shows it
  std::optional<DocumentFault> fault;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name, media_type, sha256, bytes, archive, is_document, is_picture, fault))

// A text of a letter, as it was given to understand(): the same order, the same numbers.
struct TextSource {
  std::string name;  // of the file; empty: the letter's own text
  int part = -1;     // of Contents::parts
  std::string text;
  std::vector<std::string> pictures;  // their names within the document; of a letter's own text numbers of Contents::parts
  std::vector<DocumentFault> faults;
  std::optional<std::string> converted{};  // SHA-256 of the new file an old one was turned into: its pictures are in that
};
BOOST_DESCRIBE_STRUCT(TextSource, (), (name, part, text, pictures, faults, converted))

// What stands in a letter, kept once it was read.
struct Contents {
  std::string from_name;
  std::string from_address;  // lower case
  std::string reply_to;      // lower case
  std::string subject;
  std::optional<Instant> dated;
  bool is_automatic = false;
  std::string authentication;
  std::string text;
  std::string html;
  std::vector<Part> parts;
  std::vector<TextSource> sources;
  std::vector<int> loose;  // of `parts`: pictures that stand in no document
  std::vector<std::string> cloud_links;
  std::vector<mail::Fault> faults;
};
BOOST_DESCRIBE_STRUCT(Contents, (),
                      (from_name, from_address, reply_to, subject, dated, is_automatic, authentication, text, html, parts,
                       sources, loose, cloud_links, faults))

// Why a person has to look beside what understand() doubts.
enum class Caution : std::uint8_t {
  sender_unconfirmed,   // nobody has filed a letter of this address for this place
  sender_suspicious,    // SPF, DKIM or DMARC failed at the receiving server
  from_machine,         // a bounce, a list, an automatic answer
  arrival_unconfirmed,  // of an import
  no_campaign           // the town has none
};
BOOST_DESCRIBE_ENUM(Caution, sender_unconfirmed, sender_suspicious, from_machine, arrival_unconfirmed, no_campaign)

// A letter as lists show it.
struct Head {
  std::string from_name;
  std::string from_address;
  std::string subject;
  int documents = 0;
  int pictures = 0;
  std::optional<PlaceId> place;
  std::optional<Deliverable> form;
  std::optional<Month> month;
  std::vector<Doubt> doubts;
  std::vector<Caution> cautions;
};
BOOST_DESCRIBE_STRUCT(Head, (), (from_name, from_address, subject, documents, pictures, place, form, month, doubts, cautions))

// A fault of what was to be filed, told in both languages when it was met.
struct KeptFault {
  std::string field;
  std::string code;
  std::string chinese;
  std::string english;
};
BOOST_DESCRIBE_STRUCT(KeptFault, (), (field, code, chinese, english))

struct Hindered {
  Hindrance hindrance = Hindrance::not_settled;
  std::vector<KeptFault> faults;
};
BOOST_DESCRIBE_STRUCT(Hindered, (), (hindrance, faults))

struct FiledNote {
  CampaignId campaign;
  Filed filed;
  std::optional<std::string> by;  // nothing: nobody had to look
  Instant at;
};
BOOST_DESCRIBE_STRUCT(FiledNote, (), (campaign, filed, by, at))

struct TakenBackNote {
  CampaignId campaign;
  TakenBack what;
  std::string by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(TakenBackNote, (), (campaign, what, by, at))

struct SetAside {
  SetAsideReason reason = SetAsideReason::unrelated;
  std::string by;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(SetAside, (), (reason, by, at))

// That somebody, or nobody, wants it filed.
struct FilingAsked {
  std::optional<std::string> by;
  std::optional<Uuid> account;
  std::optional<Instant> arrived_at;  // of an import, as the officer confirmed
  bool beside_people = false;
};
BOOST_DESCRIBE_STRUCT(FilingAsked, (), (by, account, arrived_at, beside_people))

// What became of a letter.
struct Course {
  std::optional<FilingAsked> asked;
  std::optional<Hindered> hindered;
  std::optional<FiledNote> filed;
  std::optional<SetAside> set_aside;
  std::optional<TakenBackNote> taken_back;  // until it is filed again
};
BOOST_DESCRIBE_STRUCT(Course, (), (asked, hindered, filed, set_aside, taken_back))

// What is known of every letter from the first; what lists need.
struct LetterCore {
  Id<Letter> id;
  PlaceId town;
  Channel channel = Channel::mail;
  LetterState state = LetterState::reading;
  std::int64_t version = 1;
  std::string message_id;
  std::string body_sha256;
  std::string raw_sha256;  // of the mail as it came, in hexadecimal; empty: it was none, or too large to be fetched
  std::int64_t raw_bytes = 0;
  Instant arrived_at;  // INTERNALDATE; of an import when it was dragged
  Instant fetched_at;
  Head head;
  Course course;
};

struct Letter : LetterCore {
  Contents contents;
  std::optional<CampaignId> campaign;  // whose words it was read by
  Understanding understanding;
};

std::string etag_of(const LetterCore& letter);

// Whether a person may still say what it is, and have it filed.
bool is_open(const LetterCore& letter);
// Whether its sender can be written to.
bool can_be_answered(const Letter& letter);

// Text as it may be kept and shown: well-formed, without control characters other than tabs and line ends, at most `most` bytes,
// cut between characters.
std::string kept_text(std::string_view text, std::size_t most);
// The same, at most `most` characters.
std::string kept_characters(std::string_view text, std::size_t most);
// An address in lower case.
std::string kept_address(std::string_view address);

// True when what the receiving server found of SPF, DKIM and DMARC (RFC 8601) speaks against the sender.
bool is_suspicious(std::string_view authentication);

// Cuts what is longer than the wire lets it be; true when something of what would be filed was cut.
bool bound(Understanding& understanding);

// The head of a letter whose contents, understanding and cautions are these.
Head head_of(const Contents& contents, const Understanding& understanding, std::vector<Caution> cautions);

}  // namespace wujin::mailbox
