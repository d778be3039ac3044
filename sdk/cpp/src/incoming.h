// Frames from the hub, whose parts may be kept.
#pragma once

#include <google/protobuf/arena.h>

#include <cstddef>
#include <memory>

namespace chathub::sdk {

// A frame and all that is in it lie in one piece of memory. It goes when the last part of it has
// been let go.
template <typename Frame>
std::shared_ptr<Frame> NewFrame() {
  struct Memory {
    static google::protobuf::ArenaOptions Options(Memory& self) {
      google::protobuf::ArenaOptions options;
      options.initial_block = self.first;
      options.initial_block_size = sizeof self.first;
      options.max_block_size = 32 * 1024;
      return options;
    }
    alignas(std::max_align_t) char first[4000];
    google::protobuf::Arena arena{Options(*this)};
    Frame* frame = google::protobuf::Arena::CreateMessage<Frame>(&arena);
  };
  // Not make_shared, which would write zeros all over it.
  std::shared_ptr<Memory> memory(new Memory);
  return {memory, memory->frame};
}

// `part`, which lies in the frame.
template <typename Frame, typename Part>
std::shared_ptr<Part> Share(const std::shared_ptr<Frame>& frame, Part& part) {
  return {frame, &part};
}

}  // namespace chathub::sdk
