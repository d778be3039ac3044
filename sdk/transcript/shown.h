// What an order does in the chat, as the users see it.
#pragma once

#include <vector>

#include "chathub/v1/adapters.pb.h"
#include "sdk/transcript/transcript.h"

namespace chathub::transcript {

// One for each action that can be seen. `adapter`: whose ids are in the order.
std::vector<Act> Shown(const v1::Order& order, std::string_view adapter);

}  // namespace chathub::transcript
