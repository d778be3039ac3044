#include "tests/engine/shaky_disk.h"

#include <fstream>
#include <iterator>
#include <utility>

namespace chathub {
namespace {

namespace fs = std::filesystem;

// SQLite makes room for it and for the real file behind it.
struct ShakyFile {
  sqlite3_file base;
  ShakyDisk* disk;
  char path[512];
};

ShakyFile* Ours(sqlite3_file* file) { return reinterpret_cast<ShakyFile*>(file); }
sqlite3_file* Real(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(ShakyFile));
}
ShakyDisk& DiskOf(sqlite3_vfs* vfs) { return *static_cast<ShakyDisk*>(vfs->pAppData); }

int Close(sqlite3_file* file) { return Real(file)->pMethods->xClose(Real(file)); }
int Read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
  return Real(file)->pMethods->xRead(Real(file), to, size, at);
}
int Write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
  return Ours(file)->disk->Do(
      {ShakyDisk::Kind::kWrite, Ours(file)->path, at,
       std::string(static_cast<const char*>(from), static_cast<std::size_t>(size))},
      [&] { return Real(file)->pMethods->xWrite(Real(file), from, size, at); });
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Ours(file)->disk->Do({ShakyDisk::Kind::kTruncate, Ours(file)->path, size, {}},
                              [&] { return Real(file)->pMethods->xTruncate(Real(file), size); });
}
// Not really: nobody cuts the power while a test runs.
int Sync(sqlite3_file* file, int) {
  return Ours(file)->disk->Do({ShakyDisk::Kind::kSync, Ours(file)->path, 0, {}},
                              [] { return SQLITE_OK; });
}
int Size(sqlite3_file* file, sqlite3_int64* size) {
  return Real(file)->pMethods->xFileSize(Real(file), size);
}
int Lock(sqlite3_file* file, int kind) { return Real(file)->pMethods->xLock(Real(file), kind); }
int Unlock(sqlite3_file* file, int kind) { return Real(file)->pMethods->xUnlock(Real(file), kind); }
int CheckLock(sqlite3_file* file, int* locked) {
  return Real(file)->pMethods->xCheckReservedLock(Real(file), locked);
}
int Control(sqlite3_file* file, int what, void* with) {
  return Real(file)->pMethods->xFileControl(Real(file), what, with);
}
int SectorSize(sqlite3_file* file) { return Real(file)->pMethods->xSectorSize(Real(file)); }
int Characteristics(sqlite3_file* file) {
  return Real(file)->pMethods->xDeviceCharacteristics(Real(file));
}

// Version 1: no shared memory and no mapped pages.
const sqlite3_io_methods kMethods = {
    1,       Close,     Read,    Write,      Truncate,        Sync,    Size,    Lock,
    Unlock,  CheckLock, Control, SectorSize, Characteristics, nullptr, nullptr, nullptr,
    nullptr, nullptr,   nullptr};

int Open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* got) {
  ShakyDisk& disk = DiskOf(vfs);
  file->pMethods = nullptr;
  ShakyFile* ours = Ours(file);
  ours->disk = &disk;
  const int code = disk.Do({ShakyDisk::Kind::kOpen, path == nullptr ? "" : path, 0, {}}, [&] {
    return disk.real().xOpen(&disk.real(), path, Real(file), flags, got);
  });
  if (code != SQLITE_OK) return code;
  sqlite3_snprintf(sizeof ours->path, ours->path, "%s", path == nullptr ? "" : path);
  file->pMethods = &kMethods;
  return SQLITE_OK;
}

int Delete(sqlite3_vfs* vfs, const char* path, int sync) {
  ShakyDisk& disk = DiskOf(vfs);
  return disk.Do({ShakyDisk::Kind::kDelete, path, 0, {}},
                 [&] { return disk.real().xDelete(&disk.real(), path, sync); });
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

ShakyDisk::ShakyDisk(std::string name)
    : name_(std::move(name)), real_(*sqlite3_vfs_find(nullptr)), vfs_(real_) {
  vfs_.szOsFile = real_.szOsFile + static_cast<int>(sizeof(ShakyFile));
  vfs_.zName = name_.c_str();
  vfs_.pNext = nullptr;
  vfs_.pAppData = this;
  vfs_.xOpen = Open;
  vfs_.xDelete = Delete;
  sqlite3_vfs_register(&vfs_, 0);
}

ShakyDisk::~ShakyDisk() { sqlite3_vfs_unregister(&vfs_); }

int ShakyDisk::Do(Deed deed, const std::function<int()>& really) {
  int code = fault(deed.kind, deed.path);
  deed.done = code == SQLITE_OK;
  if (deed.done) code = really();
  if (code == SQLITE_OK || deed.kind == Kind::kSync) deeds_.push_back(std::move(deed));
  return code;
}

PowerCut::PowerCut(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    files_[entry.path().filename()].synced = ReadAll(entry.path());
  }
}

void PowerCut::Apply(const ShakyDisk::Deed& deed, std::string& bytes) {
  const auto at = static_cast<std::size_t>(deed.offset);
  if (deed.kind == ShakyDisk::Kind::kTruncate) return bytes.resize(at);
  if (bytes.size() < at + deed.bytes.size()) bytes.resize(at + deed.bytes.size());
  bytes.replace(at, deed.bytes.size(), deed.bytes);
}

void PowerCut::Add(const ShakyDisk::Deed& deed) {
  const std::string name = fs::path(deed.path).filename();
  if (deed.kind == ShakyDisk::Kind::kDelete) {
    files_.erase(name);
    return;
  }
  File& file = files_[name];
  if (deed.kind == ShakyDisk::Kind::kOpen) return;
  if (deed.kind != ShakyDisk::Kind::kSync) return file.pending.push_back(deed);
  if (deed.done) {
    for (const auto& pending : file.pending) Apply(pending, file.synced);
  }
  file.pending.clear();
}

void PowerCut::Leave(const fs::path& folder, std::mt19937& dice) const {
  for (const auto& [name, file] : files_) {
    std::string bytes = file.synced;
    for (ShakyDisk::Deed deed : file.pending) {
      const auto fate = dice() % 4;
      if (fate == 0) continue;
      // Torn: only its beginning, or only its end.
      if (fate == 1 && !deed.bytes.empty()) {
        const std::size_t cut = dice() % deed.bytes.size();
        if (dice() % 2 == 0) {
          deed.bytes.resize(cut);
        } else {
          deed.bytes.erase(0, cut);
          deed.offset += static_cast<std::int64_t>(cut);
        }
      }
      Apply(deed, bytes);
    }
    std::ofstream out(folder / name, std::ios::binary);
    out << bytes;
    out.close();
    fs::permissions(folder / name, fs::perms::owner_read | fs::perms::owner_write);
  }
}

}  // namespace chathub
