// What can be said about a store's files before SQLite touches them.
#pragma once

#include <filesystem>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chathub::sqlite {

std::filesystem::path LogOf(const std::filesystem::path& store);

// There is a log with something in it.
bool HasLog(const std::filesystem::path& store);

// False: there is no store here, and nothing that looks like the rest of one. Refuses what is
// no whole store of Chathub, is newer than this hub or is open to others.
absl::StatusOr<bool> CheckFiles(const std::filesystem::path& store);

// Makes a new name in the folder last.
absl::Status SyncFolder(const std::filesystem::path& folder);

}  // namespace chathub::sqlite
