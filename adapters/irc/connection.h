// The socket to the server: bytes in and out, TLS, and a clock. Boost stays behind it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/irc/moment.h"

namespace chathub::irc {

struct Server {
  std::string host;
  int port = 0;
  // Without TLS.
  bool plain = false;
  // PEM files. Empty: the system's authorities; no certificate of our own.
  std::string ca = {};
  std::string certificate = {};
  std::string key = {};
};

// A thread that has one connection at a time. Everything is called, and calls back, on that thread,
// but Post and what says otherwise.
class Connection {
 public:
  // Nothing is told of a connection after Close, or after Lost.
  struct Listener {
    std::function<void()> connected;
    // Without its end.
    std::function<void(std::string_view line)> heard;
    std::function<void(std::size_t lines)> written;
    std::function<void(const std::string& why)> lost;
    std::function<void()> woken;
  };

  // Why it cannot begin: a certificate that cannot be read. Any thread, before Run.
  std::optional<std::string> SetUp(const Server& server);
  Connection();
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Until Stop; on the thread that is meant.
  void Run(Listener listener);
  // Any thread: does it there.
  void Post(std::function<void()> work);
  // Ends Run, when all that is to be written is, or a second is over.
  void Stop();

  void Connect();
  void Close();
  void Write(const std::vector<std::string>& lines);
  // Instead of what was asked before; nothing: not at all.
  void WakeAt(std::optional<Moment> moment);
  Moment Now() const;

 private:
  class Wire;
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace chathub::irc
