// What a chat service can do, and what is done instead where it cannot.
#pragma once

#include <optional>
#include <string>

#include "chathub/v1/adapters.pb.h"
#include "chathub/v1/message.pb.h"

namespace chathub {

// What the action needs and the service cannot do nor replace, for example "set topics"; empty:
// nothing.
std::string Missing(const v1::Action& action, const v1::Capabilities& capabilities);

// What of an order is handed to the adapter, and why the rest is not.
struct Feasible {
  v1::Order order;
  // Of the action behind the last one in `order`; the actions behind it are not tried.
  std::optional<v1::Problem> problem;
};

// MakeFeasible would change nothing.
bool IsFeasible(const v1::Order& order, const v1::Capabilities& capabilities);

// Fallbacks: an edit becomes a new message; a thread's text goes to its room; attachments are named
// in the text; Markdown stays as it is written; typing is left out. Deleting, reacting, topics,
// joining and parting have none: kUnsupported.
Feasible MakeFeasible(v1::Order order, const v1::Capabilities& capabilities);

}  // namespace chathub
