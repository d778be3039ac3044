#include "hub/engine/open.h"

#include "hub/base/errors.h"
#include "hub/engine/memory/memory_engine.h"

namespace chathub {

absl::StatusOr<std::unique_ptr<Engine>> OpenEngine(const std::string& kind, Loop& loop) {
  if (kind == "memory") return std::make_unique<MemoryEngine>(loop);
  return Fail(Reason::kUnsupported, "there is no engine '" + kind + "'; this hub has: memory");
}

}  // namespace chathub
