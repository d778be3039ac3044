// The engine that keeps everything in memory and survives nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/loop.h"
#include "hub/engine/engine.h"
#include "hub/engine/shelves.h"
#include "hub/engine/stored_values.h"

namespace chathub {

// An entry is kept as soon as it is put.
class MemoryEngine : public Engine {
 public:
  // The loop tells the time only; it must outlive the engine.
  explicit MemoryEngine(const Loop& loop) : loop_(loop), shelves_(loop) {}

  const Properties& properties() const override { return properties_; }
  std::string Trouble() const override { return {}; }
  std::uint64_t EntriesWritten() const override { return 0; }
  absl::StatusOr<Applied> Apply(Step&& step) override;
  void Changed(const Entry&) override {}
  const Conflict& LastConflict() const override { return conflict_; }
  void Read(const std::string& mailbox, Reader* reader) override { shelves_.Read(mailbox, reader); }
  std::vector<std::string> Mailboxes() const override { return shelves_.Mailboxes(); }
  std::optional<StoreEntry> Find(std::string_view space, std::string_view key) const override;
  std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                               std::string_view after, std::size_t limit) const override;

 private:
  const Properties properties_{.kind = "memory"};
  const Loop& loop_;

  Shelves shelves_;
  StoredValues values_;
  Conflict conflict_;
};

}  // namespace chathub
