#include "hub/core/routing/route_set.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/names.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

// Says of whom and of which route an error speaks.
absl::Status About(const std::string& handler, std::string_view route, const absl::Status& status) {
  return Fail(ReasonOf(status), "handler " + ForLog(handler, 64) + ", route \"" +
                                    ForLog(route, 64) + "\": " + std::string(status.message()));
}

// Compiles routes one by one and counts what they cost.
class Compilation {
 public:
  explicit Compilation(const std::string& handler) : handler_(handler) {}

  absl::Status Add(const v1::Route& route) {
    if (absl::Status status = CheckId(route.id()); !status.ok()) {
      return About(handler_, route.id(), status);
    }
    absl::StatusOr<CompiledRoute> compiled = CompileRoute(route);
    if (!compiled.ok()) return About(handler_, route.id(), compiled.status());
    if (absl::Status status = Count(*compiled); !status.ok()) {
      return About(handler_, route.id(), status);
    }
    routes_.push_back(std::move(*compiled));
    return absl::OkStatus();
  }

  std::vector<CompiledRoute> TakeSorted() {
    std::sort(routes_.begin(), routes_.end(),
              [](const CompiledRoute& a, const CompiledRoute& b) { return a.id() < b.id(); });
    return std::move(routes_);
  }

 private:
  absl::Status CheckId(const std::string& id) {
    if (!IsName(id))
      return Fail(Reason::kBadRoute, "its id is not [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    if (!ids_.insert(id).second) return Fail(Reason::kBadRoute, "its id is there twice");
    return absl::OkStatus();
  }

  absl::Status Count(const CompiledRoute& compiled) {
    if (compiled.pattern == nullptr) return absl::OkStatus();
    instructions_ += compiled.pattern->size();
    if (instructions_ > kMostInstructionsInSet) {
      return Fail(Reason::kTooMuch, "the handler's patterns are too large when compiled");
    }
    if (!compiled.without_literal() || ++without_literal_ <= kMostPatternsWithoutLiteral) {
      return absl::OkStatus();
    }
    return Fail(Reason::kTooMuch,
                "more than " + std::to_string(kMostPatternsWithoutLiteral) +
                    " patterns must be tried on every text; put a fixed word into this one");
  }

  const std::string& handler_;
  std::set<std::string> ids_;
  int instructions_ = 0;
  std::size_t without_literal_ = 0;
  std::vector<CompiledRoute> routes_;
};

absl::Status CheckSet(const std::string& handler, int routes) {
  if (!IsName(handler)) {
    return Fail(Reason::kBadRoute, "the handler's name \"" + ForLog(handler, 64) +
                                       "\" is not [A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  }
  if (routes > kMostRoutes) {
    return Fail(Reason::kTooMuch, "handler " + handler + " has " + std::to_string(routes) +
                                      " routes, at most " + std::to_string(kMostRoutes) +
                                      " are allowed");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const RouteSet>> RouteSet::Compile(
    std::string handler, std::int64_t revision,
    const google::protobuf::RepeatedPtrField<v1::Route>& routes) {
  if (absl::Status status = CheckSet(handler, routes.size()); !status.ok()) return status;
  Compilation compilation(handler);
  for (const v1::Route& route : routes) {
    if (absl::Status status = compilation.Add(route); !status.ok()) return status;
  }
  std::vector<CompiledRoute> compiled = compilation.TakeSorted();
  return std::shared_ptr<const RouteSet>(
      new RouteSet(std::move(handler), revision, std::move(compiled)));
}

RouteSet::RouteSet(std::string handler, std::int64_t revision, std::vector<CompiledRoute> routes)
    : handler_(std::move(handler)), revision_(revision), routes_(std::move(routes)) {}

Milliseconds RouteSet::longest_linger() const {
  Milliseconds longest{0};
  for (const CompiledRoute& route : routes_) longest = std::max(longest, route.linger);
  return longest;
}

bool RouteSet::SameRoutes(const RouteSet& other) const {
  return std::equal(routes_.begin(), routes_.end(), other.routes_.begin(), other.routes_.end(),
                    [](const CompiledRoute& a, const CompiledRoute& b) {
                      return google::protobuf::util::MessageDifferencer::Equals(WithDefaults(a),
                                                                                WithDefaults(b));
                    });
}

const CompiledRoute* RouteSet::Find(std::string_view id) const {
  const auto place = std::lower_bound(
      routes_.begin(), routes_.end(), id,
      [](const CompiledRoute& route, std::string_view wanted) { return route.id() < wanted; });
  return place == routes_.end() || place->id() != id ? nullptr : &*place;
}

std::size_t RouteSet::without_literal() const {
  return static_cast<std::size_t>(
      std::count_if(routes_.begin(), routes_.end(),
                    [](const CompiledRoute& route) { return route.without_literal(); }));
}

}  // namespace chathub
