// What a function gave back.
#pragma once

#include <google/protobuf/arena.h>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "chathub/v1/handlers.pb.h"

namespace chathub::sdk {

// Made in the place where the function runs; small ones need no memory elsewhere.
struct Answer {
  Answer() : arena(memory, sizeof memory) {}

  alignas(std::max_align_t) char memory[1000];
  google::protobuf::Arena arena;
  // Valid UTF-8 but for the delivery and its attempt, which the session fills in.
  v1::HandlerItem& item = *google::protobuf::Arena::CreateMessage<v1::HandlerItem>(&arena);
  v1::Finish& finish = *item.mutable_finish();
  // Set: it gave up, and why.
  std::optional<std::string> nack;
  std::chrono::milliseconds retry_after{0};
};

}  // namespace chathub::sdk
