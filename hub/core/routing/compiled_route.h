// One route, checked and compiled.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/core/routing/command.h"
#include "hub/core/routing/pattern.h"

namespace chathub {

inline constexpr std::chrono::minutes kLongestDeadline{15};
// Of max_age and linger.
inline constexpr std::chrono::hours kLongestAge{24 * 366};
inline constexpr std::uint32_t kMostAttempts = 100;

// A route with its defaults filled in and exactly one of the three triggers. Immutable once it is
// in a RouteSet.
struct CompiledRoute {
  // As registered.
  v1::Route route;
  std::chrono::milliseconds max_age{0};
  std::chrono::milliseconds linger{0};
  std::chrono::milliseconds deadline{0};
  std::uint32_t maximum_attempts = 0;

  std::unique_ptr<const Pattern> pattern;
  std::optional<Command> command;
  v1::EventKind event = v1::EVENT_KIND_UNSPECIFIED;

  const std::string& id() const { return route.id(); }
  bool exclusive() const { return route.precedence() == v1::PRECEDENCE_EXCLUSIVE; }
  // Tried on every text.
  bool without_literal() const { return pattern != nullptr && pattern->literals().empty(); }
};

// On any thread. kBadRoute says what is wrong, but not with which route of whom.
absl::StatusOr<CompiledRoute> CompileRoute(const v1::Route& route);

// The route with its defaults spelt out, for comparing.
v1::Route WithDefaults(const CompiledRoute& compiled);

}  // namespace chathub
