// A program that runs beside us, and ends with us.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chathub::transcript {

// Ends the process, and those that it started, when it goes out of scope.
class Process {
 public:
  struct Options {
    // Where its standard output goes, and its standard error if `errors` is set.
    int output = 2;
    bool errors = false;
    // Instead of what our own environment has; nothing: not there at all.
    std::map<std::string, std::optional<std::string>> environment = {};
  };

  // Found by PATH unless its name has a slash. errno tells why there is none.
  static std::optional<Process> Start(const std::vector<std::string>& command,
                                      const Options& options);
  Process(Process&& other) noexcept : pid_(std::exchange(other.pid_, 0)), status_(other.status_) {}
  Process& operator=(Process&&) = delete;
  ~Process();

  // Its exit code, or 128 and the signal that ended it; nothing while it runs.
  std::optional<int> Ended();
  // SIGTERM, then after this time SIGKILL.
  void End(std::chrono::milliseconds patience);
  pid_t pid() const { return pid_; }

 private:
  explicit Process(pid_t pid) : pid_(pid) {}

  pid_t pid_;  // also of its process group; 0: moved away
  std::optional<int> status_;
};

}  // namespace chathub::transcript
