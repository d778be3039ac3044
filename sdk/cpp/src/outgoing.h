// What waits to be said to the hub, packed into frames.
#pragma once

#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wire.h"

namespace chathub::sdk {

// The wire's limits: a frame is closed at so many items or bytes; no item may be larger.
inline constexpr int kFrameItems = 64;
inline constexpr std::size_t kFrameBytes = 256 * 1024;
inline constexpr std::size_t kItemBytes = 256 * 1024;

// Every frame of every stream is `repeated Item items = 1`, so it can be written item by item, and
// nothing else need be kept of them.
class OutgoingFrame {
 public:
  static constexpr int kItemsField = 1;

  // False if the frame must be closed before an item of this size.
  bool HasRoom(std::size_t size) const {
    return items_ == 0 || (items_ < kFrameItems && bytes_.size() + size <= kFrameBytes);
  }
  // Of an item. What is returned is to be continued by so many bytes.
  std::string& Begin(std::size_t size) {
    ++items_;
    AppendHead(kItemsField, size, bytes_);
    return bytes_;
  }
  void Add(const google::protobuf::MessageLite& item) {
    const std::size_t size = item.ByteSizeLong();
    AppendSized(item, size, Begin(size));
  }
  void Add(std::string_view item) { Begin(item.size()) += item; }

  bool empty() const { return items_ == 0; }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  int items_ = 0;
};

// Items in the order in which they are to be said.
class Outgoing {
 public:
  void Add(const google::protobuf::MessageLite& item) { Open(item.ByteSizeLong()).Add(item); }
  // As it goes over the wire.
  void Add(std::string_view item) { Open(item.size()).Add(item); }

  // Before all that waits, for what others' patience hangs on.
  void AddFirst(const google::protobuf::MessageLite& item) { frames_.emplace_front().Add(item); }

  // The frame to be said next; empty if there is none.
  OutgoingFrame Take() {
    if (frames_.empty()) return {};
    OutgoingFrame frame = std::move(frames_.front());
    frames_.pop_front();
    return frame;
  }
  bool empty() const { return frames_.empty(); }
  void Clear() { frames_.clear(); }

 private:
  OutgoingFrame& Open(std::size_t size) {
    if (frames_.empty() || !frames_.back().HasRoom(size)) frames_.emplace_back();
    return frames_.back();
  }

  std::list<OutgoingFrame> frames_;  // the last one is still open
};

}  // namespace chathub::sdk
