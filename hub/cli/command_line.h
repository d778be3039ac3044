// The command line of `chathub`: finds the command, reads its options, runs it.
#pragma once

#include <string>
#include <vector>

#include "hub/cli/command.h"

namespace chathub::cli {

// `arguments` without the program's own name. Gives the exit code.
int RunCommandLine(const std::vector<std::string>& arguments, const Outside& outside);

}  // namespace chathub::cli
