// What the command line, a file and the environment say.
#pragma once

#include <optional>
#include <string>

#include "adapters/irc/connection.h"
#include "adapters/irc/settings.h"
#include "chathub/hub_address.h"

namespace chathub::irc {

struct Options {
  HubOptions hub;
  Server server;
  Settings settings;
};

// Nothing if the process is to end with `exit_status`, all being said already.
std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status);

}  // namespace chathub::irc
