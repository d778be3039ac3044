// Runs the command line in a world of its own: nothing of the user's is read or written.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/cli/command_line.h"
#include "hub/cli/hub_runner.h"

namespace chathub::cli {

class CommandLineCase : public ::testing::Test {
 protected:
  CommandLineCase() {
    // Directly under /tmp: the path of a Unix socket has room for 107 bytes.
    std::string pattern = "/tmp/chathub-cli-XXXXXX";
    root_ = mkdtemp(pattern.data());
    data_ = root_ / "data";
    std::filesystem::create_directory(data_);
    std::filesystem::create_directory(root_ / "config");
    setenv("XDG_CONFIG_HOME", (root_ / "config").c_str(), 1);
    setenv("CHATHUB_DATA", data_.c_str(), 1);
    unsetenv("CHATHUB_ADDRESS");
    unsetenv("CHATHUB_TOKEN");
    unsetenv("CHATHUB_CA");
  }
  ~CommandLineCase() override { std::filesystem::remove_all(root_); }

  // What it says lies in out_ and err_ afterwards.
  int Run(const std::vector<std::string>& arguments) {
    std::ostringstream out;
    std::ostringstream err;
    const int code = RunCommandLine(arguments, {out, err, runner_});
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  std::filesystem::path root_;
  std::filesystem::path data_;
  HubRunner runner_ = {[](const Config&, DataFolder&) { return 0; }};
  std::string out_;
  std::string err_;
};

}  // namespace chathub::cli
