// Where a transcript is played: a private hub and the handler, in a folder of their own.
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "chathub/hub_address.h"
#include "sdk/transcript/process.h"

namespace chathub::transcript {

// The name of the adapter that plays; the hub is set up for it.
inline constexpr char kAdapter[] = "transcript";

// Ends both and removes the folder when it goes out of scope.
class Stage {
 public:
  Stage() = default;
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  // Starts the hub, then the handler, and waits until the hub has greeted `handlers`; if there are
  // none, until it has greeted anyone. What went wrong, or nothing.
  std::optional<std::string> Open(const std::vector<std::string>& command,
                                  const std::vector<std::string>& handlers,
                                  std::chrono::milliseconds patience);

  HubOptions hub() const { return {.data_folder = folder_ + "/data"}; }
  // Why the handler is not there any more; nothing while it runs.
  std::optional<std::string> HandlerGone();
  // From another thread, before the process ends by a signal. Nothing is started any more.
  void Abandon();

 private:
  using Time = std::chrono::steady_clock::time_point;

  std::optional<std::string> MakeFolder();
  std::optional<std::string> StartHub(Time until);
  std::optional<std::string> StartHandler(const std::vector<std::string>& command);
  std::optional<std::string> AwaitHandlers(const std::vector<std::string>& handlers, Time until);
  std::string HubLog() const;

  // Held for ever once abandoned: no process may come to be that nobody would end.
  std::mutex starting_;  // guards what follows
  std::string folder_;
  std::optional<Process> hub_;
  std::optional<Process> handler_;
};

}  // namespace chathub::transcript
