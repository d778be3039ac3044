#include "hub/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "hub/base/errors.h"

namespace chathub {
namespace {

absl::Status CannotWrite(const std::filesystem::path& path) {
  return Fail(Reason::kOurFault, "cannot write " + path.string() + ": " + std::strerror(errno));
}

absl::Status CannotRead(const std::filesystem::path& path) {
  return Fail(Reason::kOurFault, "cannot read " + path.string() + ": " + std::strerror(errno));
}

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = write(file, text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// Else the new name might be lost with the power.
bool SyncFolder(const std::filesystem::path& folder) {
  const FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.get() >= 0 && fsync(opened.get()) == 0;
}

absl::Status CheckPrivate(const std::filesystem::path& path, int file) {
  struct stat found {};
  if (fstat(file, &found) != 0) return CannotRead(path);
  if (!S_ISREG(found.st_mode)) {
    return Fail(Reason::kNotAllowed, path.string() + " is not a plain file; remove it");
  }
  if (found.st_uid != geteuid()) {
    return Fail(Reason::kNotAllowed, path.string() + " belongs to another user; remove it");
  }
  if ((found.st_mode & 077) != 0) {
    return Fail(Reason::kNotAllowed,
                path.string() +
                    " is open to other users, who may have read it; remove it and the next start "
                    "makes a new one, or close it with: chmod 600 " +
                    path.string());
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status WritePrivateFile(const std::filesystem::path& path, std::string_view text) {
  const std::string draft = path.string() + ".new";
  // Left by somebody who was killed here.
  unlink(draft.c_str());
  const FileDescriptor file(
      open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0 || !WriteAll(file.get(), text) || fsync(file.get()) != 0 ||
      rename(draft.c_str(), path.c_str()) != 0 || !SyncFolder(path.parent_path())) {
    return CannotWrite(path);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> ReadPrivateFile(const std::filesystem::path& path,
                                                           std::size_t limit) {
  // Not to wait for a pipe's other end, not to follow a link to somebody else's file.
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.get() < 0 && errno == ENOENT) return std::nullopt;
  if (file.get() < 0 && errno == ELOOP) {
    return Fail(Reason::kNotAllowed, path.string() + " is a link, not a plain file; remove it");
  }
  if (file.get() < 0) return CannotRead(path);
  if (auto status = CheckPrivate(path, file.get()); !status.ok()) return status;
  std::string text(limit, '\0');
  const auto size = pread(file.get(), text.data(), text.size(), 0);
  if (size < 0) return CannotRead(path);
  text.resize(static_cast<std::size_t>(size));
  return text;
}

}  // namespace chathub
