// Clients' ends of WebSockets, any number of them on one thread.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chathub::bench {

// Owned by main; outlives its peers.
class WebSocketLoop {
 public:
  WebSocketLoop();
  ~WebSocketLoop();

  // Until every peer that listens has been closed by the other end.
  void Run();

 private:
  friend class WebSocketPeer;
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

// Owned by main.
class WebSocketPeer {
 public:
  using Function = std::function<void(std::string_view text)>;

  // Connects to ws://127.0.0.1:PORT/path; ends the process if that fails.
  WebSocketPeer(WebSocketLoop& loop, int port, const std::string& path);
  ~WebSocketPeer();

  // Any thread; out of a function of this loop it is written when that returns.
  void Say(std::string text);
  // Says it and waits for the next text; before the loop runs.
  std::string Ask(const std::string& text);
  // Calls it with every text that comes, once the loop runs.
  void Listen(Function hear);

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace chathub::bench
