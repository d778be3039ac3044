// The folder that a hub lives in: its lock, the owner's credential, its socket, where it listens.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "hub/private_file.h"

namespace chathub {

// Held by a running hub, one hub per folder; gives the folder back when it is destroyed. Its
// errors name the path and what to do. Lives on the main thread.
class DataFolder {
 public:
  // Makes the folder (0700) and the owner's credential (0600) where they are missing, and takes
  // the lock. Refused: a folder or credential that another user owns or could change.
  static absl::StatusOr<std::unique_ptr<DataFolder>> Open(const std::filesystem::path& path);

  // Removes `endpoints` and the socket.
  ~DataFolder();
  DataFolder(const DataFolder&) = delete;
  DataFolder& operator=(const DataFolder&) = delete;

  // Absolute.
  const std::filesystem::path& path() const { return path_; }

  // 64 hexadecimal characters.
  const std::string& owner_token() const { return owner_token_; }

  // Where to put the Unix socket; what an earlier hub left there is removed. kTooLarge when the
  // path is longer than the 107 bytes the system takes: listen on TCP alone then, or say so.
  absl::StatusOr<std::string> ClaimSocket();

  // Tells clients where the hub listens, the preferred gRPC target first.
  absl::Status WriteEndpoints(std::span<const std::string> targets);

 private:
  DataFolder(std::filesystem::path path, FileDescriptor lock, std::string owner_token);

  const std::filesystem::path path_;
  // The lock ends with it.
  const FileDescriptor lock_;
  const std::string owner_token_;
};

}  // namespace chathub
