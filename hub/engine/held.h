// An unfinished entry as the engine holds it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hub/engine/engine.h"
#include "hub/engine/fingerprint.h"

namespace chathub {

struct Shelf;

struct Held : std::enable_shared_from_this<Held> {
  // Where an engine with a disk has it.
  enum class Row { kNone, kUnderway, kThere };

  std::uint64_t place = 0;  // by order of the puts
  Shelf* shelf = nullptr;   // it lies on
  Fingerprint id;           // of its mailbox and id
  EntryPtr entry;           // null: nobody has read it yet
  std::string bytes;        // its envelope as it was kept, until somebody reads it

  Row row = Row::kNone;
  // Its put came with a duty: nobody was promised anything yet.
  bool answerable = false;
  std::uint64_t ended_in = 0;  // the number of that step; 0: unfinished
  bool ended_purely = false;   // that step caused nothing
};

// Shared by the mailbox that it is in and the steps that are not yet kept.
using HeldPtr = std::shared_ptr<Held>;

}  // namespace chathub
