// What the disk thread has: the one connection to the store.
#pragma once

#include <memory>
#include <string>

#include "hub/engine/sqlite/batch_writer.h"
#include "hub/engine/sqlite/rows.h"
#include "hub/engine/sqlite/store_file.h"

namespace chathub::sqlite {

// Used by one thread at a time: the disk thread, and whoever made it before and after.
class Disk {
 public:
  struct Outcome {
    bool kept = false;    // it is on the disk
    std::string trouble;  // what went wrong, also behind a batch that is kept
  };

  // `writer` may be null: then the store is opened with the first batch.
  Disk(StorePlace place, std::unique_ptr<BatchWriter> writer)
      : place_(std::move(place)), writer_(std::move(writer)) {}

  // After an error the store is closed; it is opened again with the next batch.
  Outcome Keep(const Batch& batch);

  void Close();

 private:
  absl::Status Reopen();

  const StorePlace place_;
  std::unique_ptr<BatchWriter> writer_;
};

}  // namespace chathub::sqlite
