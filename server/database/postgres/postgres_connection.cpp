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

  explicit Bound(std::span<const Value> parameters) {
    numbers.reserve(parameters.size());  // `values` points into it
    for (const Value& value : parameters) std::visit([this](const auto& held) { add(held); }, value.holder());
    formats.assign(parameters.size(), 1);
  }

  void add(std::monostate) { add(0, nullptr, 0); }
  void add(std::int64_t number) {
    add(type::int8, numbers.emplace_back(big_endian(static_cast<std::uint64_t>(number))).data(), 8);
  }
  void add(double number) { add(type::float8, numbers.emplace_back(big_endian(std::bit_cast<std::uint64_t>(number))).data(), 8); }
  void add(std::string_view text) { add(type::text, text.data() ? text.data() : "", text.size()); }
  void add(const std::string& text) { add(std::string_view(text)); }
  void add(Value::Blob bytes) {
    add(type::bytea, bytes.empty() ? "" : reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

 private:
  void add(Oid type, const char* value, std::size_t length) {
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
  run_script("SET client_encoding = 'UTF8'; SET statement_timeout = '60s'; SET lock_timeout = '20s';");
}

Connection::~Connection() = default;

bool Connection::is_alive() const { return PQstatus(handle_.get()) == CONNECTION_OK; }
bool Connection::is_in_transaction() const { return PQtransactionStatus(handle_.get()) != PQTRANS_IDLE; }
bool Connection::is_transaction_failed() const { return PQtransactionStatus(handle_.get()) == PQTRANS_INERROR; }

const std::string& Connection::prepare(std::string_view sql, const Bound& bound) {
  std::string key(sql);
  for (const Oid type : bound.types) key += fmt::format("|{}", type);
  if (const auto found = names_.find(key); found != names_.end()) return found->second;
  if (names_.size() >= cached_statements) {
    run_script("DEALLOCATE ALL");
    names_.clear();
  }
  std::string name = fmt::format("s{}", next_name_++);
  const Answer answer(
      PQprepare(handle_.get(), name.c_str(), std::string(sql).c_str(), static_cast<int>(bound.types.size()), bound.types.data()));
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) fail(answer.get(), sql);
  return names_.emplace(std::move(key), std::move(name)).first->second;
}

Connection::Answer Connection::send(std::string_view sql, const Bound& bound) {
  const auto count = static_cast<int>(bound.values.size());
  if (sql.size() > longest_cached_statement) {
    return Answer(PQexecParams(handle_.get(), std::string(sql).c_str(), count, bound.types.data(), bound.values.data(),
                               bound.lengths.data(), bound.formats.data(), 1));
  }
  const std::string& name = prepare(sql, bound);
  return Answer(
      PQexecPrepared(handle_.get(), name.c_str(), count, bound.values.data(), bound.lengths.data(), bound.formats.data(), 1));
}

std::int64_t Connection::run(std::string_view sql, std::span<const Value> parameters,
                             const std::function<void(const Row&)>* row) {
  const Answer answer = send(sql, Bound(parameters));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail(answer.get(), sql);
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

void Connection::run_script(const std::string& sql) {
  const Answer answer(PQexec(handle_.get(), sql.c_str()));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) fail(answer.get(), sql);
}

// SQLSTATE, PostgreSQL's appendix A.
void Connection::fail(const pg_result* result, std::string_view sql) const {
  const char* field = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view state = field ? field : "";
  const std::string why = fmt::format("{} {}in: {}", state, PQerrorMessage(handle_.get()), sql);
  if (state == "40001" || state == "40P01") throw Conflict(why);
  if (state == "53100") throw StorageFull(why);
  if (state.starts_with("23")) throw ConstraintViolation(why);
  throw std::runtime_error(why);
}

}  // namespace wujin::postgres
