// Entries that nobody will handle any more, kept for people to read, to replay or to drop.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/internal/envelope.pb.h"
#include "hub/base/loop.h"
#include "hub/core/counters.h"
#include "hub/core/rate_limit.h"
#include "hub/core/tail.h"
#include "hub/engine/engine.h"

namespace chathub {

// In the store under `hub.dead`, by the time of their death; at most kMost of them, the oldest go
// first.
class DeadLetters {
 public:
  static constexpr std::size_t kMost = 10'000;

  struct Letter {
    std::string id;
    internal::DeadEnvelope dead;
  };

  DeadLetters(Loop& loop, Engine& engine, Counters& counters, Tail& tail);

  // Adds to the step what ends the entry and makes it a dead letter, whose duty the step takes
  // over. `why` is one sentence.
  void Add(Step& step, const EntryPtr& entry, std::string_view why);

  // Those that come after the id `after` (empty: from the oldest on), of one mailbox or (empty) of
  // all, at most `limit`.
  std::vector<Letter> List(std::string_view mailbox, std::string_view after,
                           std::size_t limit) const;
  absl::StatusOr<Letter> Find(const std::string& id) const;

  // Puts it into its mailbox again as if it had just come, with its attempts forgotten. kNoSuchPeer
  // if there is no such letter, kBadFrame if what it holds cannot be read.
  absl::Status Replay(const std::string& id);
  absl::Status Drop(const std::string& id);

 private:
  Write Forgetting(const std::string& id);

  Loop& loop_;
  Engine& engine_;
  Counters& counters_;
  Tail& tail_;
  // A mailbox that is full would write more lines than anybody reads; the letters have it all.
  RateLimit lines_{10, Milliseconds(1'000)};
  std::deque<std::string> ids_;  // some of them may be gone
  std::uint64_t last_number_ = 0;
};

}  // namespace chathub
