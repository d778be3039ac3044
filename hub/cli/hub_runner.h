// How a hub is run, and what it keeps is looked at: the command line knows when, not how.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "hub/config.h"
#include "hub/data_folder.h"

namespace chathub::cli {

struct HubRunner {
  // Runs until it is told to end; gives the exit code.
  std::function<int(const Config&, DataFolder&)> serve;
  // Looks through what is kept in a data folder; says what is there, or all that is wrong.
  std::function<absl::StatusOr<std::string>(const std::filesystem::path&)> check_store;
};

}  // namespace chathub::cli
