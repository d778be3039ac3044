// A file system for SQLite that fails on demand and knows what a power cut would leave.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace chathub {

// Passes everything on to the system's file system. Registered under its name while it lives.
class ShakyDisk {
 public:
  enum class Kind { kOpen, kWrite, kTruncate, kSync, kDelete };
  // What was asked for and done, in order.
  struct Deed {
    Kind kind;
    std::string path;
    std::int64_t offset = 0;  // kTruncate: the new size
    std::string bytes;
    bool done = true;  // a sync that failed: what it should have synced is lost for good
  };

  explicit ShakyDisk(std::string name);
  ShakyDisk(const ShakyDisk&) = delete;
  ShakyDisk& operator=(const ShakyDisk&) = delete;
  ~ShakyDisk();

  const std::string& name() const { return name_; }
  const std::vector<Deed>& deeds() const { return deeds_; }

  // Gives SQLITE_OK, or the code that the deed fails with.
  std::function<int(Kind kind, std::string_view path)> fault = [](Kind, std::string_view) {
    return SQLITE_OK;
  };

  // For the functions behind SQLite's tables.
  int Do(Deed deed, const std::function<int()>& really);
  sqlite3_vfs& real() { return real_; }

 private:
  const std::string name_;
  sqlite3_vfs& real_;
  sqlite3_vfs vfs_;
  std::vector<Deed> deeds_;
};

// The files as deeds leave them, and as a power cut would.
class PowerCut {
 public:
  // What was there before the first deed.
  explicit PowerCut(const std::filesystem::path& folder);

  void Add(const ShakyDisk::Deed& deed);
  // Of what was not synced, each deed is done, not done or torn, as the dice fall.
  void Leave(const std::filesystem::path& folder, std::mt19937& dice) const;

 private:
  struct File {
    std::string synced;
    std::vector<ShakyDisk::Deed> pending;
  };
  static void Apply(const ShakyDisk::Deed& deed, std::string& bytes);

  std::map<std::string, File> files_;  // by name in the folder
};

}  // namespace chathub
