// What the command line says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace chathub::transcript {

struct Options {
  std::string file;
  std::vector<std::string> command;
  // Wait for these handlers to attach; none: for anyone.
  std::vector<std::string> handlers;
  // For one line.
  std::chrono::seconds timeout{30};
};

// Nothing if the process is to end with `exit_status`, all being said already.
std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status);

}  // namespace chathub::transcript
