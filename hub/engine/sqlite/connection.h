// SQLite as this room speaks to it: a connection and its statements.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace chathub::sqlite {

// A prepared statement. Binds count from 1, columns from 0; what a column gives lives until the
// next Step.
class Statement {
 public:
  Statement(Statement&&) noexcept = default;

  // The bytes must live until the statement was run.
  Statement& Bind(int index, std::string_view text);
  Statement& BindBytes(int index, std::string_view bytes);
  Statement& Bind(int index, std::int64_t number);

  // True: there is a row.
  absl::StatusOr<bool> Step();
  // For a statement without rows; ready to be bound again.
  absl::Status Run();

  std::int64_t Number(int column) const;
  std::string_view Text(int column) const;
  std::string_view Bytes(int column) const;

 private:
  friend class Connection;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Used by one thread at a time. Its errors name the file and what SQLite and the system say.
class Connection {
 public:
  enum class Existence { kMustExist, kMayBeMade };

  // `vfs`: SQLite's name of a file system; empty: the system's.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& path,
                                                          Existence existence,
                                                          const std::string& vfs);

  // Statements without rows.
  absl::Status Run(const std::string& sql);
  // The first column of the first row.
  absl::StatusOr<std::int64_t> Number(const std::string& sql);
  absl::StatusOr<std::string> Text(const std::string& sql);
  absl::StatusOr<Statement> Prepare(std::string_view sql);

  // Moves the log into the file, as far as nobody reads it.
  absl::Status Checkpoint();
  // How many pages the log holds since it was last begun anew.
  int log_pages() const { return log_pages_; }
  // Closing leaves the log as it is, or moves it into the file and removes it.
  void LeaveLog();
  absl::Status TidyLog();

 private:
  struct Close {
    void operator()(sqlite3* connection) const;
  };
  Connection(sqlite3* connection, std::string path);
  static int Logged(void* self, sqlite3* connection, const char* name, int pages);

  const std::string path_;
  const std::unique_ptr<sqlite3, Close> connection_;
  int log_pages_ = 0;
};

}  // namespace chathub::sqlite
