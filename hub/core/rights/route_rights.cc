#include "hub/core/rights/route_rights.h"

#include <string>

#include "hub/base/text.h"

namespace chathub {

absl::Status MayHaveRoute(const Pass& pass, const v1::Route& route) {
  const std::string name = "have the route '" + ForLog(route.id(), 80) + "', which ";
  if (!route.addressed_only()) {
    absl::Status status =
        pass.Need(Right::kListen, name +
                                      "hears what is not said to the bot (make it "
                                      "addressed_only, or ask for the right)");
    if (!status.ok()) return status;
  }
  if (route.precedence() != v1::PRECEDENCE_EXCLUSIVE) return absl::OkStatus();
  return pass.Need(Right::kExclusive, name + "keeps other handlers' routes away");
}

absl::Status MayHaveRoutes(const Pass& pass,
                           const google::protobuf::RepeatedPtrField<v1::Route>& routes) {
  for (const v1::Route& route : routes) {
    if (absl::Status status = MayHaveRoute(pass, route); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace chathub
