#include "mail/imap.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "files/open_file.h"
#include "mail/imap_envelopes.h"
#include "mail/imap_opening.h"

namespace wujin::mail {
namespace {

constexpr std::size_t uids_a_fetch = 100;
constexpr std::size_t most_folders = 10'000;
constexpr std::chrono::minutes longest_idle{29};  // RFC 2177

// What a command that should not fail failed with; the session goes on.
Problem not_done(std::string_view command, const Answer& answer) {
  return Problem(ProblemCode::mailbox_not_understood).because(std::string(command) + ": " + answer.cause());
}

Problem no_such_folder(const std::string& name, const Answer& answer) {
  return Problem(ProblemCode::mailbox_no_such_folder, {{"folder", name}}).because(answer.cause());
}

// Servers repeat a name they refuse: one with a line end in it would be a line of its own.
bool may_be_folder(std::string_view name) {
  const auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7f; };
  return is_utf8_text(name) && std::none_of(name.begin(), name.end(), is_control);
}

bool is_of(const Response& fetch, std::uint32_t uid) {
  const Value* value = item_of(fetch, "UID");
  return value && value->kind == Value::Kind::atom && to_number(value->text) == uid;
}

// A message's file, gone again unless it was kept.
class MessageFile final : public BodySink {
 public:
  explicit MessageFile(std::filesystem::path path) : path_(std::move(path)), file_(path_, files::OpenFile::How::create) {}
  MessageFile(const MessageFile&) = delete;
  MessageFile& operator=(const MessageFile&) = delete;
  ~MessageFile() override {
    std::error_code ignored;
    if (!is_kept_) std::filesystem::remove(path_, ignored);
  }

  void take(std::string_view piece) override {
    file_.write(piece);
    size_ += piece.size();
  }
  void keep() { is_kept_ = true; }
  std::uint64_t size() const { return size_; }

 private:
  std::filesystem::path path_;
  files::OpenFile file_;
  std::uint64_t size_ = 0;
  bool is_kept_ = false;
};

// One folder of a LIST; none when it cannot be opened or its name is no text.
std::optional<std::string> listed_folder(const Response& response) {
  if (response.name != "LIST" || response.values.size() < 3 || !response.values[2].is_text()) return std::nullopt;
  for (const Value& attribute : response.values[0].list) {
    if (is_same_word(attribute.text, "\\Noselect") || is_same_word(attribute.text, "\\NonExistent")) return std::nullopt;
  }
  return response.values[2].is_kept ? from_folder_name(response.values[2].text) : std::nullopt;
}

class Session final : public ImapSession {
 public:
  explicit Session(Opened opened) : talk_(std::move(opened.conversation)), capabilities_(std::move(opened.capabilities)) {}

  Task<Result<std::vector<std::string>>> folders() override { return list("*"); }
  Task<Result<Folder>> examine(std::string name) override {
    may_write_ = false;
    return open_folder("EXAMINE", std::move(name));
  }
  Task<Result<Folder>> select(std::string name) override {
    may_write_ = true;
    return open_folder("SELECT", std::move(name));
  }

  Task<Result<std::vector<Envelope>>> envelopes(std::uint32_t first, std::size_t limit) override {
    std::vector<Envelope> found;
    while (true) {
      const auto uids = co_await uids_from(first, limit);
      if (!uids) co_return uids.error();
      for (std::size_t at = 0; at < uids->size(); at += uids_a_fetch) {
        const auto begin = uids->begin() + static_cast<std::ptrdiff_t>(at);
        const std::vector<std::uint32_t> some(begin,
                                              begin + static_cast<std::ptrdiff_t>(std::min(uids_a_fetch, uids->size() - at)));
        const auto told = co_await fetch_envelopes(some, found);
        if (!told) co_return told.error();
      }
      // Those found may all be gone by now, with more behind them.
      if (!found.empty() || uids->empty() || uids->back() == ~0u) co_return found;
      first = uids->back() + 1;
    }
  }

