// What became of orders, for as long as they may be repeated.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>

#include "chathub/v1/adapters.pb.h"

namespace chathub::sdk {

// Remembers the last `most` keys.
class DoneMemory {
 public:
  explicit DoneMemory(std::size_t most) : most_(most) {}

  void Add(v1::Done done);
  // Nothing if the key is not known (any more).
  const v1::Done* Find(const std::string& key) const;
  // Names the message by the chat service's id, where it was named by the key it was posted under.
  // False if that is not known.
  bool Resolve(v1::MessageRef& ref) const;

 private:
  const std::size_t most_;
  std::unordered_map<std::string, v1::Done> dones_;
  std::deque<std::string> oldest_first_;
};

}  // namespace chathub::sdk
