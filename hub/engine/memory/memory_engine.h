// The engine that keeps everything in memory and survives nothing.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"
#include "hub/engine/engine.h"
#include "hub/engine/memory/memory_store.h"
#include "hub/engine/remembered_keys.h"

namespace chathub {

// An entry is kept as soon as it is put.
class MemoryEngine : public Engine {
 public:
  // The loop tells the time only; it must outlive the engine.
  explicit MemoryEngine(const Loop& loop) : loop_(loop) {}

  const Properties& properties() const override { return properties_; }
  std::string Trouble() const override { return {}; }
  absl::StatusOr<Applied> Apply(Step step) override;
  const Conflict& LastConflict() const override { return conflict_; }
  void Read(const std::string& mailbox, Reader* reader) override;
  std::vector<std::string> Mailboxes() const override;
  std::optional<StoreEntry> Find(std::string_view space, std::string_view key) const override;
  std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                               std::string_view after, std::size_t limit) const override;

 private:
  struct Mailbox {
    Reader* reader = nullptr;
    std::map<std::uint64_t, EntryPtr> unfinished;            // by order of the puts
    absl::flat_hash_map<std::string, std::uint64_t> places;  // by id
  };

  bool Knows(const Mailbox& mailbox, const internal::Envelope& envelope) const;
  void End(const EntryPtr& entry);

  const Properties properties_{.kind = "memory"};
  const Loop& loop_;

  absl::flat_hash_map<std::string, std::unique_ptr<Mailbox>> mailboxes_;
  std::uint64_t last_place_ = 0;
  RememberedKeys ended_{500'000};
  MemoryStore store_;
  Conflict conflict_;
};

}  // namespace chathub