  Task<Result<std::uint64_t>> fetch(std::uint32_t uid, std::filesystem::path file) override {
    const auto told = co_await size_of(uid);
    if (!told) co_return told.error();
    const std::uint64_t largest = talk_->limits().largest_message;
    if (*told > largest) co_return Problem(ProblemCode::too_large, {{"limit", std::to_string(largest)}});
    MessageFile message(std::move(file));
    bool is_there = false;
    Listener listener;
    listener.body = &message;
    listener.on_response = [&](const Response& response) {
      const Value* body = item_of(response, "BODY[]");
      if (!body || body->kind == Value::Kind::nil) return true;
      const bool is_streamed = message.size() > 0;
      if (is_there || !is_of(response, uid) || (!is_streamed && !body->is_kept)) return false;
      is_there = true;
      if (!is_streamed) message.take(body->text);  // short ones may come quoted
      return true;
    };
    Command command("UID FETCH");
    command.number(uid).plain("(UID BODY.PEEK[])");
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (!answer->is_ok() && answer->code != "EXPUNGEISSUED") co_return not_done("FETCH", *answer);
    if (!is_there) co_return Problem(ProblemCode::mailbox_message_gone);
    message.keep();
    co_return message.size();
  }

  // Not every server holds to it that a folder was opened for reading.
  Task<Result<>> mark_seen(std::uint32_t uid) override {
    if (!may_write_) co_return Problem(ProblemCode::mailbox_not_understood).because("opened for reading");
    Command command("UID STORE");
    command.number(uid).plain(R"(+FLAGS.SILENT (\Seen))");
    const auto answer = co_await talk_->ask(command);
    if (!answer) co_return answer.error();
    if (!answer->is_ok()) co_return not_done("STORE", *answer);
    co_return Result<>();
  }

  Task<Result<>> move(std::uint32_t uid, std::string folder) override {
    if (!may_write_ || !capabilities_.has("MOVE")) co_return Problem(ProblemCode::mailbox_cannot_move);
    if (!may_be_folder(folder)) co_return Problem(ProblemCode::mailbox_no_such_folder, {{"folder", ""}});
    bool has_moved = false;
    Listener listener;
    listener.on_response = [&](const Response& response) {
      has_moved = has_moved || response.name == "EXPUNGE" || response.name == "VANISHED" || response.code == "COPYUID";
      return true;
    };
    Command command("UID MOVE");
    command.number(uid).string(to_folder_name(folder));
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (answer->code == "TRYCREATE" || answer->code == "NONEXISTENT") co_return no_such_folder(folder, *answer);
    if (!answer->is_ok()) co_return Problem(ProblemCode::mailbox_cannot_move).because(answer->cause());
    if (!has_moved && answer->code != "COPYUID") co_return Problem(ProblemCode::mailbox_message_gone);
    co_return Result<>();
  }

  bool can_idle() const override { return capabilities_.has("IDLE"); }

  Task<Result<bool>> idle(std::chrono::milliseconds most) override {
    if (talk_->take_news()) co_return true;
    if (most > longest_idle) most = longest_idle;
    if (can_idle()) {
      const Command command("IDLE");
      const auto begun = co_await talk_->begin(command);
      if (!begun) co_return begun.error();
      if (!*begun) co_return co_await wait_idly(most);
      capabilities_.names.erase("IDLE");  // it was refused in spite of the promise
    }
    co_return co_await ask_again_and_again(most);
  }

  Task<> log_out() override {
    const Command command("LOGOUT");
    const auto ignored = co_await talk_->ask(command);  // the answer is BYE, which ends the session
    talk_->wire().close();
  }

 private:
  Task<Result<std::vector<std::string>>> list(std::string pattern) {
    std::vector<std::string> names;
    Listener listener;
    listener.on_response = [&](const Response& response) {
      auto name = listed_folder(response);
      if (name && names.size() < most_folders) names.push_back(std::move(*name));
      return true;
    };
    Command command(R"(LIST "")");
    command.string(pattern);
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (!answer->is_ok()) co_return not_done("LIST", *answer);
    co_return names;
  }

  Task<Result<Folder>> open_folder(std::string_view verb, std::string name) {
    talk_->forget_folder();
    if (!may_be_folder(name)) co_return Problem(ProblemCode::mailbox_no_such_folder, {{"folder", ""}});
    Folder folder;
    Listener listener;
    listener.on_response = [&](const Response& response) {
      if (response.code == "UIDVALIDITY") folder.validity = to_number(response.argument).value_or(0);
      if (response.code == "UIDNEXT") folder.next_uid = to_number(response.argument).value_or(0);
      return true;
    };
    Command command(verb);
    command.string(to_folder_name(name));
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (answer->verdict == Verdict::no) co_return co_await why_shut(name, *answer);
    if (!answer->is_ok() || folder.validity == 0) co_return not_done(verb, *answer);
    talk_->take_news();
    folder.name = std::move(name);
    folder.messages = talk_->messages();
    co_return folder;
  }

