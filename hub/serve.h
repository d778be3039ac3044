// Runs a hub until it is told to end.
#pragma once

#include "hub/config.h"
#include "hub/data_folder.h"

namespace chathub {

// Returns the exit code of the program.
int Serve(const Config& config, DataFolder& folder);

}  // namespace chathub
