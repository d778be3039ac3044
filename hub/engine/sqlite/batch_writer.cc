#include "hub/engine/sqlite/batch_writer.h"

#include <utility>

namespace chathub::sqlite {
namespace {

constexpr int kLongLog = 1'000;  // pages of 4 KiB
constexpr int kTidyEvery = 64;   // batches
constexpr int kFreePages = 1'024;
constexpr char kGiveSomeBack[] = "PRAGMA incremental_vacuum(512)";

std::int64_t Signed(std::uint64_t number) { return static_cast<std::int64_t>(number); }

}  // namespace

absl::StatusOr<std::unique_ptr<BatchWriter>> BatchWriter::Make(
    std::unique_ptr<Connection> connection) {
  std::unique_ptr<BatchWriter> writer(new BatchWriter(std::move(connection)));
  if (absl::Status status = writer->Prepare(); !status.ok()) return status;
  return writer;
}

std::unique_ptr<Connection> BatchWriter::GiveBack(std::unique_ptr<BatchWriter> writer) {
  return std::move(writer->connection_);
}

absl::Status BatchWriter::Prepare() {
  const std::pair<std::unique_ptr<Statement>*, std::string_view> all[] = {
      {&begin_, "BEGIN IMMEDIATE"},
      {&commit_, "COMMIT"},
      {&put_entry_, "REPLACE INTO entries VALUES (?, ?, ?, ?, ?)"},
      {&delete_entry_, "DELETE FROM entries WHERE place = ?"},
      {&put_ended_, "REPLACE INTO ended VALUES (?, ?, ?, ?)"},
      {&delete_ended_, "DELETE FROM ended WHERE number = ?"},
      {&put_value_, "REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?)"},
      {&delete_value_, "DELETE FROM stored WHERE space = ? AND key = ?"},
      {&put_revision_, "UPDATE counters SET value = ?1 WHERE name = 'revision' AND value < ?1"},
  };
  for (const auto& [statement, sql] : all) {
    auto prepared = connection_->Prepare(sql);
    if (!prepared.ok()) return prepared.status();
    *statement = std::make_unique<Statement>(*std::move(prepared));
  }
  return absl::OkStatus();
}

absl::Status BatchWriter::Write(const Batch& batch) {
  absl::Status status = begin_->Run();
  if (status.ok()) status = WriteEntries(batch);
  if (status.ok()) status = WriteEnds(batch);
  if (status.ok()) status = WriteValues(batch);
  if (status.ok()) status = commit_->Run();
  return status;
}

absl::Status BatchWriter::WriteEntries(const Batch& batch) {
  for (const EntryRow& row : batch.entries) {
    put_entry_->Bind(1, Signed(row.place)).Bind(2, row.mailbox).Bind(3, row.id);
    put_entry_->BindBytes(4, row.envelope);
    put_entry_->Bind(5, ChecksumOf(row.place, row.mailbox, row.id, row.envelope));
    if (absl::Status status = put_entry_->Run(); !status.ok()) return status;
  }
  for (const std::uint64_t place : batch.ended_places) {
    absl::Status status = delete_entry_->Bind(1, Signed(place)).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status BatchWriter::WriteEnds(const Batch& batch) {
  for (const EndedRow& row : batch.ended) {
    put_ended_->Bind(1, Signed(row.number)).Bind(2, row.id).Bind(3, row.until);
    put_ended_->Bind(4, ChecksumOf(row.number, row.id, row.until));
    if (absl::Status status = put_ended_->Run(); !status.ok()) return status;
  }
  for (const std::uint64_t number : batch.forgotten) {
    absl::Status status = delete_ended_->Bind(1, Signed(number)).Run();
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status BatchWriter::WriteValues(const Batch& batch) {
  for (const ValueRow& row : batch.values) {
    Statement& statement = row.there ? *put_value_ : *delete_value_;
    statement.Bind(1, row.space).Bind(2, row.key);
    if (row.there) {
      statement.BindBytes(3, row.value).Bind(4, Signed(row.revision)).Bind(5, row.expires_at);
      statement.Bind(6, ChecksumOf(row.space, row.key, row.value, row.revision, row.expires_at));
    }
    if (absl::Status status = statement.Run(); !status.ok()) return status;
  }
  if (batch.values.empty()) return absl::OkStatus();
  return put_revision_->Bind(1, Signed(batch.last_revision)).Run();
}

absl::Status BatchWriter::Tidy() {
  if (++batches_ % kTidyEvery == 0) {
    const auto free = connection_->Number("PRAGMA freelist_count");
    if (!free.ok()) return free.status();
    if (*free > kFreePages) {
      if (absl::Status status = connection_->Run(kGiveSomeBack); !status.ok()) return status;
    }
  }
  return connection_->log_pages() > kLongLog ? connection_->Checkpoint() : absl::OkStatus();
}

}  // namespace chathub::sqlite
