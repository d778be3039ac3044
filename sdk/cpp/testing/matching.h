// Which routes of a handler an event reaches: asked of the hub's own code.
#pragma once

#include <string>
#include <vector>

#include "chathub/v1/handlers.pb.h"
#include "hub/core/routing/route_set.h"

namespace chathub::sdk {

struct Matching {
  // Without id and attempt; one for each route that gets the event.
  std::vector<v1::Delivery> deliveries = {};
  // What the user hears of arguments that do not fit.
  std::vector<std::string> complaints = {};
};

// `groups`: those that the event's user is in.
Matching MatchingOf(const RouteSet& routes, const v1::Event& event,
                    const std::vector<std::string>& groups);

}  // namespace chathub::sdk
