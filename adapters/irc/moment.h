// Time as the protocol knows it: handed in, so that tests can make it pass.
#pragma once

#include <chrono>

namespace chathub::irc {

// Since the program began.
using Moment = std::chrono::milliseconds;

}  // namespace chathub::irc
