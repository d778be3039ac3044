// Ids of users and rooms: `<adapter>/<native id>`.
#pragma once

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"

namespace chathub {

inline constexpr std::size_t kLongestId = 512;    // bytes
inline constexpr std::size_t kLongestName = 256;  // bytes; what is longer is cut

// `irc/#ops` is `#ops` to its chat service.
std::string_view NativeId(std::string_view qualified_id);

// OK if it is one of the adapter's own; else kBadFrame. `what` is "user" or "room".
absl::Status CheckQualifiedId(std::string_view what, std::string_view id, std::string_view adapter);

}  // namespace chathub
