#include "hub/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <ostream>

#include "hub/base/nearest.h"
#include "hub/base/text.h"
#include "hub/base/version.h"
#include "hub/cli/commands.h"

namespace chathub::cli {
namespace {

constexpr char kAbout[] =
    "A chat-bot hub: adapters plug a chat service in, handlers add functions.";
constexpr char kExitCodes[] =
    "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 the hub is not reachable.";

// The parser with all commands in it.
class CommandLine {
 public:
  CommandLine() : app_(kAbout, "chathub") {
    app_.footer(kExitCodes);
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "chathub " + std::string(Version()));
    for (const CommandEntry& entry : Commands()) {
      commands_.push_back(entry.make());
      commands_.back()->Describe(*app_.add_subcommand(entry.name, entry.summary));
    }
  }

  std::string Help() const { return app_.help(); }

  // CLI11 throws for everything that is not a command to run; it stops here.
  int Run(std::vector<std::string> arguments, const Outside& outside) {
    std::reverse(arguments.begin(), arguments.end());
    try {
      app_.parse(arguments);
    } catch (const CLI::Success& wish) {
      return app_.exit(wish, outside.out, outside.err);
    } catch (const CLI::ParseError& error) {
      return Complain(outside, kUsage,
                      ForLog(error.what(), 1000) + " (see " + Chosen() + " --help)");
    }
    return RunChosen(outside);
  }

 private:
  int RunChosen(const Outside& outside) {
    for (std::size_t i = 0; i < commands_.size(); ++i) {
      if (app_.got_subcommand(Commands()[i].name)) return commands_[i]->Run(outside);
    }
    return kUsage;
  }

  std::string Chosen() const {
    const auto chosen = app_.get_subcommands();
    return chosen.empty() ? "chathub" : "chathub " + chosen.front()->get_name();
  }

  CLI::App app_;
  std::vector<std::unique_ptr<Command>> commands_;
};

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const CommandEntry& entry : Commands()) names.emplace_back(entry.name);
  return names;
}

bool IsUnknown(const std::string& word) {
  const auto names = Names();
  return (word.empty() || word.front() != '-') &&
         std::find(names.begin(), names.end(), word) == names.end();
}

int ComplainUnknown(const std::string& word, const Outside& outside) {
  const auto meant = Nearest(word, Names());
  return Complain(outside, kUsage,
                  "there is no command \"" + ForLog(word) + "\"" +
                      (meant ? "; did you mean " + *meant + "?" : "") +
                      " (chathub --help lists them)");
}

}  // namespace

int RunCommandLine(const std::vector<std::string>& arguments, const Outside& outside) {
  CommandLine line;
  if (arguments.empty()) {
    outside.err << line.Help();
    return kUsage;
  }
  if (IsUnknown(arguments.front())) return ComplainUnknown(arguments.front(), outside);
  return line.Run(arguments, outside);
}

int Complain(const Outside& outside, ExitCode code, std::string_view what) {
  outside.err << "chathub: " << what << '\n';
  return code;
}

}  // namespace chathub::cli
