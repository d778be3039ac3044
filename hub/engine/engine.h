// The laws of an engine: what keeps mailboxes and the store.
//
// Everything that changes is one Step, kept whole or not at all. What an engine keeps, and what it
// survives, is said by its Properties; the rest of the laws hold for every engine and are tested by
// one suite (tests/engine/laws.h).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/statusor.h"
#include "chathub/internal/envelope.pb.h"
#include "hub/engine/duty.h"

namespace chathub {

inline const std::string& IdOf(const internal::Envelope& envelope) {
  if (!envelope.id().empty()) return envelope.id();
  return envelope.has_order() ? envelope.order().key() : envelope.delivery().id();
}

struct Held;

// An envelope in a mailbox. Shared by the engine, which keeps it, and the mailbox's reader.
struct Entry {
  internal::Envelope envelope;
  // The engine lets go of it when the entry is kept, or has ended. What an entry causes takes its
  // duties over before that: entries by their makers, writes of the step that ends it by the
  // engine.
  Duty unkept;
  // Let go of with the entry, or before when it has ended.
  Duty unsettled;
  // The engine's own, while the entry is unfinished.
  Held* held = nullptr;

  const std::string& id() const { return IdOf(envelope); }
};
using EntryPtr = std::shared_ptr<Entry>;
using Entries = absl::InlinedVector<EntryPtr, 1>;

// One change of the store. Spaces keep plugins apart; the hub's own begin with "hub.".
struct Write {
  enum class Kind { kPut, kDelete, kAdd };

  std::string space;
  std::string key;
  Kind kind = Kind::kPut;
  std::string value;            // kPut
  std::int64_t amount = 0;      // kAdd: to a decimal number; a missing key counts as 0
  std::int64_t expires_at = 0;  // kPut: milliseconds since 1970; 0: never
  // Only if the key's revision is this; 0: only if there is no such key.
  std::optional<std::uint64_t> if_revision;
};

struct StoreEntry {
  std::string key;
  std::string value;
  std::uint64_t revision = 0;  // grows with every change of the key, never reused
  std::int64_t expires_at = 0;
};

// What happens together.
struct Step {
  Entries put;  // into the mailbox that its envelope names
  Entries end;  // that were put or read; finished, but their ids stay known
  std::vector<Write> writes;
  // Let go of when the step and all that was applied before it are kept or finished. Writes that
  // somebody waits for are kept as soon as possible.
  Duty unkept;
};

struct Applied {
  std::vector<std::uint64_t> revisions;  // one for each write; 0 for a delete
  std::size_t known = 0;                 // how many puts were dropped because their id is known
};

// A write's if_revision did not hold.
struct Conflict {
  std::string key;
  std::uint64_t revision = 0;  // what it is now; 0: there is no such key
};

// Whoever takes entries out of a mailbox. Owned elsewhere; must outlive its reading.
class Reader {
 public:
  virtual ~Reader() = default;
  // In the order of the puts, each unfinished entry exactly once per Read.
  virtual void Arrived(EntryPtr entry) = 0;
};

struct Properties {
  std::string kind;             // for people: "memory", "sqlite"
  bool survives_crash = false;  // of the hub's process
  bool survives_power_loss = false;
};

// Lives on the hub thread; what an engine does on other threads comes back through the loop. Its
// end keeps what was applied and is not yet kept.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual const Properties& properties() const = 0;

  // Empty, or in one sentence why nothing can be kept at present. What was applied meanwhile waits
  // in memory; beyond a limit Apply fails.
  virtual std::string Trouble() const = 0;

  // How many entries were written since the start. What has come and gone before is not.
  virtual std::uint64_t EntriesWritten() const = 0;

  // Does all of the step or nothing; takes nothing of it when it fails. MUST be visible to readers
  // and finders before it returns: entries put are handed to their mailbox's reader from within. A
  // put whose id is known (it is in this mailbox, or ended in it at most its max_age ago) is
  // dropped, and its duties are let go of like the step's `unkept`. Fails with kConflict (see
  // LastConflict), kBadFrame (an addition to what is no number), kGoingAway (nothing can be kept
  // now).
  virtual absl::StatusOr<Applied> Apply(Step&& step) = 0;

  // The envelope of an unfinished entry was changed in place, but for what it is called and where
  // it lies. Lost only with the last 5 ms.
  virtual void Changed(const Entry& entry) = 0;

  // Of the last Apply that failed with kConflict.
  virtual const Conflict& LastConflict() const = 0;

  // From now on the mailbox's entries go to this reader, beginning with those that are unfinished.
  // One reader per mailbox; nullptr: nobody.
  virtual void Read(const std::string& mailbox, Reader* reader) = 0;

  // Those in which something is unfinished.
  virtual std::vector<std::string> Mailboxes() const = 0;

  virtual std::optional<StoreEntry> Find(std::string_view space, std::string_view key) const = 0;

  // In the order of the keys' bytes: keys with the prefix that come after `after` (empty: all).
  virtual std::vector<StoreEntry> List(std::string_view space, std::string_view prefix,
                                       std::string_view after, std::size_t limit) const = 0;
};

}  // namespace chathub
