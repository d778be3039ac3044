// The program `chathub`: runs a hub, or asks one that runs.
#include <iostream>
#include <string>
#include <vector>

#include "hub/cli/command_line.h"
#include "hub/cli/hub_runner.h"
#include "hub/engine/open.h"
#include "hub/serve.h"

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  const chathub::cli::HubRunner runner{chathub::Serve, chathub::CheckStore};
  return chathub::cli::RunCommandLine(arguments, {std::cout, std::cerr, runner});
}
