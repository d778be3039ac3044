// How a stream hears what its peer says: part of stream.h.
#pragma once

#include <memory>
#include <utility>

#include "hub/rpc/in_frame.h"
#include "hub/rpc/stream.h"

namespace chathub {

template <class Kind>
void Stream<Kind>::OnRead(bool ok) {
  reads_ = false;
  if (!ok) return OnReadEnd();
  typename Kind::InFrame frame;
  const std::size_t bytes = incoming_.Length();
  if (const absl::Status fault = ParseFrame(incoming_, frame); !fault.ok()) Close(fault);
  HearWhatGoesFirst(frame);
  const int items = frame.items_size();
  full_frames_ = Kind::kReadAhead > 0 && items >= kMostInARow ? full_frames_ + 1 : 0;
  if (items > 0) unheard_.Add(std::move(frame), bytes);
  if (hears_soon_) return ReadOn(items);
  if (full_frames_ <= Unheard::kMostFullFrames) {
    Hear(kAll);
  } else {
    HearInParts(desk_.loop.Now() + Unheard::kPutOff);
  }
  ReadOn(items);
}

template <class Kind>
void Stream<Kind>::HearWhatGoesFirst(typename Kind::InFrame& frame) {
  const BehindFrame behind(desk_);
  for (auto& item : *frame.mutable_items()) {
    if (!closing_ && Kind::GoesFirst(item)) session_->Hear(std::move(item));
  }
}

// What does not go first, until something must wait. `has_waited`: what comes next did.
template <class Kind>
void Stream<Kind>::Hear(int most, bool has_waited) {
  const BehindFrame behind(desk_);
  for (; !unheard_.empty() && most > 0; unheard_.Pop()) {
    auto& item = unheard_.Front();
    if (closing_ || Kind::GoesFirst(item)) continue;
    const bool waits = !has_waited && !call_->caller_gone();
    const Milliseconds wait = waits ? Kind::Wait(*session_, item) : Milliseconds::zero();
    if (wait > Milliseconds::zero()) {
      hears_soon_ = true;
      wait_ = desk_.loop.After(wait, [this] { HearOn(kAll, /*has_waited=*/true); });
      break;
    }
    has_waited = false;
    session_->Hear(std::move(item));
    --most;
  }
}

template <class Kind>
void Stream<Kind>::HearOn(int most, bool has_waited) {
  hears_soon_ = false;
  Hear(most, has_waited);
  if (unheard_.empty()) {
    if (read_ended_ && !closing_) Close(absl::OkStatus());
  } else if (!hears_soon_) {
    HearInParts(desk_.loop.Now() + Unheard::kPutOff);
  }
  ReadOn(0);
  LeaveWhenDone();
}

// The peer is gone, or nobody listens to it any more.
template <class Kind>
void Stream<Kind>::WaitNoLonger() {
  if (!wait_.set()) return;
  wait_ = desk_.loop.After(Milliseconds::zero(), [this] { HearOn(kAll, /*has_waited=*/true); });
}

// While there is more to be done than can be, what others have finished goes before it: so what has
// begun comes to its end, and what has not waits where it weighs nothing.
template <class Kind>
void Stream<Kind>::HearInParts(TimePoint at_the_latest) {
  hears_soon_ = true;
  desk_.loop.Post([this, at_the_latest] {
    if (desk_.busy && desk_.loop.Now() < at_the_latest) return HearInParts(at_the_latest);
    HearOn(Unheard::kPart, /*has_waited=*/false);
  });
}

// gRPC tells the peer at once that there is room for more, and wakes it for that alone. Who is not
// expected to say anything, and hears something soon, is told in the same breath. Whoever has said
// much goes on in the next turn, behind what others have finished meanwhile.
template <class Kind>
void Stream<Kind>::ReadOn(int items) {
  if (reads_ || read_ended_ || unheard_.bytes() > Kind::kReadAhead) return;
  reads_ = true;
  if (!closing_ && unheard_.empty() && !session_->owes()) {
    reads_behind_ = true;
    return FlushInTime();
  }
  said_in_a_row_ += std::max(items, 1);
  if (said_in_a_row_ < kMostInARow) return Read();
  said_in_a_row_ = 0;
  desk_.loop.Post([this] { Read(); });
}

template <class Kind>
void Stream<Kind>::OnReadEnd() {
  read_ended_ = true;
  if (!closing_ && unheard_.empty()) Close(absl::OkStatus());
  LeaveWhenDone();
}

}  // namespace chathub
