// Who waits for which command word or pattern: finds collisions when a handler says hello.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/core/routing/route_set.h"

namespace chathub {

// Of all handlers together.
inline constexpr std::size_t kMostPatternsWithoutLiteralInAll = 1000;

// One per hub, on the hub thread; holds the kept set of each handler. What it does takes time in
// proportion to the set it is given and the collisions of that, not to what is kept.
class TriggerIndex {
 public:
  TriggerIndex() = default;
  TriggerIndex(const TriggerIndex&) = delete;
  TriggerIndex& operator=(const TriggerIndex&) = delete;

  // Whether the newcomer may come in, in place of what its handler has now. Two routes collide when
  // they have the same case-folded command word or the identical pattern text, in two handlers or
  // both in the newcomer. kNameTaken naming every collision (with what, not only the exclusive
  // ones) if a route in any of them is exclusive; kTooMuch if there would be too many patterns
  // without a literal; else the collisions, at most 1000, to be reported: both get the message.
  absl::StatusOr<std::vector<v1::Collision>> Admit(const RouteSet& newcomer) const;

  // Replaces what the handler had. Checks nothing.
  void Put(std::shared_ptr<const RouteSet> set);
  void Remove(std::string_view handler);

 private:
  struct Holder {
    const RouteSet* set;
    const CompiledRoute* route;
  };
  struct Conflict {
    const CompiledRoute* route;
    Holder other;
  };

  std::vector<Conflict> FindConflicts(const RouteSet& newcomer) const;
  absl::Status CheckWithoutLiteral(const RouteSet& newcomer) const;

  std::map<std::string, std::shared_ptr<const RouteSet>, std::less<>> sets_;
  // By kind and text of the trigger. They point into sets_.
  absl::flat_hash_map<std::string, std::vector<Holder>> holders_;
  std::size_t without_literal_ = 0;
};

}  // namespace chathub
