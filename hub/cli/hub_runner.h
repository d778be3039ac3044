// How a hub is run: the command line knows when, not how.
#pragma once

#include <functional>

#include "hub/config.h"
#include "hub/data_folder.h"

namespace chathub::cli {

struct HubRunner {
  // Runs until it is told to end; gives the exit code.
  std::function<int(const Config&, DataFolder&)> serve;
};

}  // namespace chathub::cli
