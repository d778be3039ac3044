#include "hub/base/version.h"

#include <ostream>

#include "hub/cli/commands.h"

namespace chathub::cli {
namespace {

class VersionCommand final : public Command {
 public:
  void Describe(CLI::App&) override {}

  int Run(const Outside& outside) override {
    outside.out << "chathub " << Version() << '\n';
    return kOk;
  }
};

}  // namespace

std::unique_ptr<Command> MakeVersion() { return std::make_unique<VersionCommand>(); }

}  // namespace chathub::cli
