// The routes of one handler, checked and compiled.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/core/command.h"
#include "hub/core/pattern.h"

namespace chathub {

inline constexpr int kMostRoutes = 1000;
// Of one handler: patterns that hold no literal must be tried on every text. See also TriggerIndex.
inline constexpr std::size_t kMostPatternsWithoutLiteral = 100;
inline constexpr std::chrono::minutes kLongestDeadline{15};
inline constexpr std::chrono::hours kLongestAge{24 * 366};
inline constexpr std::uint32_t kMostAttempts = 100;

// A route with its defaults filled in and exactly one of the three triggers.
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

// Immutable. Shared by the session that brought it, the trigger index and every RouteTable that
// holds it: compiling is what costs, so it happens once. Any thread may use it at any time.
class RouteSet {
 public:
  // On any thread. kBadRoute (kTooMuch for too many) names the handler and the route, says what is
  // wrong and, inside a pattern, where. Takes up to a millisecond per route, typically 50 us.
  static absl::StatusOr<std::shared_ptr<const RouteSet>> Compile(
      std::string handler, std::int64_t revision,
      const google::protobuf::RepeatedPtrField<v1::Route>& routes);

  RouteSet(const RouteSet&) = delete;
  RouteSet& operator=(const RouteSet&) = delete;

  // Whatever their order and whether defaults were spelt out; handler and revision do not count.
  bool SameRoutes(const RouteSet& other) const;

  const std::string& handler() const { return handler_; }
  std::int64_t revision() const { return revision_; }
  // By id.
  const std::vector<CompiledRoute>& routes() const { return routes_; }
  // Null: there is no such route.
  const CompiledRoute* Find(std::string_view id) const;
  // How many patterns have no literal.
  std::size_t without_literal() const { return without_literal_; }

 private:
  RouteSet(std::string handler, std::int64_t revision, std::vector<CompiledRoute> routes);

  const std::string handler_;
  const std::int64_t revision_;
  const std::vector<CompiledRoute> routes_;
  const std::size_t without_literal_;
};

}  // namespace chathub
