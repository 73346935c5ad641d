#include "database/together.h"

#include <latch>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

namespace wujin::test {
namespace {

Task<void> note_how_it_ends(Database& database, const Body& body, std::string& outcome) {
  try {
    const auto kept = co_await database.write(std::ref(body));
    outcome = kept ? "kept" : "refused";
  } catch (const StorageFull&) {
    outcome = "full";
  } catch (const std::exception&) {
    outcome = "threw";
  }
}

}  // namespace

std::vector<std::string> write_together(Database& database, const std::vector<Body>& bodies) {
  boost::asio::io_context loop;
  std::latch begun(1), may_end(1);
  const Body long_one = [&](Transaction&) -> Result<> {
    begun.count_down();
    may_end.wait();
    return {};
  };
  std::vector<std::string> outcomes(bodies.size() + 1);
  const auto spawn = [&](const Body& body, std::string& outcome) {
    boost::asio::co_spawn(loop, note_how_it_ends(database, body, outcome), boost::asio::detached);
    loop.poll();
  };
  spawn(long_one, outcomes.back());
  begun.wait();
  for (std::size_t i = 0; i < bodies.size(); ++i) spawn(bodies[i], outcomes[i]);
  may_end.count_down();
  loop.run();
  outcomes.pop_back();
  return outcomes;
}

}  // namespace wujin::test
