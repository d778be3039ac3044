// Where a hub may listen.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace chathub {

// OK for `HOST:PORT`; else a sentence that says why not.
absl::Status CheckListenAddress(std::string_view address);

// The host is this machine's own (127.x.x.x, [::1], localhost). Anywhere else a hub needs TLS.
bool IsLoopbackAddress(std::string_view address);

}  // namespace chathub
