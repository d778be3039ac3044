#include <CLI/CLI.hpp>
#include <filesystem>
#include <ostream>
#include <string>

#include "hub/cli/commands.h"
#include "hub/cli/data_folder_path.h"
#include "hub/cli/hub_runner.h"

namespace chathub::cli {
namespace {

class StoreCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    app.require_subcommand(1);
    auto* check = app.add_subcommand("check", "reads everything that a stopped hub keeps");
    check->add_option("--data", data_, "The data folder (else CHATHUB_DATA)")->type_name("DIR");
  }

  int Run(const Outside& outside) override {
    const std::filesystem::path path = DataFolderPath(data_);
    // Nothing is made: who asks about a folder that is not there has mistyped it.
    if (std::error_code error; !std::filesystem::is_directory(path, error)) {
      return Complain(outside, kFailed, "there is no folder " + path.string());
    }
    const auto folder = DataFolder::Open(path);
    if (!folder.ok()) return Complain(outside, kFailed, std::string(folder.status().message()));
    const auto found = outside.runner.check_store((*folder)->path());
    if (!found.ok()) return Complain(outside, kFailed, std::string(found.status().message()));
    outside.out << *found << '\n';
    return kOk;
  }

 private:
  std::string data_;
};

}  // namespace

std::unique_ptr<Command> MakeStore() { return std::make_unique<StoreCommand>(); }

}  // namespace chathub::cli
