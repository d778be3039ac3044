// Writes batches through one connection.
#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "hub/engine/sqlite/connection.h"
#include "hub/engine/sqlite/rows.h"

namespace chathub::sqlite {

// Lives on the disk thread.
class BatchWriter {
 public:
  static absl::StatusOr<std::unique_ptr<BatchWriter>> Make(std::unique_ptr<Connection> connection);

  // One transaction. After an error nothing can be said about it: reopen the store and write the
  // batch again.
  absl::Status Write(const Batch& batch);

  // Now and then: keeps the log short and gives free pages back, a few at a time.
  absl::Status Tidy();

  static std::unique_ptr<Connection> GiveBack(std::unique_ptr<BatchWriter> writer);

 private:
  explicit BatchWriter(std::unique_ptr<Connection> connection)
      : connection_(std::move(connection)) {}
  absl::Status Prepare();
  absl::Status WriteEntries(const Batch& batch);
  absl::Status WriteEnds(const Batch& batch);
  absl::Status WriteValues(const Batch& batch);

  std::unique_ptr<Connection> connection_;
  // By the names of what they do; prepared once. They go before the connection.
  std::unique_ptr<Statement> begin_, commit_, put_entry_, delete_entry_, put_ended_, delete_ended_,
      put_value_, delete_value_, put_revision_;
  int batches_ = 0;
};

}  // namespace chathub::sqlite
