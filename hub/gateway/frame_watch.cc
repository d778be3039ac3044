#include "hub/gateway/frame_watch.h"

#include <algorithm>

namespace chathub {
namespace {

constexpr unsigned kFinal = 0x80;
constexpr unsigned kControl = 0x08;
constexpr unsigned kMasked = 0x80;
constexpr unsigned kTwoBytes = 126;  // in place of a length: it stands in so many bytes behind
constexpr unsigned kEightBytes = 127;

std::size_t LengthBytes(unsigned length) {
  return length == kTwoBytes ? 2 : length == kEightBytes ? 8 : 0;
}

}  // namespace

bool FrameWatch::Follow(std::string_view bytes) {
  while (!bytes.empty() && fragments_ <= most_fragments_) {
    if (payload_left_ > 0) {
      const auto passed = std::min<std::uint64_t>(payload_left_, bytes.size());
      payload_left_ -= passed;
      bytes.remove_prefix(static_cast<std::size_t>(passed));
      continue;
    }
    head_[head_size_++] = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (head_size_ >= 2 && head_size_ == HeadSize()) EndHead();
  }
  return fragments_ <= most_fragments_;
}

std::size_t FrameWatch::HeadSize() const {
  return 2 + LengthBytes(head_[1] & 0x7FU) + ((head_[1] & kMasked) != 0 ? 4 : 0);
}

void FrameWatch::EndHead() {
  head_size_ = 0;
  const unsigned length = head_[1] & 0x7FU;
  payload_left_ = LengthBytes(length) == 0 ? length : 0;
  for (std::size_t i = 0; i < LengthBytes(length); ++i) {
    payload_left_ = payload_left_ << 8U | head_[2 + i];
  }
  if ((head_[0] & kControl) != 0) return;
  ++frames_;
  ++fragments_;
  const bool ends = (head_[0] & kFinal) != 0 && fragments_ <= most_fragments_;
  if (ends) fragments_ = 0;
}

}  // namespace chathub
