// What a function gave back.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "chathub/v1/handlers.pb.h"

namespace chathub::sdk {

struct Answer {
  std::vector<v1::Action> actions;
  std::vector<v1::StoreWrite> store_writes;
  // Set: it gave up, and why.
  std::optional<std::string> nack;
  std::chrono::milliseconds retry_after{0};
};

// As the hub hears it, in valid UTF-8; for an answer that is no nack.
v1::Finish FinishOf(const v1::Delivery& delivery, Answer answer);

}  // namespace chathub::sdk
