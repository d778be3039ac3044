#include "sdk/transcript/process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>
#include <thread>

extern char** environ;

namespace chathub::transcript {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{10};

std::vector<std::string> EnvironmentOf(const Process::Options& options) {
  std::vector<std::string> entries;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    if (!options.environment.contains(std::string(text.substr(0, text.find('='))))) {
      entries.emplace_back(text);
    }
  }
  for (const auto& [name, value] : options.environment) {
    if (value) entries.push_back(name + "=" + *value);
  }
  return entries;
}

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// What the new process has otherwise than we.
class Spawning {
 public:
  explicit Spawning(const Process::Options& options) {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, options.output, STDOUT_FILENO);
    if (options.errors) posix_spawn_file_actions_adddup2(&files_, options.output, STDERR_FILENO);
    posix_spawnattr_init(&attributes_);
    // We wait for signals on a thread and have them blocked.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  }
  ~Spawning() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;

  const posix_spawn_file_actions_t* files() const { return &files_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

}  // namespace

std::optional<Process> Process::Start(const std::vector<std::string>& command,
                                      const Options& options) {
  const Spawning spawning(options);
  const auto environment = EnvironmentOf(options);
  pid_t pid = 0;
  errno = posix_spawnp(&pid, command.front().c_str(), spawning.files(), spawning.attributes(),
                       Pointers(command).data(), Pointers(environment).data());
  if (errno != 0) return std::nullopt;
  return Process(pid);
}

Process::~Process() {
  if (pid_ != 0) End({});
}

std::optional<int> Process::Ended() {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_) {
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return status_;
}

void Process::End(std::chrono::milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  if (!Ended()) kill(-pid_, SIGTERM);
  while (!Ended() && std::chrono::steady_clock::now() < until) {
    std::this_thread::sleep_for(kBetweenLooks);
  }
  // Also those of its group that it left behind.
  kill(-pid_, SIGKILL);
  while (!Ended()) std::this_thread::sleep_for(kBetweenLooks);
}

}  // namespace chathub::transcript
