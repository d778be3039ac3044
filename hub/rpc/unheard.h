// Items of a peer that were read and are still to be heard.
#pragma once

#include <cstddef>
#include <list>
#include <utility>

#include "hub/base/loop.h"

namespace chathub {

// Frames of items, in the order in which they came. Not thread-safe.
template <class InFrame>
class Unheard {
 public:
  // Who fills more frames in a row says more than can be heard, and is heard in parts of so many
  // items.
  static constexpr int kMostFullFrames = 2;
  static constexpr int kPart = 32;
  // How long the next part lets go before it what others say.
  static constexpr Milliseconds kPutOff{1};

  // There is an item in it; `bytes`: the frame's on the wire.
  void Add(InFrame&& frame, std::size_t bytes) {
    frames_.push_back({std::move(frame), bytes});
    bytes_ += bytes;
  }

  // What comes next; valid until Pop.
  auto& Front() { return *frames_.front().frame.mutable_items(frames_.front().next); }
  void Pop() {
    Frame& front = frames_.front();
    if (++front.next < front.frame.items_size()) return;
    bytes_ -= front.bytes;
    frames_.pop_front();
  }

  bool empty() const { return frames_.empty(); }
  // Of the frames that are not heard to their end.
  std::size_t bytes() const { return bytes_; }

 private:
  struct Frame {
    InFrame frame;
    std::size_t bytes;
    int next = 0;
  };

  std::list<Frame> frames_;  // a deque takes 600 bytes when it is empty
  std::size_t bytes_ = 0;
};

}  // namespace chathub
