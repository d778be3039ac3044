#include "hub/engine/open.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/workshop.h"
#include "hub/engine/memory/memory_engine.h"
#include "hub/engine/sqlite/sqlite_engine.h"
#include "hub/engine/sqlite/store_check.h"

namespace chathub {

absl::StatusOr<std::unique_ptr<Engine>> OpenEngine(const EngineOptions& options, Loop& loop) {
  if (options.kind == "memory") return std::make_unique<MemoryEngine>(loop);
  if (options.kind == "sqlite") {
    return SqliteEngine::Open(options.keeping, loop, {options.folder / sqlite::kStoreFile, ""},
                              std::make_unique<ThreadWorkshop>(loop));
  }
  return Fail(Reason::kUnsupported,
              "there is no engine '" + options.kind + "'; this hub has: memory, sqlite");
}

absl::StatusOr<std::string> CheckStore(const std::filesystem::path& folder) {
  return sqlite::CheckStore({folder / sqlite::kStoreFile, ""});
}

}  // namespace chathub