  // A folder that is listed and yet refused: so some providers treat clients that they do not let in.
  Task<Problem> why_shut(std::string name, Answer answer) {
    if (answer.code == "NONEXISTENT") co_return no_such_folder(name, answer);
    const auto listed = co_await list(to_folder_name(name));
    if (!listed) co_return listed.error();
    const bool is_there = is_inbox(name) || std::find(listed->begin(), listed->end(), name) != listed->end();
    if (!is_there) co_return no_such_folder(name, answer);
    co_return Problem(ProblemCode::mailbox_login_refused).because("opening a folder that is there: " + answer.cause());
  }

  Task<Result<std::vector<std::uint32_t>>> uids_from(std::uint32_t first, std::size_t limit) {
    LowestUids lowest(std::max(first, 1u), limit);
    Listener listener;
    listener.search = &lowest;
    Command command("UID SEARCH UID");
    command.plain(std::to_string(std::max(first, 1u)) + ":*");
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    // In an empty folder * means nothing, which some servers call an error.
    if (!answer->is_ok() && talk_->messages() > 0) co_return not_done("SEARCH", *answer);
    co_return std::move(lowest).rising();
  }

  Task<Result<>> fetch_envelopes(const std::vector<std::uint32_t>& uids, std::vector<Envelope>& all) {
    Envelopes envelopes(uids);
    Listener listener;
    listener.on_response = [&](const Response& response) { return envelopes.add(response); };
    Command command("UID FETCH");
    command.plain(to_uid_set(uids)).plain("(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])");
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (!answer->is_ok() && answer->code != "EXPUNGEISSUED") co_return not_done("FETCH", *answer);
    if (!envelopes.append_to(all)) {
      co_return Problem(ProblemCode::mailbox_not_understood).because("an envelope without date or size");
    }
    co_return Result<>();
  }

  Task<Result<std::uint64_t>> size_of(std::uint32_t uid) {
    std::optional<std::uint64_t> size;
    Listener listener;
    listener.on_response = [&](const Response& response) {
      const Value* told = item_of(response, "RFC822.SIZE");
      if (told && is_of(response, uid)) size = to_size(told->text);
      return true;
    };
    Command command("UID FETCH");
    command.number(uid).plain("(UID RFC822.SIZE)");
    const auto answer = co_await talk_->ask(command, listener);
    if (!answer) co_return answer.error();
    if (!answer->is_ok() && answer->code != "EXPUNGEISSUED") co_return not_done("FETCH", *answer);
    if (!size) co_return Problem(ProblemCode::mailbox_message_gone);
    co_return *size;
  }

  Task<Result<bool>> wait_idly(std::chrono::milliseconds most) {
    Wire& wire = talk_->wire();
    const auto longest = most + talk_->limits().answer;
    wire.allow(longest, longest);
    wire.write_after(most, "DONE\r\n");
    const auto end_if_there_are_news = [&] {
      if (talk_->has_news()) wire.hurry();
    };
    end_if_there_are_news();
    Listener listener;
    listener.on_response = [&](const Response&) {
      end_if_there_are_news();
      return true;
    };
    const auto answer = co_await talk_->finish(listener);
    wire.call_off();
    if (!answer) co_return answer.error();
    if (!answer->is_ok()) co_return not_done("IDLE", *answer);
    co_return talk_->take_news();
  }

  Task<Result<bool>> ask_again_and_again(std::chrono::milliseconds most) {
    const Command command("NOOP");
    while (most.count() > 0) {
      const auto step = std::min(most, talk_->limits().poll);
      co_await talk_->wire().sleep(step);
      most -= step;
      const auto answer = co_await talk_->ask(command);
      if (!answer) co_return answer.error();
      if (!answer->is_ok()) co_return not_done("NOOP", *answer);
      if (talk_->take_news()) co_return true;
    }
    co_return false;
  }

  std::unique_ptr<Conversation> talk_;
  Capabilities capabilities_;
  bool may_write_ = false;  // the folder was selected
};

}  // namespace

Task<Result<std::unique_ptr<ImapSession>>> ImapSession::open(Server server, ImapLimits limits) {
  auto opened = co_await open_conversation(std::move(server), std::move(limits));
  if (!opened) co_return opened.error();
  std::unique_ptr<ImapSession> session = std::make_unique<Session>(std::move(*opened));
  co_return std::move(session);
}

}  // namespace wujin::mail
