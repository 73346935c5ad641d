#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "base/clock.h"
#include "base/result.h"

// A message taken apart (MIME), by GMime. What people send is read as far as it can be; what cannot is said, never thrown.
namespace wujin::mail {

struct Mailbox {
  std::string name;     // UTF-8
  std::string address;  // empty when it is none
};

// What the reader met and could not take as it stood.
enum class Fault : std::uint8_t {
  truncated,        // ends in the middle
  broken_encoding,  // base64 or quoted-printable that is none
  wrong_charset,    // bytes that are none of the charset told; read as GB18030 or by replacing
  too_many_parts,
  too_deep,
  too_large,  // an attachment or what an archive unpacks to
  archive_damaged,
  archive_locked,  // asks for a password
};
BOOST_DESCRIBE_ENUM(Fault, truncated, broken_encoding, wrong_charset, too_many_parts, too_deep, too_large, archive_damaged,
                    archive_locked)

struct Attachment {
  std::string name;            // as the sender named it, UTF-8, without folders; empty when it has none
  std::string media_type;      // lower case, as declared; of an archive's files by their extension
  std::filesystem::path file;  // its decoded bytes, in the folder given
  std::uint64_t bytes = 0;
  bool is_inline = false;  // stands within the text
  std::string content_id;  // without < >
  // The ZIP, winmail.dat or forwarded message (its subject, else its name) it came in; of several, the outer first, parted by /.
  // Empty: the message's own.
  std::string archive;
  std::string folder;  // within the archive, UTF-8, parted by /
};

// A picture that stands within the text.
struct TextPicture {
  std::size_t at = 0;          // bytes of `Letter::text` before it
  std::size_t attachment = 0;  // of Letter::attachments
};

struct Letter {
  Mailbox from;
  Mailbox reply_to;  // as `from` when there is none
  std::string subject;
  std::string message_id;        // without < >
  std::optional<Instant> dated;  // what the sender's machine says: a claim
  // Made by a machine (RFC 3834): Auto-Submitted, a list, a bounce. Nothing is ever answered to it.
  bool is_automatic = false;
  std::string authentication;  // Authentication-Results, as the receiving server left them
  std::string text;            // plain; from the HTML when there is no other
  std::string html;            // as it came: to be shown only after it was cleaned
  std::vector<Attachment> attachments;
  std::vector<TextPicture> text_pictures;  // in their order, each attachment once
  std::vector<std::string> cloud_links;    // to files that lie elsewhere; never fetched
  std::vector<Fault> faults;               // each once
};

struct LetterLimits {
  std::size_t header = 1u << 20;  // bytes of one part's header
  std::size_t parts = 500;
  int depth = 20;
  std::uint64_t attachment = 64ull << 20;  // bytes, decoded
  std::uint64_t unpacked = 256ull << 20;   // bytes of all attachments, archives unpacked
  std::size_t text = 2u << 20;             // bytes kept of text, and of HTML
  int archive_depth = 2;
  std::size_t archive_files = 300;
};

// Reads the message in `file`; attachments are written into `folder`, under names of our own. ZIPs, winmail.dat and forwarded
// letters are opened: their files stand here instead of them, beside them when not all could be taken. Throws only when the disk
// fails. Memory is bounded by the limits, not by the message.
Letter read_letter(const std::filesystem::path& file, const std::filesystem::path& folder, const LetterLimits& limits = {});

// The files of an archive, as attachments: what somebody drags onto the desk. `name` is the archive's. Empty when it is none;
// faults are added to.
std::vector<Attachment> unpack(const std::filesystem::path& archive, const std::string& name, const std::filesystem::path& folder,
                               const LetterLimits& limits, std::vector<Fault>& faults);

}  // namespace wujin::mail
