// Follows the frames in what a WebSocket client sends, and counts what the library does not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace chathub {

// Sees nothing but the headers: it neither unmasks nor keeps a byte. Frames that break the rules
// are the library's to refuse.
class FrameWatch {
 public:
  explicit FrameWatch(std::size_t most_fragments) : most_fragments_(most_fragments) {}

  // The next bytes. False from that frame on which is one fragment too many in its message.
  bool Follow(std::string_view bytes);

  // Frames of text or binary since the last call.
  int TakeFrames() { return std::exchange(frames_, 0); }

 private:
  std::size_t HeadSize() const;
  void EndHead();

  const std::size_t most_fragments_;

  std::array<unsigned char, 14> head_{};
  std::size_t head_size_ = 0;
  std::uint64_t payload_left_ = 0;
  std::size_t fragments_ = 0;
  int frames_ = 0;
};

}  // namespace chathub
