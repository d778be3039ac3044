#include "hub/cli/config_file.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <system_error>

namespace chathub::cli {

void DescribeConfigFile(CLI::App& app, std::string& given) {
  app.add_option("--config", given,
                 "The configuration file (else ~/.config/chathub/chathub.toml, if it is there)")
      ->type_name("FILE")
      ->check([](const std::string& path) { return path.empty() ? "needs a path" : ""; });
}

std::string ConfigFile(const std::string& given) {
  if (!given.empty()) return given;
  const std::string path = DefaultConfigPath();
  // One that may not be looked at is read all the same, to be told why not.
  std::error_code error;
  return !path.empty() && (std::filesystem::exists(path, error) || error) ? path : "";
}

absl::StatusOr<Config> ReadConfig(const std::string& given) {
  const std::string path = ConfigFile(given);
  if (path.empty()) return Config{};
  return LoadConfig(path);
}

}  // namespace chathub::cli
