// Which configuration file a command reads.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "hub/config.h"

namespace CLI {
class App;
}

namespace chathub::cli {

// `--config`.
void DescribeConfigFile(CLI::App& app, std::string& given);

// `given`, else the default one if it is there, else none: empty.
std::string ConfigFile(const std::string& given);

// The file's, or the defaults where there is none.
absl::StatusOr<Config> ReadConfig(const std::string& given);

}  // namespace chathub::cli
