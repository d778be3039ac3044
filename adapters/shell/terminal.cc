#include "adapters/shell/terminal.h"

#include <mutex>
#include <string>
#include <string_view>

#include "adapters/shell/lines.h"
#include "adapters/shell/prompt.h"
#include "adapters/shell/rendering.h"
#include "adapters/shell/shell.h"

namespace chathub::shell {
namespace {

constexpr char kHelp[] =
    "What you type goes to the bot; `help` asks it what it can do.\n"
    "  /room NAME   talk in a room (there say @hub or ! first)\n"
    "  /private     talk to the bot alone\n"
    "  /help        this\n"
    "Ctrl-D leaves.";

class Terminal {
 public:
  explicit Terminal(const Options& options)
      : shell_(options, WithLog(options),
               [this](const std::string& where, const std::string& text) {
                 prompt_.Write(Printable(where + text));
                 return true;
               }) {
    shell_.adapter().OnAttached([this](const v1::AdapterHelloOk& ok) { ShowHub(ok.hub()); });
    shell_.adapter().OnEnded([this](int) { prompt_.Close(); });
  }

  int Run() {
    ShowHub("...");
    shell_.adapter().Start();
    while (const auto line = prompt_.ReadLine()) Hear(*line);
    shell_.adapter().Stop();
    return shell_.adapter().Wait();
  }

 private:
  AdapterOptions WithLog(const Options& options) {
    AdapterOptions adapter = AdapterOptionsOf(options);
    adapter.log = [this](std::string_view line) { prompt_.Write("-- " + std::string(line)); };
    return adapter;
  }

  void Hear(const std::string& line) {
    if (IsBlank(line)) return;
    if (line.starts_with('/')) {
      Obey(line);
    } else if (const std::string problem = shell_.Say(line); !problem.empty()) {
      prompt_.Write("-- not sent: " + problem);
    }
  }

  void Obey(const std::string& line) {
    constexpr std::string_view kRoom = "/room ";
    if (line.starts_with(kRoom) && !IsBlank(line.substr(kRoom.size()))) {
      EnterRoom(line.substr(line.find_first_not_of(' ', kRoom.size())));
    } else if (line == "/private") {
      EnterRoom("");
    } else {
      prompt_.Write(kHelp);
    }
  }

  void EnterRoom(std::string room) {
    while (!room.empty() && room.back() == ' ') room.pop_back();
    shell_.EnterRoom(room);
    ShowPrompt();
  }

  void ShowHub(const std::string& hub) {
    {
      std::lock_guard lock(mutex_);
      hub_ = hub.empty() ? "hub" : OneLine(hub);
    }
    ShowPrompt();
  }

  void ShowPrompt() {
    const std::string room = OneLine(shell_.room());
    std::lock_guard lock(mutex_);
    prompt_.SetPrompt(room.empty() ? hub_ + "> " : hub_ + " " + room + "> ");
  }

  Prompt prompt_;
  std::mutex mutex_;
  std::string hub_;  // guarded by mutex_
  Shell shell_;      // last: its functions use all of the above
};

}  // namespace

int TalkAtTerminal(const Options& options) { return Terminal(options).Run(); }

}  // namespace chathub::shell
