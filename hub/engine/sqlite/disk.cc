#include "hub/engine/sqlite/disk.h"

#include <utility>

#include "hub/base/log.h"

namespace chathub::sqlite {

Disk::Outcome Disk::Keep(const Batch& batch) {
  bool kept = false;
  absl::Status status = Reopen();
  if (status.ok()) status = writer_->Write(batch);
  kept = status.ok();
  if (status.ok()) status = writer_->Tidy();
  if (status.ok()) return {.kept = true, .trouble = {}};
  writer_.reset();
  return {.kept = kept, .trouble = std::string(status.message())};
}

absl::Status Disk::Reopen() {
  if (writer_ != nullptr) return absl::OkStatus();
  auto connection = ReopenStore(place_);
  if (!connection.ok()) return connection.status();
  auto writer = BatchWriter::Make(*std::move(connection));
  if (!writer.ok()) return writer.status();
  writer_ = *std::move(writer);
  return absl::OkStatus();
}

void Disk::Close() {
  if (writer_ == nullptr) return;
  const absl::Status status = CloseStore(BatchWriter::GiveBack(std::move(writer_)));
  if (status.ok()) return;
  Log(LogLevel::kWarning, "the store was not closed well; the next start repairs it",
      {{"why", std::string(status.message())}});
}

}  // namespace chathub::sqlite
