// Items on their way out of a stream, packed into frames.
#pragma once

#include <google/protobuf/io/coded_stream.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <string>
#include <utility>

namespace chathub {

inline constexpr std::size_t kFrameBytes = 256 * 1024;  // a frame is closed when it has as many
inline constexpr int kFrameItems = 64;
inline constexpr std::size_t kLargestItem = 256 * 1024;
inline constexpr std::size_t kLargestFrame = 1024 * 1024;

// Every frame of every stream is `repeated Item items = 1`: it can be written item by item, and the
// items need not be kept. Not thread-safe.
template <class Item>
class Outbox {
 public:
  // Who does not read is cut at so many bytes.
  static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

  void Add(const Item& item) {
    const std::size_t size = item.ByteSizeLong();
    if (frames_.empty() || frames_.back().items >= kFrameItems ||
        frames_.back().bytes.size() + size > kFrameBytes) {
      frames_.emplace_back();
    }
    Frame& frame = frames_.back();  // the last one is still open
    const std::size_t before = frame.bytes.size();
    Append(item, size, frame.bytes);
    ++frame.items;
    bytes_ += frame.bytes.size() - before;
  }

  // A frame as it goes over the wire.
  std::string Take() {
    std::string bytes = std::move(frames_.front().bytes);
    frames_.pop_front();
    bytes_ -= bytes.size();
    return bytes;
  }

  bool empty() const { return frames_.empty(); }
  // Of the frame that is next.
  int items() const { return frames_.empty() ? 0 : frames_.front().items; }
  bool overflown() const { return bytes_ > kMostBytes; }

 private:
  struct Frame {
    std::string bytes;
    int items = 0;
  };

  static void Append(const Item& item, std::size_t size, std::string& bytes) {
    using google::protobuf::io::CodedOutputStream;
    constexpr std::uint8_t kItemsTag = 1 << 3 | 2;  // field 1, with a length
    constexpr std::size_t kLongestHead = 6;
    const std::size_t before = bytes.size();
    bytes.resize(before + kLongestHead + size);
    auto* const begin = reinterpret_cast<std::uint8_t*>(bytes.data());
    std::uint8_t* at = begin + before;
    *at++ = kItemsTag;
    at = CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(size), at);
    at = item.SerializeWithCachedSizesToArray(at);
    bytes.resize(static_cast<std::size_t>(at - begin));
  }

  std::list<Frame> frames_;  // a deque takes 600 bytes when it is empty
  std::size_t bytes_ = 0;
};

}  // namespace chathub
