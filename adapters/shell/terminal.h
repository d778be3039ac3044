// Talking at a terminal: a prompt with line editing and history.
#pragma once

#include "adapters/shell/options.h"

namespace chathub::shell {

// Returns what main returns.
int TalkAtTerminal(const Options& options);

}  // namespace chathub::shell
