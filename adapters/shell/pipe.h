// Talking through pipes: a line in is a message, a reply is a line out.
#pragma once

#include "adapters/shell/options.h"

namespace chathub::shell {

// Returns what main returns: 0 when all input was answered, 1 when not, 2 when set up wrongly.
int TalkThroughPipes(const Options& options);

}  // namespace chathub::shell
