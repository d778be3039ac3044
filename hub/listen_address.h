// Where a hub may listen.
#pragma once

#include <string_view>

#include "absl/status/status.h"

namespace chathub {

// OK for `HOST:PORT` with a loopback host (127.x.x.x, [::1], localhost); else a sentence that says
// why not. Everybody else on the network would need TLS, which is not there yet.
absl::Status CheckListenAddress(std::string_view address);

}  // namespace chathub
