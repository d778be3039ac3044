// The only switch over kinds of engines.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "hub/base/loop.h"
#include "hub/engine/engine.h"

namespace chathub {

// `kind` is what the configuration says: "memory". The loop must outlive the engine.
absl::StatusOr<std::unique_ptr<Engine>> OpenEngine(const std::string& kind, Loop& loop);

}  // namespace chathub
