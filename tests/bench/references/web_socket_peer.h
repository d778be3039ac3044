// A client's end of a WebSocket, on a thread of its own.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chathub::bench {

// Owned by main.
class WebSocketPeer {
 public:
  // Connects to ws://127.0.0.1:PORT/path; ends the process if that fails.
  WebSocketPeer(int port, const std::string& path);
  ~WebSocketPeer();

  // Any thread; out of `hear` it is written when what was read is through.
  void Say(std::string text);
  // Waits for the next text; before Run only.
  std::string Hear();
  // Until the other end closes; calls `hear` with every text.
  void Run(const std::function<void(std::string_view text)>& hear);

 private:
  struct Parts;
  const std::unique_ptr<Parts> parts_;
};

}  // namespace chathub::bench
