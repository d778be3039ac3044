#include "sdk/transcript/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstring>

namespace chathub::transcript {

std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status) {
  Options options;
  int timeout = static_cast<int>(options.timeout.count());
  CLI::App app{"Plays a written talk against a handler and says whether it still holds."};
  app.footer(
      "Behind all that: -- COMMAND..., which starts the handler; it finds a hub of its own by\n"
      "CHATHUB_DATA.\n"
      "Exit codes: 0 all as written, 1 something else was answered, 2 wrong usage or a line that\n"
      "means nothing, 3 hub or handler did not come up.");
  app.add_option("FILE", options.file, "The transcript")->required();
  app.add_option("--wait", options.handlers,
                 "Names of handlers to wait for, with commas (default: the first that comes)")
      ->delimiter(',');
  app.add_option("--timeout", timeout, "How many seconds one line may take")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  // What stands behind it is for somebody else.
  char** const end = argv + argc;
  char** const split = std::find_if(argv, end, [](char* word) { return !std::strcmp(word, "--"); });
  try {
    app.parse(static_cast<int>(split - argv), argv);
    if (end - split < 2) throw CLI::ValidationError("COMMAND", "write -- COMMAND behind the file");
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  options.command.assign(split + 1, end);
  options.timeout = std::chrono::seconds(timeout);
  return options;
}

}  // namespace chathub::transcript
