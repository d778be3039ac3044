// The memory engine's store: sorted maps.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "hub/engine/engine.h"

namespace chathub {

class MemoryStore {
 public:
  // OK if every write would hold one after the other; else kConflict, and `conflict` says which, or
  // kBadFrame for an addition to what is no number.
  absl::Status Check(const std::vector<Write>& writes, std::int64_t now, Conflict& conflict) const;

  // After Check said OK. One revision for each write; 0 for a delete.
  std::vector<std::uint64_t> Apply(const std::vector<Write>& writes, std::int64_t now);

  std::optional<StoreEntry> Find(std::string_view space, std::string_view key,
                                 std::int64_t now) const;
  std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                               std::string_view after, std::size_t limit, std::int64_t now) const;

 private:
  using Space = std::map<std::string, StoreEntry, std::less<>>;

  std::uint64_t ApplyOne(const Write& write, std::int64_t now);

  std::map<std::string, Space, std::less<>> spaces_;
  std::uint64_t last_revision_ = 0;
};

}  // namespace chathub
