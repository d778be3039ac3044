// What lies in the mailboxes, in memory: for engines whose state lives on the hub thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "hub/base/loop.h"
#include "hub/engine/ended_ids.h"
#include "hub/engine/engine.h"
#include "hub/engine/held.h"

namespace chathub {

class Shelves {
 public:
  // An entry ended: how it is remembered.
  struct Ended {
    HeldPtr held;  // null: it was not there
    std::string id;
    std::int64_t until = 0;  // milliseconds since 1970
  };
  // Whoever is to hear of entries when the step is done.
  using Arrivals = std::vector<std::pair<Reader*, EntryPtr>>;

  // The loop tells the time only; it must outlive the shelves.
  explicit Shelves(const Loop& loop) : loop_(loop) {}

  // Null if the id is known; else its reader is added to those who are to hear of it.
  HeldPtr Put(const EntryPtr& entry, Arrivals& arrivals);
  // Null if it is not there.
  HeldPtr Find(const internal::Envelope& envelope) const;
  Ended End(const EntryPtr& entry);

  // See Engine.
  void Read(const std::string& mailbox, Reader* reader);
  std::vector<std::string> Mailboxes() const;

  // What an engine kept: entries in the order of their places, with their envelopes' bytes.
  void Restore(std::uint64_t place, std::string_view mailbox, std::string_view id,
               std::string bytes);
  void RestoreEnded(std::string_view id, std::int64_t until, std::uint64_t row);

  EndedIds& ended_ids() { return ended_ids_; }

 private:
  struct Mailbox {
    Reader* reader = nullptr;
    std::map<std::uint64_t, HeldPtr> unfinished;             // by order of the puts
    absl::flat_hash_map<std::string, std::uint64_t> places;  // by id
  };

  Mailbox& MailboxOf(std::string_view name);

  const Loop& loop_;

  absl::flat_hash_map<std::string, std::unique_ptr<Mailbox>> mailboxes_;
  std::uint64_t last_place_ = 0;
  EndedIds ended_ids_{500'000};
};

// Hands the entries to their readers. Last of all: a reader may apply a step of its own.
void Deliver(Shelves::Arrivals arrivals);

}  // namespace chathub
