// A handler: adds functions to the chat. Start here when writing one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/chat.h"
#include "chathub/hub_address.h"
#include "chathub/message.h"
#include "chathub/people.h"
#include "chathub/result.h"
#include "chathub/route.h"
#include "chathub/store.h"

namespace chathub {

namespace v1 {
class Route;
}  // namespace v1

namespace sdk {
class HandlerCore;
}  // namespace sdk

struct HandlerOptions {
  HubOptions hub = {};
  // Of the routes: raise it when they change, and the newer instances take over.
  std::int64_t revision = 0;
  // How many functions run at the same time.
  int threads = 8;
  // How many messages this instance holds at most, running or queued. 0: the hub's default of 64.
  std::uint32_t maximum_in_flight = 0;
  // SIGTERM and SIGINT end Run: what is held is finished first; the second signal ends at once.
  bool handle_signals = true;
  // One line per event, without newline, from any thread; it must not call back. Unset: to stderr
  // with the time.
  std::function<void(std::string_view line)> log = {};
};

// What became of one action of an answer.
struct Posted {
  MessageRef message = {};
  // Several where a long text was split.
  std::vector<std::string> platform_ids = {};
  // Empty: it is in the chat.
  std::string problem = {};
};

// Set everything up on one thread, then Run.
class Handler {
 public:
  using Function = std::function<void(Message&)>;

  // `name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}.
  explicit Handler(std::string name, HandlerOptions options = {});
  ~Handler();
  Handler(const Handler&) = delete;
  Handler& operator=(const Handler&) = delete;

  // Calls `function` for messages in which `pattern` (RE2's syntax) is found.
  void Route(std::string pattern, Function function, RouteOptions options = {});
  // Calls it for messages to the bot that begin with `word`, without regard to case.
  void Command(std::string word, Function function, RouteOptions options = {});
  // Calls it for whatever else happens.
  void On(EventKind kind, Function function, RouteOptions options = {});
  // Hears what became of every answer.
  void OnPosted(std::function<void(const Posted&)> function);

  // Attaches to the hub, waits for it where it is not there yet, and comes back after every
  // failure. Returns what main returns: 0 when stopped, 1 when the hub refuses this handler, 2 when
  // it is set up wrongly; the log has the reason.
  int Run();
  // Ends Run as SIGTERM does; any thread.
  void Stop();

  // Speaks without having been spoken to. Any thread.
  Chat& chat();
  // What this handler remembers. Any thread.
  Store& store();
  // Whom and which rooms the hub knows. Any thread.
  Users& users();
  Rooms& rooms();
  // What the user of `message` can use where it was said; `search` narrows it. Any thread.
  Result<std::vector<RouteListing>> ListRoutes(const Message& message,
                                               std::string_view search = {});

 private:
  v1::Route NewRoute(const RouteOptions& options) const;

  // Shared with functions that did not return before Run gave up waiting for them.
  std::shared_ptr<sdk::HandlerCore> core_;
  std::unique_ptr<Chat> chat_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Users> users_;
  std::unique_ptr<Rooms> rooms_;
};

}  // namespace chathub
