// What a command of `chathub` is.
#pragma once

#include <iosfwd>
#include <string_view>

namespace CLI {
class App;
}

namespace chathub::cli {

// How the program ends; scripts rely on the numbers.
enum ExitCode : int {
  kOk = 0,
  kFailed = 1,
  // Wrong usage or configuration.
  kUsage = 2,
  // The hub is not reachable.
  kUnreachable = 3,
};

struct HubRunner;

// Everything around a command; tests put something else there.
struct Outside {
  // What was asked for.
  std::ostream& out;
  // Why there is none of it.
  std::ostream& err;
  // For `serve` and `store`.
  const HubRunner& runner;
};

// `chathub NAME ...`: first described, then, if the arguments fit, run. Lives on the main thread.
class Command {
 public:
  virtual ~Command() = default;

  // Tells the parser about options; it fills them in before Run.
  virtual void Describe(CLI::App& app) = 0;
  // Gives the exit code.
  virtual int Run(const Outside& outside) = 0;
};

// Says `chathub: what` on err; gives `code`, to be returned.
int Complain(const Outside& outside, ExitCode code, std::string_view what);

}  // namespace chathub::cli
