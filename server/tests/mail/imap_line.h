#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "mail/certificate.h"
#include "mail/fake_imap_server.h"
#include "mail/imap.h"
#include "mail/loop.h"

namespace wujin::mail {

inline std::string code_of(const Problem& problem) { return std::string(slug(problem.code())); }

inline std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// A client and a scripted server.
class ImapLine : public testing::Test {
 protected:
  static Task<Result<>> use_all(ImapSession& session, std::filesystem::path file) {
    const auto folders = co_await session.folders();
    if (!folders) co_return folders.error();
    const auto inbox = co_await session.examine("INBOX");
    if (!inbox) co_return inbox.error();
    const auto envelopes = co_await session.envelopes(1, 10);
    if (!envelopes) co_return envelopes.error();
    const auto fetched = co_await session.fetch(7, file);
    if (!fetched) co_return fetched.error();
    const auto selected = co_await session.select("INBOX");
    if (!selected) co_return selected.error();
    const auto seen = co_await session.mark_seen(7);
    if (!seen) co_return seen.error();
    const auto news = co_await session.idle(std::chrono::seconds(5));
    if (!news) co_return news.error();
    const auto moved = co_await session.move(7, "草稿箱");
    if (!moved) co_return moved.error();
    co_await session.log_out();
    co_return Result<>();
  }

  // All calls of a session, up to the first that fails; after which every other fails too.
  Result<> use(const FakeImapServer& server) { return use(server, FakeImapServer::limits()); }
  Result<> use(const FakeImapServer& server, const ImapLimits& limits) {
    const auto file = folder.path() / "message.eml";
    std::filesystem::remove(file);
    auto session = loop.run(ImapSession::open(server.server(), limits));
    if (!session) return session.error();
    const auto used = loop.run(use_all(**session, file));
    if (!used) {
      const auto again = loop.run((*session)->folders());
      EXPECT_TRUE(!again && again.error().code() == ProblemCode::mailbox_dropped);
    }
    return used;
  }
  std::string problem_of(const FakeImapServer& server) { return problem_of(server, FakeImapServer::limits()); }
  std::string problem_of(const FakeImapServer& server, const ImapLimits& limits) {
    const auto used = use(server, limits);
    return used ? "none" : code_of(used.error());
  }

  std::optional<bool> outcome_of(Task<Result<bool>> waiting) {
    const auto outcome = loop.run(std::move(waiting));
    return outcome ? std::optional(*outcome) : std::nullopt;
  }

  std::unique_ptr<ImapSession> open(const FakeImapServer& server) {
    auto opened = loop.run(ImapSession::open(server.server(), FakeImapServer::limits()));
    if (!opened) throw std::runtime_error(code_of(opened.error()) + " " + opened.error().cause());
    return std::move(*opened);
  }

  TemporaryFolder folder;
  Loop loop;
};

}  // namespace wujin::mail
