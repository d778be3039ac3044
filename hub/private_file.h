// Small files that only their owner may read.
#pragma once

#include <unistd.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chathub {

// An open file; closed with its owner. Below 0: there is none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (number_ >= 0) close(number_);
  }

  int get() const { return number_; }

 private:
  int number_;
};

// Whoever reads it meanwhile sees the old text or the new one, never a part; it is on the disk when
// this returns. Mode 0600.
absl::Status WritePrivateFile(const std::filesystem::path& path, std::string_view text);

// At most `limit` bytes of it; nothing if there is no such file. An error if it is not a plain file
// of this user's that is closed to everybody else.
absl::StatusOr<std::optional<std::string>> ReadPrivateFile(const std::filesystem::path& path,
                                                           std::size_t limit);

}  // namespace chathub
