#include "database/postgres/postgres_connection.h"

#include <array>
#include <bit>

#include <fmt/format.h>
#include <libpq-fe.h>

#include "database/placeholders.h"
#include "database/postgres/postgres_row.h"

namespace wujin::postgres {
namespace {

// Past this everything is prepared anew: only texts built anew each time could fill it.
constexpr std::size_t cached_statements = 400;

std::array<char, 8> big_endian(std::uint64_t value) {
  std::array<char, 8> bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(value >> (56 - 8 * i));
  return bytes;
}

}  // namespace

// Parameters as libpq takes them, all in the binary format, each of one fixed type so that no integer is ever narrowed.
struct Connection::Bound {
  std::vector<Oid> types;
  std::vector<const char*> values;
  std::vector<int> lengths;
  std::vector<int> formats;
  std::vector<std::array<char, 8>> numbers;
  std::string kinds;  // a letter for each type

  explicit Bound(std::span<const Value> parameters) {
    numbers.reserve(parameters.size());  // `values` points into it
    for (const Value& value : parameters) std::visit([this](const auto& held) { add(held); }, value.holder());
    formats.assign(parameters.size(), 1);
  }

  void add(std::monostate) { add('n', 0, nullptr, 0); }
  void add(std::int64_t number) {
    add('i', type::int8, numbers.emplace_back(big_endian(static_cast<std::uint64_t>(number))).data(), 8);
  }
  void add(double number) {
    add('r', type::float8, numbers.emplace_back(big_endian(std::bit_cast<std::uint64_t>(number))).data(), 8);
  }
  void add(std::string_view text) { add('t', type::text, text.data() ? text.data() : "", text.size()); }
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(Value::Blob bytes) {
    add('b', type::bytea, bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

 private:
  void add(char kind, Oid type, const char* value, std::size_t length) {
    kinds += kind;
    types.push_back(type);
    values.push_back(value);
    lengths.push_back(static_cast<int>(length));
  }
};

void Connection::Closer::operator()(pg_conn* handle) const { PQfinish(handle); }
void Connection::Clearer::operator()(pg_result* result) const { PQclear(result); }

Connection::Connection(const std::string& url) : handle_(PQconnectdb(url.c_str())) {
  if (!is_alive()) throw std::runtime_error(fmt::format("cannot connect to PostgreSQL: {}", PQerrorMessage(handle_.get())));
  // Notices of IF NOT EXISTS and the like are no news.
  PQsetNoticeProcessor(
      handle_.get(), [](void*, const char*) {}, nullptr);
  PQenterPipelineMode(handle_.get());
  run_script("SET client_encoding = 'UTF8'; SET statement_timeout = '60s'; SET lock_timeout = '20s';");
}

Connection::~Connection() = default;

bool Connection::is_alive() const { return PQstatus(handle_.get()) == CONNECTION_OK; }

void Connection::begin(std::string_view statement) {
  is_in_transaction_ = true;  // whatever becomes of the statement: who cannot begin is lent to nobody else
  post(statement, {});
}

void Connection::post(std::string_view sql, std::span<const Value> parameters) {
  if (sql.size() > longest_cached_statement) {
    run(sql, parameters, nullptr);
  } else {
    send(sql, Bound(parameters));
  }
}

std::int64_t Connection::run(std::string_view sql, std::span<const Value> parameters,
                             const std::function<void(const Row&)>* row) {
  send(sql, Bound(parameters));
  check_sent(PQsendFlushRequest(handle_.get()), sql);
  while (sent_.size() > 1) check_next();
  const Answer answer = take_answer();
  check(answer.get(), sql);
  if (row) {
    AnswerRow current(answer.get(), sql);
    for (int i = 0; i < PQntuples(answer.get()); ++i) {
      current.move_to(i);
      (*row)(current);
    }
  }
  // Of a SELECT it counts the rows read, which is no change.
  const bool reads = std::string_view(PQcmdStatus(answer.get())).starts_with("SELECT");
  return reads ? 0 : std::strtoll(PQcmdTuples(answer.get()), nullptr, 10);
}

// Several statements at once are beyond the pipeline.
void Connection::run_script(const std::string& sql) {
  send_mark();
  check_all();
  if (PQexitPipelineMode(handle_.get()) == 0) fail(nullptr, sql);
  const Answer answer(PQexec(handle_.get(), sql.c_str()));
  PQenterPipelineMode(handle_.get());
  check(answer.get(), sql);
}

void Connection::commit() {
  post("COMMIT", {});
  send_mark();
  check_all();
  is_in_transaction_ = false;
}

void Connection::end_reading() {
  post("COMMIT", {});
  send_mark();
  is_in_transaction_ = false;
}

void Connection::rollback() {
  if (!is_in_transaction_) return;
  send_mark();
  while (!sent_.empty() && is_alive()) take_answer();  // what failed is known
  is_transaction_failed_ = false;
  post("ROLLBACK", {});
  send_mark();
  check_all();
  is_in_transaction_ = false;
}

// Waits: whether it can be prepared must be known before its name is used again.
const Connection::Prepared& Connection::prepare(std::string_view sql, const Bound& bound) {
  std::string key = fmt::format("{}|{}", sql, bound.kinds);
  if (const auto found = prepared_.find(key); found != prepared_.end()) return found->second;
  if (prepared_.size() >= cached_statements) {
    run_script("DEALLOCATE ALL");
    prepared_.clear();
  }
  Prepared prepared{fmt::format("s{}", next_name_++), std::string(sql)};
  check_sent(PQsendPrepare(handle_.get(), prepared.name.c_str(), prepared.text.c_str(), static_cast<int>(bound.types.size()),
                           bound.types.data()),
             sql);
  sent_.push_back(sql);
  check_sent(PQsendFlushRequest(handle_.get()), sql);
  check_all();
  return prepared_.emplace(std::move(key), std::move(prepared)).first->second;
}

void Connection::send(std::string_view sql, const Bound& bound) {
  if (is_transaction_failed_) throw std::runtime_error(fmt::format("after a statement that failed: {}", sql));
  const auto count = static_cast<int>(bound.values.size());
  if (sql.size() > longest_cached_statement) {
    check_sent(PQsendQueryParams(handle_.get(), std::string(sql).c_str(), count, bound.types.data(), bound.values.data(),
                                 bound.lengths.data(), bound.formats.data(), 1),
               sql);
    sent_.push_back(sql);
  } else {
    const Prepared& prepared = prepare(sql, bound);
    check_sent(PQsendQueryPrepared(handle_.get(), prepared.name.c_str(), count, bound.values.data(), bound.lengths.data(),
                                   bound.formats.data(), 1),
               sql);
    sent_.push_back(prepared.text);
  }
}

// After a failure PostgreSQL skips all that was sent before it.
void Connection::send_mark() {
  check_sent(PQpipelineSync(handle_.get()), "");
  sent_.push_back("");
}

// The answer to the eldest of what was sent.
Connection::Answer Connection::take_answer() {
  Answer answer(PQgetResult(handle_.get()));
  const bool is_of_a_mark = sent_.front().empty();
  while (!is_of_a_mark && Answer(PQgetResult(handle_.get()))) {  // those to a statement end with none
  }
  sent_.pop_front();
  return answer;
}

void Connection::check_next() {
  const std::string_view sql = sent_.front();
  const Answer answer = take_answer();
  check(answer.get(), sql);
}

void Connection::check_all() {
  while (!sent_.empty()) check_next();
}

void Connection::check(const pg_result* answer, std::string_view sql) {
  switch (PQresultStatus(answer)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
    case PGRES_PIPELINE_SYNC:
      return;
    default:
      fail(answer, sql);
  }
}

void Connection::check_sent(int sent, std::string_view sql) {
  if (sent == 0) fail(nullptr, sql);
}

// SQLSTATE, PostgreSQL's appendix A.
void Connection::fail(const pg_result* answer, std::string_view sql) {
  is_transaction_failed_ = true;
  const char* field = PQresultErrorField(answer, PG_DIAG_SQLSTATE);
  const std::string_view state = field ? field : "";
  const std::string why = fmt::format("{} {}in: {}", state, PQerrorMessage(handle_.get()), sql);
  if (state == "40001" || state == "40P01") throw Conflict(why);
  if (state == "53100") throw StorageFull(why);
  if (state.starts_with("23")) throw ConstraintViolation(why);
  throw std::runtime_error(why);
}

}  // namespace wujin::postgres
