// What gRPC's completion queue hands back.
#pragma once

#include <functional>
#include <utility>

namespace chathub {

// A member of a call; every operation of the call that can be outstanding has its own. Runs on the
// hub thread.
class Tag {
 public:
  explicit Tag(std::function<void(bool ok)> proceed) : proceed_(std::move(proceed)) {}
  Tag(const Tag&) = delete;
  Tag& operator=(const Tag&) = delete;

  void Proceed(bool ok) { proceed_(ok); }

 private:
  const std::function<void(bool)> proceed_;
};

}  // namespace chathub
