#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "hub/cli/commands.h"
#include "hub/cli/config_file.h"

namespace chathub::cli {
namespace {

// What is wrong is what was asked for: it goes to out.
class CheckCommand final : public Command {
 public:
  void Describe(CLI::App& app) override { DescribeConfigFile(app, given_); }

  int Run(const Outside& outside) override {
    const std::string path = ConfigFile(given_);
    if (path.empty()) {
      outside.out << "there is no configuration file" << WhereItWouldBe()
                  << "; every key has its default\n";
      return kOk;
    }
    const auto config = LoadConfig(path);
    if (!config.ok()) {
      outside.out << std::string(config.status().message()) << '\n';
      return kUsage;
    }
    outside.out << path << " is fine\n";
    return kOk;
  }

 private:
  static std::string WhereItWouldBe() {
    const std::string path = DefaultConfigPath();
    return path.empty() ? "" : " (it would be " + path + ")";
  }

  std::string given_;
};

}  // namespace

std::unique_ptr<Command> MakeCheck() { return std::make_unique<CheckCommand>(); }

}  // namespace chathub::cli
