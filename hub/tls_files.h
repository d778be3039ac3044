// The certificate that a hub shows, its key, and whose certificates it asks for.
#pragma once

#include "absl/status/status.h"
#include "hub/config.h"

namespace chathub {

// OK if a hub can listen with them: they can be read, key and certificate belong together, and
// nobody but their owner can read the key. Else one sentence with the path and what to do; it never
// holds what is in a file.
absl::Status CheckTlsFiles(const ListenConfig& listen);

}  // namespace chathub
