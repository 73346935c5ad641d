// Word files as PDF. Small programs written here stand in for LibreOffice, to be slow, to crash and to look about; the last test
// is of LibreOffice itself, where it is installed.
#include "converter/converter_api.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <future>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

namespace wujin::converter {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
void write(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::vector<std::string> lines_of(const fs::path& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

int run_shell(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// Whether a process does anything any more: one that waits to be taken away does not.
bool is_running(pid_t number) {
  std::ifstream file("/proc/" + std::to_string(number) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  const auto state = line.find(") ");
  return state != std::string::npos && line[state + 2] != 'Z' && line[state + 2] != 'X';
}

ProblemCode code_of(const Result<http::FileBody>& result) { return result ? ProblemCode::not_found : result.error().code(); }

class ConverterTest : public testing::Test {
 protected:
  ~ConverterTest() override { fs::remove_all(root); }

  // A program that knows $word, the file it is given, and $out, the folder its PDF goes to.
  fs::path program(const std::string& lines) {
    const fs::path path = root / ("office-" + std::to_string(++programs_));
    write(path, "#!/bin/sh\nwhile [ $# -gt 0 ]; do [ \"$1\" = --outdir ] && out=$2; word=$1; shift; done\n" + lines + "\n");
    fs::permissions(path, fs::perms::owner_all);
    return path;
  }
  static std::string good() { return R"({ printf '%%PDF-'; cat "$word"; } > "$out/document.pdf")"; }

  Settings settings(const fs::path& office) {
    Settings settings;
    settings.program = office;
    settings.folder = root / "converting";
    return settings;
  }
  Converter::Log log() {
    return [this](std::string_view words) { logged.emplace_back(words); };
  }
  static Converter::Source source(std::string bytes = "a Word file") {
    return [bytes = std::move(bytes)](const fs::path& to) { write(to, bytes); };
  }
  template <class T>
  static T wait(Task<T> task) {
    boost::asio::io_context loop;
    auto outcome = boost::asio::co_spawn(loop, std::move(task), boost::asio::use_future);
    loop.run();
    return outcome.get();
  }
  static Result<http::FileBody> convert(Converter& converter, std::string bytes = "a Word file") {
    return wait(converter.convert(source(std::move(bytes))));
  }
  // What lies in the converter's folder beside the profile.
  std::vector<std::string> left_over() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(root / "converting")) names.push_back(entry.path().filename().string());
    std::erase(names, "profile");
    return names;
  }

  static fs::path make_root() {
    std::string name = fs::temp_directory_path() / "wujin-converter-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    return name;
  }

  const fs::path root = make_root();
  std::vector<std::string> logged;

 private:
  int programs_ = 0;
};

TEST_F(ConverterTest, looks_for_the_program_by_name_or_on_the_path) {
  const fs::path own = program("");
  for (const char* folder : {"first", "second"}) fs::create_directories(root / folder);
  write(root / "first" / "soffice", "no program: it may not be run");
  fs::copy_file(own, root / "first" / "libreoffice");
  const std::string path =
      "relative:" + (root / "none").string() + ':' + (root / "first").string() + ':' + (root / "second").string();
  EXPECT_EQ(find_office("", path), root / "first" / "libreoffice");
  fs::copy_file(own, root / "second" / "soffice");
  EXPECT_EQ(find_office("", path), root / "second" / "soffice");
  EXPECT_EQ(find_office(own, path), own);
  EXPECT_EQ(find_office(root / "none", path), fs::path()) << "one that was named is not replaced by another";
  EXPECT_EQ(find_office(root / "first" / "soffice", path), fs::path());
  EXPECT_EQ(find_office("", ""), fs::path());
}

TEST_F(ConverterTest, makes_a_pdf_that_goes_with_its_answer) {
  fs::create_directories(root / "converting" / "left by a crash");
  Converter converter(settings(program(good())), log());
  EXPECT_THAT(left_over(), IsEmpty());
  {
    const auto made = convert(converter, "院坝会");
    ASSERT_TRUE(made);
    EXPECT_EQ(read(made->path), "%PDF-院坝会");
    EXPECT_EQ(made->size, std::string("%PDF-院坝会").size());
  }
  EXPECT_THAT(left_over(), IsEmpty());
  EXPECT_THAT(logged, IsEmpty());
}

TEST_F(ConverterTest, says_so_when_there_is_no_program) {
  Converter converter(settings(""), log());
  EXPECT_EQ(code_of(convert(converter)), ProblemCode::converter_missing);
  EXPECT_FALSE(fs::exists(root / "converting"));
}

TEST_F(ConverterTest, says_so_when_no_pdf_comes_of_it_and_begins_anew_with_the_next) {
  const std::string profile = "test -e " + (root / "converting/profile/old").string();
  const std::string bad[] = {
      "exit 1",
      "echo 'source file could not be loaded'; exit 0",
      "echo no PDF > \"$out/document.pdf\"",
      "mkdir \"$out/document.pdf\"",
      "kill -SEGV $$",
  };
  for (const std::string& lines : bad) {
    Converter converter(settings(program("touch " + (root / "converting/profile/old").string() + "\n" + lines)), log());
    logged.clear();
    EXPECT_EQ(code_of(convert(converter)), ProblemCode::converter_failed) << lines;
    ASSERT_EQ(logged.size(), 1U) << lines;
    EXPECT_NE(run_shell(profile), 0) << "the profile may be damaged";
    EXPECT_THAT(left_over(), IsEmpty()) << lines;
  }
  EXPECT_EQ(code_of(wait(Converter(settings("/nowhere/soffice"), log()).convert(source()))), ProblemCode::converter_failed);
}

TEST_F(ConverterTest, tells_the_log_what_the_program_said) {
  Converter converter(settings(program("echo 'could not be loaded'; exit 3")), log());
  EXPECT_FALSE(convert(converter));
  EXPECT_THAT(logged, testing::ElementsAre(HasSubstr("could not be loaded")));
}

TEST_F(ConverterTest, keeps_the_profile_for_the_next) {
  const std::string note = (root / "profiles").string();
  Converter converter(settings(program(good() + "\nls " + (root / "converting/profile").string() + " | tr '\\n' ' ' >> " + note +
                                       "; echo >> " + note + "; touch " + (root / "converting/profile/own").string())),
                      log());
  EXPECT_TRUE(convert(converter));
  EXPECT_TRUE(convert(converter));
  EXPECT_THAT(lines_of(note), testing::ElementsAre("user ", "own user "));
  EXPECT_THAT(read(root / "converting/profile/user/registrymodifications.xcu"), HasSubstr("BlockUntrustedRefererLinks"));
}

TEST_F(ConverterTest, ends_what_takes_too_long_with_all_that_it_started) {
  const fs::path numbers = root / "numbers";
  Settings impatient =
      settings(program("sleep 1000 & echo $! > " + numbers.string() + "; echo $$ >> " + numbers.string() + "; wait"));
  impatient.time_limit = std::chrono::seconds(3);
  Converter converter(impatient, log());
  const auto made = convert(converter);
  EXPECT_EQ(code_of(made), ProblemCode::converter_too_slow);
  const auto started = lines_of(numbers);
  ASSERT_EQ(started.size(), 2U);
  for (const std::string& number : started) {
    while (is_running(static_cast<pid_t>(std::stol(number)))) std::this_thread::yield();  // killed, not yet gone
  }
  EXPECT_THAT(left_over(), IsEmpty());
}

TEST_F(ConverterTest, converts_one_at_a_time_and_sends_away_who_finds_the_queue_full) {
  const std::string base = root.string();
  const fs::path office = program("mkdir " + base + "/lock || touch " + base + "/two-at-once\nwhile [ ! -e " + base +
                                  "/go ]; do sleep 0.01; done\n" + good() + "\nrmdir " + base + "/lock");
  Settings few = settings(office);
  few.most_waiting = 2;
  Converter converter(few, log());
  std::promise<void> has_begun;
  Converter::Source first = [&](const fs::path& to) {
    write(to, "first");
    has_begun.set_value();
  };
  boost::asio::io_context loop;
  std::vector<std::future<Result<http::FileBody>>> outcomes;
  outcomes.push_back(boost::asio::co_spawn(loop, converter.convert(first), boost::asio::use_future));
  loop.poll();
  has_begun.get_future().wait();
  for (int i = 0; i < 3; ++i) {
    outcomes.push_back(boost::asio::co_spawn(loop, converter.convert(source()), boost::asio::use_future));
    loop.poll();
  }
  write(root / "go", "");
  loop.run();
  EXPECT_TRUE(outcomes[0].get());
  EXPECT_TRUE(outcomes[1].get());
  EXPECT_TRUE(outcomes[2].get());
  EXPECT_EQ(code_of(outcomes[3].get()), ProblemCode::busy);
  EXPECT_FALSE(fs::exists(root / "two-at-once"));
}

TEST_F(ConverterTest, ends_what_runs_when_the_server_stops) {
  Converter converter(settings(program("touch " + (root / "begun").string() + "; sleep 1000")), log());
  boost::asio::io_context loop;
  auto running = boost::asio::co_spawn(loop, converter.convert(source()), boost::asio::use_future);
  auto waiting = boost::asio::co_spawn(loop, converter.convert(source()), boost::asio::use_future);
  loop.poll();
  while (!fs::exists(root / "begun")) std::this_thread::yield();
  converter.stop();
  loop.run();
  EXPECT_EQ(code_of(running.get()), ProblemCode::converter_failed);
  EXPECT_EQ(code_of(waiting.get()), ProblemCode::converter_failed);
  EXPECT_EQ(code_of(convert(converter)), ProblemCode::converter_failed);
  EXPECT_THAT(logged, IsEmpty()) << "nothing is wrong with LibreOffice";
}

TEST_F(ConverterTest, gives_the_program_nothing_of_the_servers) {
  const std::string note = (root / "note").string();
  const std::string look = "\nenv > " + note + "; pwd > " + note +
                           ".folder; for one in /proc/$$/fd/*; do readlink $one || true; done > " + note + ".descriptors";
  Converter converter(settings(program(good() + look)), log());
  write(root / "of-the-server", "");
  const std::ifstream open_meanwhile(root / "of-the-server");
  ::setenv("WUJIN_TEST_SECRET", "postgresql://secret", 1);
  const auto made = convert(converter);
  ::unsetenv("WUJIN_TEST_SECRET");
  ASSERT_TRUE(made);
  const std::string folder = made->path.parent_path().string();
  EXPECT_THAT(read(note),
              AllOf(Not(HasSubstr("secret")), HasSubstr("HOME=" + folder + "\n"), HasSubstr("TMPDIR=" + folder + "\n")));
  EXPECT_EQ(read(note + ".folder"), folder + "\n");
  EXPECT_THAT(lines_of(note + ".descriptors"),
              AllOf(Contains("/dev/null"),
                    Each(AnyOf("/dev/null", folder + "/words", note + ".descriptors", (root / "office-1").string()))));
}

TEST_F(ConverterTest, leaves_the_program_no_network) {
  if (run_shell("unshare --user --net true 2>/dev/null") != 0)
    GTEST_SKIP() << "this kernel lets nobody have a network of their own";
  const std::string note = (root / "network").string();
  Converter converter(settings(program(good() + "\ntail -n +3 /proc/net/dev > " + note + "; cat /proc/net/route >> " + note +
                                       "; id -u >> " + note)),
                      log());
  ASSERT_TRUE(convert(converter));
  for (const std::string& line : lines_of(note)) {
    EXPECT_THAT(line, AnyOf(HasSubstr("lo:"), HasSubstr("Iface"), std::to_string(::geteuid())));
  }
}

// ── on the wire ──

class PdfRoutes : public ConverterTest {
 protected:
  PdfRoutes() {
    router.add(http::Method::get, "/plans/{place}/document.docx", [this](http::Request& request) -> Task<Result<http::Response>> {
      if (request.parameter("place") == "none") co_return Problem(ProblemCode::not_found);
      if (request.parameter("place") == "frozen") {
        http::Response response = http::Response::document("", "application/word", "冻结.docx");
        response.body = http::FileBody{root / "frozen", 6};
        response.tagged("abc");
        co_return response;
      }
      co_return http::Response::document("a plan", "application/word", "宝峰镇计划表.docx");
    });
    router.add(http::Method::post, "/plans/{place}/upload.docx",
               [](http::Request&) -> Task<Result<http::Response>> { co_return http::Response::empty(); });
    router.add(http::Method::get, "/plans/{place}",
               [](http::Request&) -> Task<Result<http::Response>> { co_return http::Response::empty(); });
    write(root / "frozen", "frozen");
    add_pdf_routes(router, converter);
  }
  Result<http::Response> get(const std::string& path) {
    const auto match = router.find(http::Method::get, path);
    if (match.handler == nullptr) return Problem(ProblemCode::method_not_allowed);
    http::Request request;
    request.parameters = match.parameters;
    return wait((*match.handler)(request));
  }

  Converter converter{settings(program(good())), log()};
  http::Router router;
};

TEST_F(PdfRoutes, stand_beside_every_word_file_and_nothing_else) {
  std::vector<std::string> paths;
  for (const auto& route : router.list())
    paths.push_back(std::string(http::name_of(route.method)) + ' ' + std::string(route.pattern));
  EXPECT_THAT(paths, testing::UnorderedElementsAre("GET /plans/{place}/document.docx", "POST /plans/{place}/upload.docx",
                                                   "GET /plans/{place}", "GET /plans/{place}/document.pdf"));
}

TEST_F(PdfRoutes, give_what_the_word_file_is_under_its_name) {
  const auto plan = get("/plans/here/document.pdf");
  ASSERT_TRUE(plan);
  EXPECT_EQ(read(std::get<http::FileBody>(plan->body).path), "%PDF-a plan");
  EXPECT_EQ(plan->header("content-type"), "application/pdf");
  EXPECT_THAT(std::string(plan->header("content-disposition")),
              AllOf(HasSubstr(".pdf\""), testing::EndsWith(".pdf"), Not(HasSubstr("docx"))));
  const auto frozen = get("/plans/frozen/document.pdf");
  ASSERT_TRUE(frozen);
  EXPECT_EQ(read(std::get<http::FileBody>(frozen->body).path), "%PDF-frozen");
  EXPECT_EQ(frozen->header("etag"), "") << "that is the Word file's";
  EXPECT_EQ(read(root / "frozen"), "frozen");
}

TEST_F(PdfRoutes, are_refused_as_the_word_file_is) {
  EXPECT_EQ(get("/plans/none/document.pdf").error().code(), ProblemCode::not_found);
}

TEST_F(ConverterTest, turns_old_files_into_new_ones) {
  const std::string office = R"(case "$word" in *.doc) new=docx ;; *.xls) new=xlsx ;; esac
{ printf PK; cat "$word"; } > "$out/document.$new")";
  Converter converter(settings(program(office)), log());
  write(root / "old.wps", "an old file");
  ASSERT_TRUE(converter.modernise(root / "old.wps", Converter::Old::word, root / "new.docx"));
  EXPECT_EQ(read(root / "new.docx"), "PKan old file");
  ASSERT_TRUE(converter.modernise(root / "old.wps", Converter::Old::excel, root / "new.xlsx"));
  EXPECT_EQ(read(root / "new.xlsx"), "PKan old file");
  Converter none(settings(""), log());
  const auto refused = none.modernise(root / "old.wps", Converter::Old::word, root / "none");
  EXPECT_EQ(refused.error().code(), ProblemCode::converter_missing);
}

TEST_F(ConverterTest, says_so_when_an_old_file_cannot_be_turned_into_a_new_one) {
  Converter converter(settings(program("echo no > \"$out/document.docx\"")), log());
  write(root / "old.doc", "an old file");
  const auto refused = converter.modernise(root / "old.doc", Converter::Old::word, root / "new.docx");
  EXPECT_EQ(refused.error().code(), ProblemCode::converter_failed);
  EXPECT_FALSE(fs::exists(root / "new.docx"));
}

// ── LibreOffice itself ──

TEST_F(ConverterTest, makes_pages_of_the_shipped_forms) {
  const char* path = std::getenv("PATH");
  const fs::path office = find_office("", path != nullptr ? path : "");
  if (office.empty()) GTEST_SKIP() << "LibreOffice is not installed";
  Settings patient = settings(office);
  patient.time_limit = std::chrono::minutes(5);  // of a machine that does much else
  Converter converter(patient, log());
  const fs::path form = fs::path(WUJIN_SOURCE_DIR) / "campaigns/baofeng-2023/templates/plan.docx";
  const Converter::Source copy = [&](const fs::path& to) { fs::copy_file(form, to); };
  const auto made = wait(converter.convert(copy));
  ASSERT_TRUE(made) << testing::PrintToString(logged);
  ASSERT_EQ(run_shell("pdftotext -layout " + made->path.string() + ' ' + (root / "text").string()), 0);
  EXPECT_THAT(read(root / "text"), HasSubstr("负责人"));
  const Converter::Source broken = [&](const fs::path& to) { write(to, read(form).substr(0, fs::file_size(form) / 2)); };
  EXPECT_EQ(code_of(wait(converter.convert(broken))), ProblemCode::converter_failed);
}

}  // namespace
}  // namespace wujin::converter
