#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "base/result.h"
#include "files/vault.h"
#include "mailbox/letter.h"
#include "mailbox/letters_store.h"

// What stands in a letter: the mail taken apart, its documents read, every file of it in the vault.
namespace wujin::mailbox {

struct ReadLetter {
  Contents contents;
  Incoming incoming;          // as understand() takes it; its sources and pictures are numbered as those of the contents
  std::vector<Doubt> doubts;  // what reading itself leaves open: something of the letter is missing
};

enum class OldFormat : std::uint8_t { word, excel };
// Turns an old Word or Excel file into a new one. Empty where no program does that.
using Modernise = std::function<Result<>(const std::filesystem::path& file, OldFormat format, const std::filesystem::path& into)>;

// Blocks; `folder` must be on the vault's file system and is left empty or gone. Throws only when the disk fails.
ReadLetter read_mail(files::Vault& vault, const Modernise& modernise, const LetterCore& letter,
                     const std::filesystem::path& folder);
// What was dragged onto the desk: documents, pictures, archives, saved mails.
ReadLetter read_import(files::Vault& vault, const Modernise& modernise, const LetterCore& letter,
                       const std::vector<ImportedFile>& files, const std::filesystem::path& folder);

}  // namespace wujin::mailbox
