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
  std::size_t fragments = 1'000;       // of one message
  std::size_t outgoing = 1024 * 1024;  // bytes that wait for one peer to read them
  std::size_t per_address = 500;       // connections
  std::size_t connections = 10'000;
  int frames = 1'000;  // per second; more of them wait in the peer's socket
  int controls = 100;  // pings and pongs per second; more end the connection
  std::chrono::seconds handshake{5};
  std::chrono::seconds closing{5};
  std::chrono::seconds unread{10};  // a peer that takes nothing for so long is too slow
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
  // Asked about once a second: does the peer still take what it is told?
  virtual void Look(TimePoint now) = 0;
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

// Somebody's place in the lobby, as long as they are connected.
class Place {
 public:
  Place(std::shared_ptr<Lobby> lobby, std::string address);
  Place(Place&&) noexcept = default;
  Place& operator=(Place&&) = delete;
  ~Place();

  // Who is to be told from now on.
  void Take(Visitor& visitor);

  Lobby& lobby() const { return *lobby_; }
  const std::string& address() const { return address_; }

 private:
  std::shared_ptr<Lobby> lobby_;
  std::string address_;
  Visitor* visitor_ = nullptr;
};

// Browsers say where a page comes from; programs say nothing.
bool IsWelcome(const Lobby& lobby, std::string_view origin);

}  // namespace chathub
