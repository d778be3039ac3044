// The routes of one handler, checked and compiled.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/core/routing/compiled_route.h"

namespace chathub {

// Of one handler.
inline constexpr int kMostRoutes = 1000;
// Of one handler: patterns that need no literal must be tried on every text. See also TriggerIndex.
inline constexpr std::size_t kMostPatternsWithoutLiteral = 100;
// Of all patterns of one handler, see Pattern::size: about 10 MB.
inline constexpr int kMostInstructionsInSet = 1 << 18;

// Immutable: any thread may use it at any time. Shared by the session that brought it, the trigger
// index and every RouteTable that holds it, as compiling is what costs and happens only once.
class RouteSet {
 public:
  // On any thread. kBadRoute (kTooMuch beyond the limits above) names the handler and the route and
  // says what is wrong and, inside a pattern, where. Takes about 50 us per route, some milliseconds
  // for the largest patterns.
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
  // How many patterns need no literal.
  std::size_t without_literal() const;
  // How long the set matches after its last instance left.
  Milliseconds longest_linger() const;

 private:
  RouteSet(std::string handler, std::int64_t revision, std::vector<CompiledRoute> routes);

  const std::string handler_;
  const std::int64_t revision_;
  const std::vector<CompiledRoute> routes_;
};

}  // namespace chathub
