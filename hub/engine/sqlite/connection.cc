#include "hub/engine/sqlite/connection.h"

#include <sqlite3.h>

#include <cstring>

#include "hub/base/errors.h"

namespace chathub::sqlite {
namespace {

constexpr int kPatienceWithLocks = 1'000;  // milliseconds

absl::Status ErrorOf(sqlite3* connection, int code) {
  const char* path = sqlite3_db_filename(connection, "main");
  std::string what = path == nullptr ? "" : path;
  what.append(what.empty() ? "" : ": ").append(sqlite3_errmsg(connection));
  if (const int number = sqlite3_system_errno(connection); number != 0) {
    what.append(" (").append(std::strerror(number)).append(")");
  }
  const int kind = code & 0xFF;
  return Fail(kind == SQLITE_BUSY ? Reason::kNameTaken : Reason::kOurFault, what);
}

absl::Status ErrorOf(sqlite3_stmt* statement, int code) {
  return ErrorOf(sqlite3_db_handle(statement), code);
}

}  // namespace

// --- Statement

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

// A null pointer would be bound as NULL.
Statement& Statement::Bind(int index, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), index, text.empty() ? "" : text.data(), text.size(),
                      SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::BindBytes(int index, std::string_view bytes) {
  sqlite3_bind_blob64(statement_.get(), index, bytes.empty() ? "" : bytes.data(), bytes.size(),
                      SQLITE_STATIC);
  return *this;
}

Statement& Statement::Bind(int index, std::int64_t number) {
  sqlite3_bind_int64(statement_.get(), index, number);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return ErrorOf(statement_.get(), code);
}

absl::Status Statement::Run() {
  const auto row = Step();
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  return row.status();
}

std::int64_t Statement::Number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::string_view Statement::Bytes(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

// --- Connection

void Connection::Close::operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& path,
                                                             Existence existence,
                                                             const std::string& vfs) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (existence == Existence::kMayBeMade) flags |= SQLITE_OPEN_CREATE;
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, vfs.empty() ? nullptr : vfs.c_str());
  std::unique_ptr<Connection> connection(new Connection(raw, path));
  if (code != SQLITE_OK) {
    return Fail(Reason::kOurFault, path + " cannot be opened: " + sqlite3_errmsg(raw));
  }
  sqlite3_busy_timeout(raw, kPatienceWithLocks);
  // In place of SQLite's own, which would checkpoint.
  sqlite3_wal_hook(raw, Logged, connection.get());
  return connection;
}

Connection::Connection(sqlite3* connection, std::string path)
    : path_(std::move(path)), connection_(connection) {}

int Connection::Logged(void* self, sqlite3*, const char*, int pages) {
  static_cast<Connection*>(self)->log_pages_ = pages;
  return SQLITE_OK;
}

absl::Status Connection::Run(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : ErrorOf(connection_.get(), code);
}

absl::StatusOr<Statement> Connection::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return ErrorOf(connection_.get(), code);
  return Statement(statement);
}

absl::StatusOr<std::int64_t> Connection::Number(const std::string& sql) {
  auto statement = Prepare(sql);
  if (!statement.ok()) return statement.status();
  const auto row = statement->Step();
  if (!row.ok()) return row.status();
  return *row ? statement->Number(0) : 0;
}

absl::StatusOr<std::string> Connection::Text(const std::string& sql) {
  auto statement = Prepare(sql);
  if (!statement.ok()) return statement.status();
  const auto row = statement->Step();
  if (!row.ok()) return row.status();
  return *row ? std::string(statement->Text(0)) : std::string();
}

absl::Status Connection::Checkpoint() {
  const int code = sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_RESTART,
                                             nullptr, nullptr);
  if (code != SQLITE_OK) return ErrorOf(connection_.get(), code);
  log_pages_ = 0;
  return absl::OkStatus();
}

void Connection::LeaveLog() {
  sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

absl::Status Connection::TidyLog() {
  const int code =
      sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : ErrorOf(connection_.get(), code);
}

}  // namespace chathub::sqlite
