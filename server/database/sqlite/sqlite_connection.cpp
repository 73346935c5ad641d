#include "database/sqlite/sqlite_connection.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <sqlite3.h>

#include "database/placeholders.h"

namespace wujin::sqlite {
namespace {

// Past these the cache is dropped whole: only texts built anew each time could fill it. A prepared statement takes some thirty
// times its text.
constexpr std::size_t cached_statements = 400, cached_bytes = std::size_t{256} * 1024;

class StatementRow final : public Row {
 public:
  explicit StatementRow(sqlite3_stmt* statement) : statement_(statement), columns_(sqlite3_column_count(statement)) {}

  bool is_null(int column) const override { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const override {
    expect(column, type(column) == SQLITE_INTEGER, "an integer");
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    expect(column, type(column) == SQLITE_FLOAT || type(column) == SQLITE_INTEGER, "a number");
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    expect(column, type(column) == SQLITE_TEXT, "text");
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::span<const std::byte> bytes(int column) const override {
    expect(column, type(column) == SQLITE_BLOB, "bytes");
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  int type(int column) const {
    if (column < 0 || column >= columns_)
      throw std::logic_error(fmt::format("no column {} in: {}", column, sqlite3_sql(statement_)));
    return sqlite3_column_type(statement_, column);
  }
  void expect(int column, bool fits, const char* wanted) const {
    if (!fits) throw std::logic_error(fmt::format("column {} is not {} in: {}", column, wanted, sqlite3_sql(statement_)));
  }

  sqlite3_stmt* statement_;
  int columns_;
};

struct Binder {
  sqlite3_stmt* statement;
  int index;

  int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
  int operator()(std::int64_t number) const { return sqlite3_bind_int64(statement, index, number); }
  int operator()(double number) const { return sqlite3_bind_double(statement, index, number); }
  int operator()(std::string_view text) const {
    const char* data = text.data() ? text.data() : "";  // a null pointer would bind NULL
    return sqlite3_bind_text64(statement, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  int operator()(const std::string& text) const { return (*this)(std::string_view(text)); }
  int operator()(Value::Blob bytes) const {
    if (bytes.empty()) return sqlite3_bind_zeroblob(statement, index, 0);
    return sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
  }
};

// $2 is a name to SQLite, sought among all names before it, so that a list of thousands takes longer to prepare than to answer.
// ?2 is a number.
std::string numbered(std::string_view sql) {
  std::string text(sql);
  std::vector<bool> seen;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') is_quoted = !is_quoted;
    if (text[i] != '$' || is_quoted) continue;
    std::size_t number = 0;
    std::from_chars(text.data() + i + 1, text.data() + text.size(), number);
    text[i] = '?';
    if (number > seen.size()) seen.resize(number);
    if (number > 0) seen[number - 1] = true;
  }
  if (std::ranges::find(seen, false) != seen.end())
    throw std::logic_error(fmt::format("parameters are not $1 to ${} in: {}", seen.size(), sql));
  return text;
}

int bind_all(sqlite3_stmt* statement, std::span<const Value> parameters) {
  if (static_cast<std::size_t>(sqlite3_bind_parameter_count(statement)) != parameters.size())
    throw std::logic_error(fmt::format("{} parameters given to: {}", parameters.size(), sqlite3_sql(statement)));
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Binder binder{statement, static_cast<int>(i) + 1};
    if (const int code = std::visit(binder, parameters[i].holder()); code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

// SQLite would take one lock for the whole process at each allocation, only to count what it holds.
void leave_memory_uncounted() {
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
}

}  // namespace

void Connection::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Connection::Closer::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Connection::Connection(const std::filesystem::path& path, Purpose purpose, const SqliteOptions& options) {
  leave_memory_uncounted();
  sqlite3* handle = nullptr;
  const int access = purpose == Purpose::writing ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE;
  const int code = sqlite3_open_v2(path.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) throw std::runtime_error(fmt::format("cannot open {}: {}", path.string(), sqlite3_errstr(code)));
  sqlite3_extended_result_codes(handle, 1);
  // Before WAL: switching the journal itself may have to wait for another connection.
  sqlite3_busy_timeout(handle, static_cast<int>(options.busy_timeout.count()));
  // Without it, a statement with a LIKE is prepared anew for each word that is sought.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  run_script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;");
  const bool writes = purpose == Purpose::writing;
  run_script(fmt::format("PRAGMA cache_size = -{}; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;",
                         writes ? options.cache_kib : options.reader_cache_kib));
  if (writes) {
    // A page written many times between two checkpoints goes home once: few large ones write far less than many small ones. A
    // WAL grown beyond that by one large write gives its disk back.
    run_script("PRAGMA wal_autocheckpoint = 8192; PRAGMA journal_size_limit = 33554432;");
    if (options.page_limit > 0) run_script(fmt::format("PRAGMA max_page_count = {};", options.page_limit));
  } else {
    run_script("PRAGMA query_only = ON;");
  }
}

Connection::~Connection() = default;

bool Connection::is_in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

std::int64_t Connection::changes() const { return sqlite3_total_changes64(handle_.get()); }

// Marks a statement as running and leaves it as found, whatever happens.
class Connection::Running {
 public:
  Running(Connection& connection, Prepared& prepared) : connection_(connection), prepared_(prepared) {
    prepared_.is_running = true;
    ++connection_.running_;
  }
  ~Running() {
    sqlite3_reset(prepared_.statement.get());
    sqlite3_clear_bindings(prepared_.statement.get());
    prepared_.is_running = false;
    --connection_.running_;
  }
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

 private:
  Connection& connection_;
  Prepared& prepared_;
};

Connection::Prepared Connection::prepare(std::string_view sql) const {
  const std::string text = numbered(sql);
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code =
      sqlite3_prepare_v3(handle_.get(), text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &statement, &rest);
  if (code != SQLITE_OK) fail(code, sql);
  Prepared prepared{Statement(statement)};
  const std::string_view left(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  if (!prepared.statement || left.find_first_not_of(" \t\r\n;") != std::string_view::npos)
    throw std::logic_error(fmt::format("not exactly one statement: {}", sql));
  return prepared;
}

Connection::Prepared& Connection::find_or_prepare(std::string_view sql, Prepared& spare) {
  const auto found = prepared_.find(sql);
  if (found != prepared_.end() && !found->second.is_running) return found->second;
  spare = prepare(sql);
  if (found != prepared_.end() || sql.size() > longest_cached_statement) return spare;
  const bool is_full = prepared_.size() >= cached_statements || prepared_bytes_ + sql.size() > cached_bytes;
  if (is_full && running_ == 0) {
    prepared_.clear();
    prepared_bytes_ = 0;
  }
  prepared_bytes_ += sql.size();
  return prepared_.try_emplace(std::string(sql), std::move(spare)).first->second;
}

std::int64_t Connection::run(std::string_view sql, std::span<const Value> parameters,
                             const std::function<void(const Row&)>* row) {
  Prepared spare;
  Prepared& prepared = find_or_prepare(sql, spare);
  sqlite3_stmt* statement = prepared.statement.get();
  const Running running(*this, prepared);
  if (const int code = bind_all(statement, parameters); code != SQLITE_OK) fail(code, sql);
  const auto changes_before = changes();
  const StatementRow current(statement);
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    if (row) (*row)(current);
  }
  if (code != SQLITE_DONE) fail(code, sql);
  // sqlite3_changes keeps the count of the last write, so whether this one wrote is asked of the total.
  const bool wrote = sqlite3_stmt_readonly(statement) == 0 && changes() != changes_before;
  return wrote ? sqlite3_changes64(handle_.get()) : 0;
}

void Connection::run_script(std::string_view sql) {
  while (sql.find_first_not_of(" \t\r\n;") != std::string_view::npos) {
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    int code = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &raw, &rest);
    if (code != SQLITE_OK) fail(code, sql);
    const Statement statement(raw);
    while (raw && (code = sqlite3_step(raw)) == SQLITE_ROW) {
    }
    if (raw && code != SQLITE_DONE) fail(code, sql);
    sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
  }
}

void Connection::fail(int code, std::string_view sql) const {
  const std::string why = fmt::format("{} in: {}", sqlite3_errmsg(handle_.get()), sql);
  switch (code & 0xFF) {
    case SQLITE_FULL:
      throw StorageFull(why);
    case SQLITE_CONSTRAINT:
      throw ConstraintViolation(why);
    default:
      throw std::runtime_error(why);
  }
}

}  // namespace wujin::sqlite
