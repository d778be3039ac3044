#include "adapters/shell/options.h"

#include <pwd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

namespace chathub::shell {

std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status) {
  Options options;
  int settle_seconds = static_cast<int>(options.settle_timeout.count());
  CLI::App app{
      "Talk to the bot from a terminal, or through pipes: each line of standard input is a "
      "message,\n"
      "each reply is one line of standard output."};
  app.add_option("--name", options.name, "Name of this adapter")->capture_default_str();
  app.add_option("--user", options.user, "Who talks (default: the login name)");
  app.add_option("--room", options.room, "Talk in this room instead of privately");
  app.add_option("--mention", options.mention_names, "How the bot is called in rooms")
      ->capture_default_str();
  app.add_option("--address", options.hub.address, "The hub, for example 127.0.0.1:6196");
  app.add_option("--data", options.hub.data_folder, "The hub's data folder");
  app.add_option("--at-once", options.at_once, "How many lines of the input are out at a time")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  app.add_option("--settle-timeout", settle_seconds,
                 "How many seconds to wait for the replies to what is out")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  options.settle_timeout = std::chrono::seconds(settle_seconds);
  return options;
}

std::string LoginName() {
  const passwd* user = getpwuid(getuid());
  return user == nullptr ? "user" + std::to_string(getuid()) : user->pw_name;
}

}  // namespace chathub::shell
