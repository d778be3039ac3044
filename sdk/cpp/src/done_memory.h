// What became of orders, for as long as they may be repeated.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "chathub/v1/adapters.pb.h"

namespace chathub::sdk {

// Remembers the last `most` keys, each with the item that said what became of it, as it went over
// the wire.
class DoneMemory {
 public:
  explicit DoneMemory(std::size_t most) : most_(most) {}

  void Add(const std::string& key, std::string item);
  // Nothing if the key is not known (any more).
  const std::string* Find(const std::string& key) const;
  // Names the message by the chat service's id, where it was named by the key it was posted under.
  // False if that is not known.
  bool Resolve(v1::MessageRef& ref) const;

 private:
  const std::size_t most_;
  std::unordered_map<std::string, std::string> items_;
  std::deque<std::string_view> oldest_first_;  // keys in items_
};

}  // namespace chathub::sdk
