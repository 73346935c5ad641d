#include "mailbox/trial.h"

#include <algorithm>

namespace wujin::mailbox {
namespace {

class Trying {
 public:
  void pass(Step step) { trial_.steps.push_back({step, std::nullopt, true}); }
  void fail(Step step, const Problem& problem) { trial_.steps.push_back({step, problem, false}); }

  // Opening a session is three steps: which of them failed is told by the problem.
  void fail_to_open(const Problem& problem) {
    const bool is_login = problem.code() == ProblemCode::mailbox_login_refused;
    const bool is_secure = problem.code() == ProblemCode::mailbox_not_secure;
    if (is_login || is_secure) pass(Step::reach);
    if (is_login) pass(Step::secure);
    Step failed = Step::reach;
    if (is_secure) failed = Step::secure;
    if (is_login) failed = Step::sign_in;
    fail(failed, problem);
  }

  void open() {
    pass(Step::reach);
    pass(Step::secure);
    pass(Step::sign_in);
  }

  Trial& trial() { return trial_; }

 private:
  Trial trial_;
};

bool has_folder(const std::vector<std::string>& folders, const std::string& name) {
  return std::ranges::count(folders, name) > 0;
}

Task<> look(mail::ImapSession& session, const TestRequest& request, Trying& trying) {
  auto folders = co_await session.folders();
  if (!folders) co_return trying.fail(Step::open_folder, folders.error());
  trying.trial().folders = *folders;
  const auto folder = co_await session.examine(request.folder);
  if (!folder) co_return trying.fail(Step::open_folder, folder.error());
  trying.pass(Step::open_folder);
  trying.trial().messages = folder->messages;
  const auto envelopes = co_await session.envelopes(1, 1);
  if (!envelopes) co_return trying.fail(Step::read, envelopes.error());
  trying.pass(Step::read);
  TriedStep watch{Step::watch, std::nullopt, session.can_idle()};
  trying.trial().steps.push_back(watch);
  if (request.done != Done::move) co_return;
  const std::string to = request.done_folder.value_or("");
  if (has_folder(*folders, to)) co_return trying.pass(Step::finish);
  trying.fail(Step::finish, Problem(ProblemCode::mailbox_no_such_folder, {{"folder", to}}));
}

}  // namespace

Task<Trial> try_mailbox(mail::Server server, TestRequest request, mail::ImapLimits limits) {
  Trying trying;
  auto session = co_await mail::ImapSession::open(server, limits);
  if (!session) {
    trying.fail_to_open(session.error());
    co_return std::move(trying.trial());
  }
  trying.open();
  co_await look(**session, request, trying);
  co_await (*session)->log_out();
  co_return std::move(trying.trial());
}

}  // namespace wujin::mailbox
