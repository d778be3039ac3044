// Store writes as they come over the wire.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/v1/store.pb.h"
#include "hub/engine/engine.h"

namespace chathub {

inline constexpr std::size_t kLongestKey = 512;           // bytes
inline constexpr std::size_t kLargestValue = 128 * 1024;  // bytes

// kBadFrame or kTooLarge if it cannot be a key; a key is UTF-8, as all text of the wire is.
absl::Status CheckKey(const std::string& key);

// A plugin's writes, in its own space. Fails with kBadFrame or kTooLarge, naming the key.
absl::StatusOr<std::vector<Write>> ToWrites(
    const std::string& space, const google::protobuf::RepeatedPtrField<v1::StoreWrite>& writes,
    std::int64_t now);

}  // namespace chathub
