// Looks through a whole store without changing it.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "hub/engine/sqlite/store_file.h"

namespace chathub::sqlite {

// What is in it, for people. The error says everything that is wrong with it.
absl::StatusOr<std::string> CheckStore(const StorePlace& place);

}  // namespace chathub::sqlite
