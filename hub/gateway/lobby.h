// What all connections of the gateway share: their rules, and who is there.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/loop.h"
#include "hub/gateway/talk.h"

namespace chathub {

struct GatewayLimits {
  std::size_t message = 256 * 1024;  // bytes
  std::size_t header = 8 * 1024;     // bytes
  std::size_t header_fields = 64;
  std::size_t outgoing = 1024 * 1024;  // bytes that wait for one peer to read them
  std::size_t per_address = 500;       // connections
  std::size_t connections = 10'000;
  int messages = 1'000;  // per second; more of them wait in the peer's socket
  int controls = 100;    // pings and pongs per second; more end the connection
  std::chrono::seconds handshake{5};
  std::chrono::seconds closing{5};
  // A peer that does not even answer pings for so long is gone.
  std::chrono::seconds idle{25};
};

// Where those who have connected are led to.
class TalkOpener {
 public:
  virtual ~TalkOpener() = default;
  virtual std::unique_ptr<Talk> Open(TextLink& link, Greeting greeting) = 0;
};

// A connection, as the lobby knows it.
class Visitor {
 public:
  virtual ~Visitor() = default;
  // The hub goes away.
  virtual void SendAway() = 0;
  // At once, and for good: everything it was joined to is about to go.
  virtual void Abandon() = 0;
};

// Shared by the door and its connections, which are kept by what is under way in the loop and may
// be destroyed after everything else.
struct Lobby {
  Loop& loop;
  TalkOpener& networks;
  const GatewayLimits limits;
  // Of pages in browsers that may connect, beside those of this machine.
  const std::vector<std::string> origins;

  bool ready = true;
  std::set<Visitor*> visitors = {};
  std::map<std::string, std::size_t> by_address = {};
};

// Browsers say where a page comes from; programs say nothing.
bool IsWelcome(const Lobby& lobby, std::string_view origin);

}  // namespace chathub
