#include "converter/converter.h"

#include <fstream>
#include <memory>
#include <system_error>

#include <unistd.h>

#include "base/text.h"
#include "converter/program_run.h"

namespace wujin::converter {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

// A folder that is gone, with all in it, when nobody holds it any more.
class PassingFolder {
 public:
  explicit PassingFolder(fs::path path) : path_(std::move(path)) { fs::create_directories(path_); }
  ~PassingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  PassingFolder(const PassingFolder&) = delete;
  PassingFolder& operator=(const PassingFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  const fs::path path_;
};

// A path as LibreOffice takes it.
std::string url_of(const fs::path& path) { return "file://" + replaced(percent_encoded(path.string()), "%2F", "/"); }

// What stands in a file does not make LibreOffice look for more of it elsewhere. Our own Word files point nowhere; this holds for
// what a template might have brought in all the same.
constexpr std::string_view profile = R"(<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
)";

void make_profile(const fs::path& folder) {
  if (fs::exists(folder)) return;
  fs::create_directories(folder / "user");
  std::ofstream(folder / "user" / "registrymodifications.xcu", std::ios::binary) << profile;
}

bool begins_with(const fs::path& path, std::string_view words) {
  std::ifstream file(path, std::ios::binary);
  std::string head(words.size(), '\0');
  return file.read(head.data(), static_cast<std::streamsize>(head.size())) && head == words;
}

// The beginning of what the program said, on one line.
std::string words_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string words(300, '\0');
  file.read(words.data(), static_cast<std::streamsize>(words.size()));
  words.resize(static_cast<std::size_t>(file.gcount()));
  for (char& letter : words) {
    if (static_cast<unsigned char>(letter) < ' ') letter = ' ';
  }
  return words;
}

}  // namespace

// What is made of what.
struct Converter::Target {
  std::string_view source;  // the name of the file it is made of
  std::string_view made;    // of the file that is made
  std::string_view filter;
  std::string_view begins;  // how such a file begins
};

fs::path find_office(const fs::path& named, std::string_view search_path) {
  if (!named.empty()) return is_program(named) ? fs::absolute(named) : fs::path();
  for (const char* name : {"soffice", "libreoffice"}) {
    for (std::string_view rest = search_path; !rest.empty();) {
      const auto colon = rest.find(':');
      fs::path found = fs::path(rest.substr(0, colon)) / name;
      if (found.is_absolute() && is_program(found)) return found;
      rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
    }
  }
  return {};
}

Converter::Converter(Settings settings, Log log)
    : settings_(std::move(settings)), log_(std::move(log)), pool_(1, settings_.most_waiting) {
  fs::remove_all(settings_.folder);  // what a crash left behind
  if (!settings_.program.empty()) fs::create_directories(settings_.folder);
}

Converter::~Converter() { stop(); }

void Converter::stop() { stop_.request_stop(); }

Task<Result<http::FileBody>> Converter::convert(Source source) {
  if (settings_.program.empty()) co_return Problem(ProblemCode::converter_missing);
  const auto work = [this, source = std::move(source)] { return convert_now(source); };
  co_return co_await pool_.run(std::cref(work));
}

Result<http::FileBody> Converter::convert_now(const Source& source) {
  if (stop_.stop_requested()) return Problem(ProblemCode::converter_failed);
  const auto number = next_.fetch_add(1, std::memory_order_relaxed);
  const auto folder = std::make_shared<const PassingFolder>(settings_.folder / std::to_string(number));
  source(folder->path() / "document.docx");
  const Target target{"document.docx", "document.pdf", "pdf:writer_pdf_Export", "%PDF-"};
  if (const auto made = make(folder->path(), target); !made) return made.error();
  const fs::path pdf = folder->path() / "document.pdf";
  return http::FileBody{pdf, fs::file_size(pdf), folder};
}

Result<> Converter::modernise(const fs::path& file, Old old, const fs::path& into) {
  if (settings_.program.empty()) return Problem(ProblemCode::converter_missing);
  // By these names LibreOffice looks at what a file is; by .wps it takes it for one of Microsoft Works.
  static constexpr Target word{"document.doc", "document.docx", "docx:MS Word 2007 XML", "PK"};
  static constexpr Target excel{"document.xls", "document.xlsx", "xlsx:Calc MS Excel 2007 XML", "PK"};
  const Target& target = old == Old::word ? word : excel;
  const auto number = next_.fetch_add(1, std::memory_order_relaxed);
  const PassingFolder folder(settings_.folder / std::to_string(number));
  fs::copy_file(file, folder.path() / target.source);
  if (const auto made = make(folder.path(), target); !made) return made.error();
  fs::copy_file(folder.path() / target.made, into);
  return {};
}

// LibreOffice is quicker with the profile it made for itself the first time; one that it was killed in may be damaged.
Result<> Converter::make(const fs::path& folder, const Target& target) {
  const std::lock_guard lock(one_at_a_time_);
  if (stop_.stop_requested()) return Problem(ProblemCode::converter_failed);
  const fs::path profile_folder = settings_.folder / "profile";
  make_profile(profile_folder);
  Invocation office;
  office.program = settings_.program;
  office.arguments = {"-env:UserInstallation=" + url_of(fs::absolute(profile_folder)),
                      "--headless",
                      "--norestore",
                      "--nolockcheck",
                      "--convert-to",
                      std::string(target.filter),
                      "--outdir",
                      fs::absolute(folder).string(),
                      fs::absolute(folder / target.source).string()};
  office.folder = fs::absolute(folder);
  office.words = fs::absolute(folder / "words");
  office.time_limit = settings_.time_limit;
  const Ending ending = run(office, stop_.get_token());
  // It answers 0 for files it could not read, too.
  if (ending == Ending::done && begins_with(folder / target.made, target.begins)) return {};
  fs::remove_all(profile_folder);
  if (ending == Ending::too_slow) {
    log_("LibreOffice took too long and was ended");
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(settings_.time_limit).count();
    return Problem(ProblemCode::converter_too_slow, {{"limit", std::to_string(seconds)}});
  }
  if (ending != Ending::stopped) log_("LibreOffice made no file: " + words_of(office.words));
  return Problem(ProblemCode::converter_failed);
}

}  // namespace wujin::converter
