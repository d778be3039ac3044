// Items on their way out of a stream, packed into frames.
#pragma once

#include <cstddef>
#include <list>
#include <utility>

namespace chathub {

inline constexpr std::size_t kFrameBytes = 256 * 1024;  // a frame is closed when it has as many
inline constexpr int kFrameItems = 64;
inline constexpr std::size_t kLargestItem = 256 * 1024;
inline constexpr std::size_t kLargestFrame = 1024 * 1024;

// Frame has `repeated Item items`. Not thread-safe.
template <class Frame, class Item>
class Outbox {
 public:
  // Who does not read is cut at so many bytes.
  static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

  void Add(Item item) {
    const std::size_t bytes = item.ByteSizeLong();
    if (parts_.empty() || parts_.back().frame.items_size() >= kFrameItems ||
        parts_.back().bytes + bytes > kFrameBytes) {
      parts_.emplace_back();
    }
    Part& part = parts_.back();  // the last one is still open
    *part.frame.add_items() = std::move(item);
    part.bytes += bytes;
    bytes_ += bytes;
  }

  Frame Take() {
    Part part = std::move(parts_.front());
    parts_.pop_front();
    bytes_ -= part.bytes;
    return std::move(part.frame);
  }

  bool empty() const { return parts_.empty(); }
  bool overflown() const { return bytes_ > kMostBytes; }

 private:
  struct Part {
    Frame frame;
    std::size_t bytes = 0;
  };

  std::list<Part> parts_;  // a deque takes 600 bytes when it is empty
  std::size_t bytes_ = 0;
};

}  // namespace chathub
