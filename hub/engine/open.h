// The only switch over kinds of engines.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "hub/base/loop.h"
#include "hub/engine/engine.h"
#include "hub/engine/engine_options.h"

namespace chathub {

// The loop must outlive the engine. The errors are for people: what, where, what to do.
absl::StatusOr<std::unique_ptr<Engine>> OpenEngine(const EngineOptions& options, Loop& loop);

// Looks through everything that is kept in the folder, which no hub may use meanwhile, and changes
// nothing. Says what is there; the error says all that is wrong.
absl::StatusOr<std::string> CheckStore(const std::filesystem::path& folder);

}  // namespace chathub
