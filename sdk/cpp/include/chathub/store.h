// The handler's memory in the hub: keys and values of its own, which every instance of it shares.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/result.h"

namespace chathub {

namespace v1 {
class StoreWrite;
}  // namespace v1

namespace sdk {
class UnaryCalls;
class StoreWatching;
}  // namespace sdk

struct StoreEntry {
  std::string key = {};
  std::string value = {};
  // Grows with every change of the key.
  std::uint64_t revision = 0;
  std::optional<std::chrono::system_clock::time_point> expires_at = {};
};

struct StorePutOptions {
  // Gone after this time; unset: never.
  std::optional<std::chrono::milliseconds> ttl = {};
  // Only if the key's revision is this; 0: only if there is no such key.
  std::optional<std::uint64_t> if_revision = {};
};

// In the order of the keys' bytes.
struct StorePage {
  std::vector<StoreEntry> entries = {};
  // For the next page; empty: this was the last.
  std::string next = {};
};

struct StoreChange {
  // Without a value where the key is gone.
  StoreEntry entry = {};
  bool deleted = false;
};

// As long as it lives, a thread of its own hears of changes.
class StoreWatch {
 public:
  explicit StoreWatch(std::unique_ptr<sdk::StoreWatching> watching);
  // Waits for the function to return; not to be called from it.
  ~StoreWatch();
  StoreWatch(const StoreWatch&) = delete;
  StoreWatch& operator=(const StoreWatch&) = delete;

 private:
  std::unique_ptr<sdk::StoreWatching> watching_;
};

// Belongs to a Handler; any thread. A call waits for at most 10 s, also through a hub's restart; a
// write is answered when it is kept. What is written here may be written twice when a message comes
// again: what must count once goes with an answer (Message::StorePut, StoreAdd).
//
// Keys are UTF-8 without NUL, at most 512 bytes; a value has at most 128 KiB. Problems: kTooLarge,
// kTooMuch (all of it together), kConflict (an if_revision did not hold), kGoingAway (it may have
// been written or not).
class Store {
 public:
  explicit Store(sdk::UnaryCalls& calls) : calls_(calls) {}
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Nothing: there is no such key.
  Result<std::optional<StoreEntry>> Get(std::string_view key);
  // The revision.
  Result<std::uint64_t> Put(std::string_view key, std::string value, StorePutOptions options = {});
  // True; a key that is not there is no problem.
  Result<bool> Delete(std::string_view key, std::optional<std::uint64_t> if_revision = {});
  // To a decimal number; a missing one counts as 0. The revision. Never repeated by itself.
  Result<std::uint64_t> Add(std::string_view key, std::int64_t amount);
  // Size 0: the hub's default of 100; at most 1000. `after`: the `next` of the page before.
  Result<StorePage> List(std::string_view prefix, std::string_view after = {},
                         std::uint32_t size = 0);
  // All or none; one revision for each, 0 for a delete. Never repeated by itself.
  Result<std::vector<std::uint64_t>> Batch(const std::vector<v1::StoreWrite>& writes);
  // Calls `heard` for every key that is there, then for every change. After a break it comes back
  // by itself and says again what is there, but not what was deleted meanwhile.
  std::unique_ptr<StoreWatch> Watch(std::string prefix,
                                    std::function<void(const StoreChange&)> heard);

 private:
  sdk::UnaryCalls& calls_;
};

}  // namespace chathub
