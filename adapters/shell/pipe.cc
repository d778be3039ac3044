#include "adapters/shell/pipe.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <string>

#include "adapters/shell/bell.h"
#include "adapters/shell/lines.h"
#include "adapters/shell/rendering.h"
#include "adapters/shell/shell.h"

namespace chathub::shell {
namespace {

// On the adapter's thread, the only one that writes to stdout.
bool ShowLine(const std::string& text) {
  const std::string line = OneLine(text) + "\n";
  return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
         std::fflush(stdout) == 0;
}

// Feeds lines of stdin to the shell.
class Feed {
 public:
  Feed(Shell& shell, const Options& options)
      : shell_(shell), at_once_(options.at_once), patience_(options.settle_timeout) {}

  // Until the end of the input and the last reply. False if that never came.
  bool Run(Bell& bell, const std::atomic<bool>& over) {
    char bytes[64 * 1024];
    while (true) {
      if (!bell.AwaitInput(STDIN_FILENO)) {
        if (over) return false;
        continue;
      }
      const ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
      if (count > 0) lines_.Add({bytes, static_cast<std::size_t>(count)});
      if (count <= 0) lines_.End();
      if (!SayAll()) return false;
      if (count <= 0) return Settle();
    }
  }

 private:
  bool SayAll() {
    while (const auto line = lines_.Next()) {
      if (IsBlank(*line)) continue;
      if (const std::string problem = shell_.Say(*line); !problem.empty()) {
        std::fprintf(stderr, "chathub-adapter-shell: not sent: %s\n", problem.c_str());
        continue;
      }
      if (++out_ < at_once_) continue;
      out_ = 0;
      if (!Settle()) return false;
    }
    return true;
  }

  bool Settle() { return shell_.adapter().AwaitSettled(patience_); }

  Shell& shell_;
  const int at_once_;
  const std::chrono::seconds patience_;
  Lines lines_;
  int out_ = 0;
};

}  // namespace

int TalkThroughPipes(const Options& options) {
  Bell bell;
  std::atomic<bool> over = false;
  Shell shell(options, AdapterOptionsOf(options),
              [](const std::string&, const std::string& text) { return ShowLine(text); });
  shell.adapter().OnEnded([&](int) {
    over = true;
    bell.Ring();
  });
  shell.adapter().Start();
  const bool settled = Feed(shell, options).Run(bell, over);
  if (!settled && !over) {
    std::fprintf(stderr, "chathub-adapter-shell: not all was answered within %lld s\n",
                 static_cast<long long>(options.settle_timeout.count()));
  }
  shell.adapter().Stop();
  const int status = shell.adapter().Wait();
  return settled || status != 0 ? status : 1;
}

}  // namespace chathub::shell
