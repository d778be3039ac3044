// What lies in the mailboxes, in memory: for engines whose state lives on the hub thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "hub/base/loop.h"
#include "hub/engine/ended_ids.h"
#include "hub/engine/engine.h"
#include "hub/engine/held.h"

namespace chathub {

// One mailbox.
struct Shelf {
  std::uint64_t number = 0;  // a shelf's own
  Reader* reader = nullptr;
  absl::flat_hash_map<Fingerprint, HeldPtr> unfinished;
};

class Shelves {
 public:
  // Whoever is to hear of entries when the step is done.
  using Arrivals = absl::InlinedVector<std::pair<Reader*, EntryPtr>, 1>;

  // The loop tells the time only; it must outlive the shelves.
  explicit Shelves(const Loop& loop) : loop_(loop) {}

  // Null if the id is known; else its reader is added to those who are to hear of it.
  Held* Put(const EntryPtr& entry, TimePoint now, Arrivals& arrivals);
  // The unfinished one with this mailbox and id; null if it is not there.
  HeldPtr Find(const internal::Envelope& envelope) const;
  // One that was put or read; null if it has ended before. Its id is known to have ended now.
  HeldPtr End(Entry& entry, TimePoint now);

  // See Engine.
  void Read(const std::string& mailbox, Reader* reader);
  std::vector<std::string> Mailboxes() const;

  // What an engine kept: entries in the order of their places, with their envelopes' bytes.
  void Restore(std::uint64_t place, std::string_view mailbox, std::string_view id,
               std::string bytes);
  void RestoreEnded(std::string_view key, std::int64_t until, std::uint64_t row);

  EndedIds& ended_ids() { return ended_ids_; }

 private:
  Shelf& ShelfOf(std::string_view mailbox);

  const Loop& loop_;

  absl::flat_hash_map<std::string, std::unique_ptr<Shelf>> shelves_;  // by mailbox
  std::uint64_t last_place_ = 0;
  EndedIds ended_ids_{500'000};
};

// How an ended entry is called where it is kept: a delivery and the order that answers it have the
// same id, in different mailboxes.
std::string EndedKeyOf(const internal::Envelope& envelope);

// For how long the id is known when the entry has ended.
Milliseconds MemoryOf(const internal::Envelope& envelope);

// Hands the entries to their readers. Last of all: a reader may apply a step of its own.
void Deliver(Shelves::Arrivals arrivals);

}  // namespace chathub
