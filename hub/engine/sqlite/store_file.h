// The file that holds the store: made, opened, and refused when it is not what it should be.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/engine/sqlite/connection.h"

namespace chathub::sqlite {

inline constexpr char kStoreFile[] = "store.db";

struct StorePlace {
  std::filesystem::path file;
  std::string vfs;  // empty: the system's file system
};

// Makes the file where there is none. Refuses, in words for a person and without changing anything,
// what is damaged, foreign, newer, open to others or in use. The connection alone may use the
// file: nobody else can read it meanwhile, so nobody can make the log grow.
absl::StatusOr<std::unique_ptr<Connection>> OpenStore(const StorePlace& place);

// After an error: everything that the log holds is in the file and on the disk when it returns.
absl::StatusOr<std::unique_ptr<Connection>> ReopenStore(const StorePlace& place);

// To be read only; the log stays as it is.
absl::StatusOr<std::unique_ptr<Connection>> OpenStoreToCheck(const StorePlace& place);

// Without it the next start takes the hub for killed, which is no harm either.
absl::Status CloseStore(std::unique_ptr<Connection> connection);

}  // namespace chathub::sqlite
