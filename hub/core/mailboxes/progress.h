// How far the hub has taken in one adapter's events: accepted and settled positions.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "hub/engine/engine.h"

namespace chathub {

// Numbers are opened in order and closed in any order; up_to() is the last before the first open.
class Frontier {
 public:
  explicit Frontier(std::uint64_t up_to) : up_to_(up_to) {}

  std::uint64_t up_to() const { return up_to_; }
  // The next number to open.
  std::uint64_t next() const { return up_to_ + closed_.size() + 1; }

  void Open() { closed_.push_back(false); }
  // Opens and closes everything from next() up to `number`. True if up_to() moved.
  bool SkipTo(std::uint64_t number);
  // True if up_to() moved.
  bool Close(std::uint64_t number);

 private:
  std::uint64_t up_to_;
  std::deque<bool> closed_;  // of up_to_ + 1 and on
};

// One life of an adapter's outbox (an epoch). Shared by the adapter's mailbox and the duties of
// events on their way, which may end after the next epoch has begun.
class Progress : public std::enable_shared_from_this<Progress> {
 public:
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void ProgressMoved() = 0;
  };

  struct Duties {
    Duty unkept;
    Duty unsettled;
  };

  // Everything up to `up_to` is taken as settled.
  Progress(std::uint64_t up_to, std::string cursor)
      : accepted_(up_to), settled_(up_to), cursor_(std::move(cursor)) {}

  // Who is told when a position moved; nullptr: nobody.
  void Tell(Listener* listener) { listener_ = listener; }

  std::uint64_t accepted() const { return accepted_.up_to(); }
  std::uint64_t settled() const { return settled_.up_to(); }
  std::uint64_t next() const { return accepted_.next(); }
  // Events that were taken in.
  std::uint64_t unsettled() const { return next() - 1 - settled(); }
  // Of the last accepted event that had one.
  const std::string& cursor() const { return cursor_; }

  // Nothing was taken in yet: an outbox that was empty when its adapter said hello to a hub that
  // forgot it goes on where it is.
  bool untouched() const { return untouched_; }

  // Takes in event next(). It is accepted when `unkept` has no holder any more, and so on.
  Duties Begin(const std::string& cursor);

  // Everything up to there that was not taken in never will be.
  void SkipTo(std::uint64_t seq);

 private:
  template <void (Progress::*close)(std::uint64_t)>
  struct OpenSeq;

  void CloseAccepted(std::uint64_t seq);
  void CloseSettled(std::uint64_t seq);

  Frontier accepted_;
  Frontier settled_;
  bool untouched_ = true;
  std::string cursor_;
  std::deque<std::pair<std::uint64_t, std::string>> cursors_;  // of events not yet accepted
  Listener* listener_ = nullptr;
};

}  // namespace chathub
