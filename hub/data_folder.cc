#include "hub/data_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/secrets.h"
#include "hub/private_file.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;

constexpr char kEndpoints[] = "endpoints";
constexpr char kLock[] = "lock";
constexpr char kOwnerToken[] = "owner-token";
constexpr char kSocket[] = "hub.sock";
constexpr std::size_t kTokenSize = 64;
// One byte of sun_path is the NUL behind the path.
constexpr std::size_t kLongestSocketPath = sizeof(sockaddr_un::sun_path) - 1;

std::string ErrorText() { return std::strerror(errno); }

// Like mkdir -p, for nobody but the user.
absl::Status MakeFolder(const fs::path& path) {
  fs::path step;
  for (const fs::path& name : path) {
    step /= name;
    if (mkdir(step.c_str(), 0700) == 0 || errno == EEXIST) continue;
    // A folder that may not be written to may still be passed through.
    if (std::error_code error; fs::is_directory(step, error)) continue;
    return Fail(Reason::kOurFault, "cannot make the folder " + step.string() + ": " + ErrorText() +
                                       "; choose another data folder with --data");
  }
  return absl::OkStatus();
}

// Reading it is no harm: what is secret in it is closed by itself.
absl::Status CheckFolder(const fs::path& path) {
  struct stat folder {};
  if (stat(path.c_str(), &folder) != 0 || !S_ISDIR(folder.st_mode)) {
    return Fail(Reason::kOurFault,
                path.string() + " is not a folder; choose another data folder with --data");
  }
  if (folder.st_uid != geteuid()) {
    return Fail(Reason::kNotAllowed, "the data folder " + path.string() +
                                         " belongs to another user; choose another with --data");
  }
  if ((folder.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return Fail(Reason::kNotAllowed, "other users may write to the data folder " + path.string() +
                                         "; close it with: chmod 700 " + path.string());
  }
  return absl::OkStatus();
}

std::string WhoHolds(int lock) {
  char pid[32] = {};
  const auto size = pread(lock, pid, sizeof pid - 1, 0);
  const std::string digits = size > 0 ? std::string(pid, std::strspn(pid, "0123456789")) : "";
  return digits.empty() ? "" : " (pid " + digits + ")";
}

void SayWhoHolds(int lock) {
  const std::string pid = std::to_string(getpid()) + "\n";
  // Only for a person's eyes; the lock holds without it.
  if (ftruncate(lock, 0) == 0) (void)!pwrite(lock, pid.data(), pid.size(), 0);
}

absl::StatusOr<FileDescriptor> TakeLock(const fs::path& folder) {
  const fs::path path = folder / kLock;
  FileDescriptor lock(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.get() < 0) {
    return Fail(Reason::kOurFault, "cannot open the lock " + path.string() + ": " + ErrorText());
  }
  if (flock(lock.get(), LOCK_EX | LOCK_NB) == 0) {
    SayWhoHolds(lock.get());
    return lock;
  }
  if (errno == EWOULDBLOCK) {
    return Fail(Reason::kNameTaken, "a hub is already running in " + folder.string() +
                                        WhoHolds(lock.get()) +
                                        "; stop it, or choose another data folder with --data");
  }
  return Fail(Reason::kOurFault, "cannot lock " + path.string() + ": " + ErrorText());
}

bool IsToken(std::string_view text) {
  return text.size() == kTokenSize &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

absl::StatusOr<std::string> MakeOwnerToken(const fs::path& path) {
  std::string token = RandomSecret();
  if (auto status = WritePrivateFile(path, token + "\n"); !status.ok()) return status;
  return token;
}

// The file's text is never part of an error: it may be most of a secret.
absl::StatusOr<std::string> OwnerToken(const fs::path& folder) {
  const fs::path path = folder / kOwnerToken;
  auto text = ReadPrivateFile(path, kTokenSize + 2);
  if (!text.ok()) return text.status();
  if (!text->has_value()) return MakeOwnerToken(path);
  std::string token = **std::move(text);
  if (!token.empty() && token.back() == '\n') token.pop_back();
  if (IsToken(token)) return token;
  return Fail(Reason::kBadFrame,
              path.string() +
                  " does not hold 64 hexadecimal digits and a newline; remove it and the next "
                  "start makes a new one (programs that know the old token must be told)");
}

}  // namespace

absl::StatusOr<std::unique_ptr<DataFolder>> DataFolder::Open(const fs::path& given) {
  std::error_code error;
  fs::path path = fs::absolute(given, error).lexically_normal();
  if (given.empty() || error) return Fail(Reason::kBadFrame, "the data folder has no path");
  if (!path.has_filename()) path = path.parent_path();
  if (auto status = MakeFolder(path); !status.ok()) return status;
  if (auto status = CheckFolder(path); !status.ok()) return status;
  auto lock = TakeLock(path);
  if (!lock.ok()) return lock.status();
  auto token = OwnerToken(path);
  if (!token.ok()) return token.status();
  // A hub that was killed could not take it back, and nobody listens there any more.
  unlink((path / kEndpoints).c_str());
  return std::unique_ptr<DataFolder>(
      new DataFolder(std::move(path), *std::move(lock), *std::move(token)));
}

DataFolder::DataFolder(fs::path path, FileDescriptor lock, std::string owner_token)
    : path_(std::move(path)), lock_(std::move(lock)), owner_token_(std::move(owner_token)) {}

DataFolder::~DataFolder() {
  unlink((path_ / kEndpoints).c_str());
  unlink((path_ / kSocket).c_str());
}

absl::StatusOr<std::string> DataFolder::ClaimSocket() {
  const std::string path = (path_ / kSocket).string();
  if (path.size() > kLongestSocketPath) {
    return Fail(Reason::kTooLarge, "the path of the Unix socket " + path + " has " +
                                       std::to_string(path.size()) + " bytes, the system takes " +
                                       std::to_string(kLongestSocketPath) +
                                       "; choose a shorter data folder with --data");
  }
  struct stat file {};
  if (lstat(path.c_str(), &file) != 0 && errno == ENOENT) return path;
  if (!S_ISSOCK(file.st_mode)) {
    return Fail(Reason::kOurFault, path + " is in the way: it is not a socket; remove it");
  }
  if (unlink(path.c_str()) == 0) return path;
  return Fail(Reason::kOurFault, "cannot remove the old socket " + path + ": " + ErrorText());
}

absl::Status DataFolder::WriteEndpoints(std::span<const std::string> targets) {
  std::string lines;
  for (const std::string& target : targets) lines += target + "\n";
  return WritePrivateFile(path_ / kEndpoints, lines);
}

}  // namespace chathub
