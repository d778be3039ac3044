// Which routes a credential may register.
#pragma once

#include "absl/status/status.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/core/rights/pass.h"

namespace chathub {

// kNotAllowed, naming the route: one that hears what is not said to the bot needs `listen`, an
// exclusive one `exclusive`.
absl::Status MayHaveRoute(const Pass& pass, const v1::Route& route);

absl::Status MayHaveRoutes(const Pass& pass,
                           const google::protobuf::RepeatedPtrField<v1::Route>& routes);

}  // namespace chathub
