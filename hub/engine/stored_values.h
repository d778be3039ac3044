// The store in memory, as sorted maps: for engines whose state lives on the hub thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/status/status.h"
#include "hub/engine/engine.h"

namespace chathub {

class StoredValues {
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

  // Also if its time is over; null: there is none.
  const StoreEntry* Look(std::string_view space, std::string_view key) const;

  struct Name {
    std::string space;
    std::string key;
  };
  // Forgets keys whose time is over, a bounded number at a time, and tells which.
  std::vector<Name> RemoveExpired(std::int64_t now);

  // What an engine kept, in the order of spaces and keys.
  void Restore(std::string_view space, StoreEntry entry);
  // Revisions go on behind this one.
  void RestoreRevision(std::uint64_t revision);
  std::uint64_t last_revision() const { return last_revision_; }

 private:
  using Space = std::map<std::string, StoreEntry, std::less<>>;

  std::uint64_t ApplyOne(const Write& write, std::int64_t now);
  static Space::iterator Locate(Space& space, std::string_view key);
  void Erase(const std::string& space_name, Space& space, Space::iterator at);

  std::map<std::string, Space, std::less<>> spaces_;
  // Keys that will be gone, the first first: when, space, key.
  std::set<std::tuple<std::int64_t, std::string, std::string>> expiries_;
  std::uint64_t last_revision_ = 0;
};

}  // namespace chathub
