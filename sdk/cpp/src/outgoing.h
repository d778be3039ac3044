// What waits to be said to the hub, packed into frames.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <cstddef>
#include <deque>
#include <utility>

namespace chathub::sdk {

// The wire's limits: a frame is closed at so many items or bytes; no item may be larger.
inline constexpr int kFrameItems = 64;
inline constexpr std::size_t kFrameBytes = 256 * 1024;
inline constexpr std::size_t kItemBytes = 256 * 1024;

// How full the frame is that is being packed.
struct FrameRoom {
  int items = 0;
  std::size_t bytes = 0;

  // Takes an item of this size in; false if the frame must be closed before it.
  bool Take(std::size_t size) {
    if (items > 0 && (items == kFrameItems || bytes + size > kFrameBytes)) return false;
    ++items;
    bytes += size;
    return true;
  }
};

// Items in the order in which they are to be said.
template <typename Item>
class Outgoing {
 public:
  void Add(Item item) { items_.push_back(std::move(item)); }

  // Moves into `frame` what has room there. False if something is left.
  bool Fill(google::protobuf::RepeatedPtrField<Item>& frame, FrameRoom& room) {
    while (!items_.empty() && room.Take(items_.front().ByteSizeLong())) {
      *frame.Add() = std::move(items_.front());
      items_.pop_front();
    }
    return items_.empty();
  }

  // The stream is gone: gives back what was never said on it.
  std::deque<Item> TakeAll() { return std::exchange(items_, {}); }
  bool empty() const { return items_.empty(); }

 private:
  std::deque<Item> items_;
};

}  // namespace chathub::sdk
