// The frames of a WebSocket, followed: the first byte says how many fragments are too many and how
// the rest is cut, which must make no difference.
#include <algorithm>

#include "hub/gateway/frame_watch.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

struct Told {
  bool well = true;
  int frames = 0;
};

// By RFC 6455, section 5.2, from whole bytes and without looking at FrameWatch.
Told Count(std::string_view bytes, std::size_t most) {
  Told told;
  std::size_t fragments = 0;
  const auto number = [&](std::size_t at) -> std::uint64_t {
    return static_cast<unsigned char>(bytes[at]);
  };
  while (bytes.size() >= 2) {
    std::uint64_t length = number(1) & 0x7F;
    const std::size_t wide = length == 126 ? 2 : length == 127 ? 8 : 0;
    const std::size_t head = 2 + wide + (number(1) >= 0x80 ? 4 : 0);
    if (bytes.size() < head) return told;
    if (wide > 0) length = 0;
    for (std::size_t i = 0; i < wide; ++i) length = length << 8 | number(2 + i);
    if ((number(0) & 0x08) == 0) {
      ++told.frames;
      if (++fragments > most) return {false, told.frames};
      if (number(0) >= 0x80) fragments = 0;
    }
    bytes.remove_prefix(head + std::min<std::uint64_t>(length, bytes.size() - head));
  }
  return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t most = bytes[0] >> 4U;
  const std::size_t piece = 1 + (bytes[0] & 0x0FU);
  std::string_view text = TextOf(bytes + 1, size - 1);
  const Told wanted = Count(text, most);
  FrameWatch watch(most);
  Told told;
  while (!text.empty()) {
    const std::string_view cut = text.substr(0, piece);
    told.well = watch.Follow(cut);
    told.frames += watch.TakeFrames();
    text.remove_prefix(cut.size());
  }
  Promise(told.well == wanted.well, "too many fragments are seen, and only then");
  Promise(told.frames == wanted.frames, "every frame is counted once");
  return 0;
}
