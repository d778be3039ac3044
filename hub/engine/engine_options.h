// How an engine is to be.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "hub/base/loop.h"

namespace chathub {

// Of engines that keep things on a disk.
struct KeepingOptions {
  Milliseconds young{5};  // what ends sooner need not be written
  // While the disk does not keep up, this much waits in memory; with a disk that fails, no longer
  // than this.
  std::size_t most_pending = std::size_t{64} * 1024 * 1024;  // bytes
  Milliseconds patience{5'000};
  Milliseconds last_patience{2'000};  // of the engine's end
};

struct EngineOptions {
  std::string kind = "sqlite";   // as in the configuration
  std::filesystem::path folder;  // the data folder, for kinds that keep something
  KeepingOptions keeping;
};

}  // namespace chathub
