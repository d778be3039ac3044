// The store as plugins see it: each one's own keys, within limits, and who watches them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/v1/store.pb.h"
#include "hub/base/loop.h"
#include "hub/core/store/store_ledger.h"
#include "hub/engine/engine.h"

namespace chathub {

v1::StoreEntry ToWire(StoreEntry entry);

// A plugin is named by its peer name, `handler/karma`, which is also its space in the engine: no
// two kinds of peers meet there, nor does any with the hub's own `hub.` spaces. Whatever plugins
// write goes through here. What has expired is removed soon, also from the engine.
class PluginStore {
 public:
  struct Limits {
    std::size_t bytes = 64 * 1024 * 1024;  // of one plugin's keys and values
    std::size_t keys = 100'000;
  };

  // Whoever wants to know what changes.
  class Watcher {
   public:
    virtual ~Watcher() = default;
    virtual void Changed(const v1::StoreChange& change) = 0;
  };

  // Writes that are within the limits, not yet applied.
  struct Change {
    std::string peer;
    std::vector<Write> writes;  // for the step that applies them
    // What becomes of each key; the size of a number that is added to is known afterwards.
    struct Line {
      std::string key;
      Write::Kind kind = Write::Kind::kPut;
      std::size_t bytes = 0;
      std::int64_t expires_at = 0;
    };
    std::vector<Line> lines;
  };

  PluginStore(Limits limits, Loop& loop, Engine& engine)
      : limits_(limits), loop_(loop), engine_(engine) {}
  PluginStore(const PluginStore&) = delete;
  PluginStore& operator=(const PluginStore&) = delete;

  // Fails with kBadFrame if it cannot be a key.
  absl::StatusOr<std::optional<StoreEntry>> Get(const std::string& peer,
                                                const std::string& key) const;
  // Keys with the prefix that come after `after`, in the order of their bytes: at most `limit`, or
  // fewer where they have `bytes` together; at least one if there is one.
  std::vector<StoreEntry> List(const std::string& peer, std::string_view prefix,
                               std::string_view after, std::size_t limit, std::size_t bytes) const;

  // Fails with kBadFrame, kTooLarge, or kTooMuch where the plugin would have more than it may.
  absl::StatusOr<Change> Prepare(const std::string& peer,
                                 const google::protobuf::RepeatedPtrField<v1::StoreWrite>& writes);
  // The step with the writes of `change` was applied: watchers hear of it.
  void Note(const Change& change);

  // Both at once; `unkept` is let go of when the writes are kept. Fails like Prepare, or with
  // kConflict (naming the key and its revision), kGoingAway.
  absl::StatusOr<Applied> Apply(const std::string& peer,
                                const google::protobuf::RepeatedPtrField<v1::StoreWrite>& writes,
                                Duty unkept);

  // Until it is removed. The watcher must not add or remove watchers when it is told something.
  void Add(const std::string& peer, const std::string& prefix, Watcher& watcher);
  void Remove(const std::string& peer, Watcher& watcher);

 private:
  struct Watching {
    std::string prefix;
    Watcher* watcher = nullptr;
  };
  struct Space {
    StoreLedger ledger;
    std::vector<Watching> watchers;
  };

  Space& Open(const std::string& peer);
  absl::Status CheckQuota(const std::string& peer, const StoreLedger& ledger,
                          const std::vector<Write>& writes) const;
  void Enter(const std::string& peer, StoreLedger& ledger, const Change::Line& line) const;
  void Tell(const std::string& peer, const Space& space, const std::string& key) const;
  void WaitForExpiry();
  void RemoveExpired();

  const Limits limits_;
  Loop& loop_;
  Engine& engine_;

  std::map<std::string, Space> spaces_;  // of plugins that used theirs
  Timer expiry_;
};

}  // namespace chathub
