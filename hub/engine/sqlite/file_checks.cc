#include "hub/engine/sqlite/file_checks.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "hub/base/errors.h"
#include "hub/engine/sqlite/migrations.h"

namespace chathub::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic("SQLite format 3\0", 16);

// The first 100 bytes, see https://www.sqlite.org/fileformat2.html#the_database_header
struct Header {
  std::array<unsigned char, 100> bytes{};

  bool IsSqlite() const { return std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) == 0; }
  std::uint64_t page_size() const {
    const std::uint64_t size = (std::uint64_t{bytes[16]} << 8) | bytes[17];
    return size == 1 ? 65536 : size;
  }
  std::uint32_t pages() const { return Number(28); }
  std::uint32_t schema() const { return Number(60); }
  std::uint32_t application() const { return Number(68); }

 private:
  std::uint32_t Number(std::size_t at) const {
    return (std::uint32_t{bytes[at]} << 24) | (std::uint32_t{bytes[at + 1]} << 16) |
           (std::uint32_t{bytes[at + 2]} << 8) | bytes[at + 3];
  }
};

absl::Status SystemError(const fs::path& path, std::string_view what) {
  return Fail(Reason::kOurFault,
              path.string() + " " + std::string(what) + ": " + std::strerror(errno));
}

// Its own log and others' files lie beside it: nobody else may read or change either.
absl::Status CheckRights(const fs::path& path, const struct stat& found) {
  if (!S_ISREG(found.st_mode)) {
    return Fail(Reason::kNotAllowed, path.string() + " is not a plain file; move it away");
  }
  if (found.st_uid != geteuid()) {
    return Fail(Reason::kNotAllowed,
                path.string() + " belongs to another user; give it back with: chown");
  }
  if ((found.st_mode & 07777) == 0600) return absl::OkStatus();
  return Fail(Reason::kNotAllowed, path.string() +
                                       " must be readable and writable by its owner alone; make "
                                       "it so with: chmod 600 " +
                                       path.string());
}

absl::StatusOr<Header> ReadHeader(const fs::path& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return SystemError(path, "cannot be opened");
  Header header;
  const auto size = pread(file, header.bytes.data(), header.bytes.size(), 0);
  close(file);
  if (size < 0) return SystemError(path, "cannot be read");
  return header;
}

absl::Status CheckHeader(const fs::path& path, const Header& header, std::uint64_t size) {
  const std::string restore = "; restore it from a copy, or move it away to begin anew";
  if (size == 0) {
    return Fail(Reason::kOurFault, path.string() + " is empty, which a store never is" + restore);
  }
  if (!header.IsSqlite()) {
    return Fail(Reason::kOurFault, path.string() + " is not a SQLite database" + restore);
  }
  if (header.application() != kApplicationId) {
    return Fail(Reason::kOurFault,
                path.string() +
                    " is a database of another program, not a store of Chathub; move it away, or "
                    "choose another data folder with --data");
  }
  if (header.schema() > Migrations().size()) {
    return Fail(Reason::kUnsupported,
                path.string() + " was written by a newer Chathub (schema " +
                    std::to_string(header.schema()) + ", this one knows up to " +
                    std::to_string(Migrations().size()) + "); run that Chathub again");
  }
  // With a log the file may be the shorter: the log holds the rest.
  const std::uint64_t whole = header.page_size() * header.pages();
  if (HasLog(path) || size >= whole) return absl::OkStatus();
  return Fail(Reason::kOurFault, path.string() + " is truncated: it has " + std::to_string(size) +
                                     " of its " + std::to_string(whole) + " bytes" + restore);
}

}  // namespace

fs::path LogOf(const fs::path& store) { return store.string() + "-wal"; }

bool HasLog(const fs::path& store) {
  struct stat found {};
  return lstat(LogOf(store).c_str(), &found) == 0 && found.st_size > 0;
}

absl::StatusOr<bool> CheckFiles(const fs::path& store) {
  struct stat found {};
  if (lstat(LogOf(store).c_str(), &found) == 0) {
    if (absl::Status status = CheckRights(LogOf(store), found); !status.ok()) return status;
  }
  if (lstat(store.c_str(), &found) != 0) {
    if (errno != ENOENT) return SystemError(store, "cannot be found");
    if (!HasLog(store)) return false;
    return Fail(Reason::kOurFault, store.string() + " is missing, but its log " +
                                       LogOf(store).string() +
                                       " is there; put it back, or move the log away to begin "
                                       "anew");
  }
  if (absl::Status status = CheckRights(store, found); !status.ok()) return status;
  const auto header = ReadHeader(store);
  if (!header.ok()) return header.status();
  const auto size = static_cast<std::uint64_t>(found.st_size);
  if (absl::Status status = CheckHeader(store, *header, size); !status.ok()) return status;
  return true;
}

absl::Status SyncFolder(const fs::path& folder) {
  const int opened = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return SystemError(folder, "cannot be opened");
  const int result = fsync(opened);
  close(opened);
  return result == 0 ? absl::OkStatus() : SystemError(folder, "cannot be synced");
}

}  // namespace chathub::sqlite
