// An adapter: plugs a chat service in. Start here when writing one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/hub_address.h"
#include "chathub/result.h"
#include "chathub/v1/adapters.pb.h"

namespace chathub {

namespace sdk {
class AdapterCore;
}  // namespace sdk

struct AdapterOptions {
  HubOptions hub = {};
  // For people, for example "IRC" or "terminal".
  std::string service = {};
  v1::Capabilities capabilities = {};
  // Qualified id of the bot's own user, whose messages match no route; empty: unknown.
  std::string own_user_id = {};
  // How users call the bot, without '@'.
  std::vector<std::string> mention_names = {};
  // DEDUP_SERVICE: the chat service itself refuses an order's key that it has seen.
  v1::Dedup dedup = v1::DEDUP_UNSPECIFIED;
  // How much waits for the hub at most; the oldest events go first.
  std::size_t outbox_events = 10'000;
  std::size_t outbox_bytes = 16 * 1024 * 1024;
  // How many orders are answered from memory when the hub repeats them; at least 10,000.
  std::size_t remembered_orders = 10'000;
  // SIGTERM and SIGINT end Run; the second signal ends the process at once.
  bool handle_signals = true;
  // One line per event, without newline, from any thread; it must not call back. Unset: to stderr
  // with the time.
  std::function<void(std::string_view line)> log = {};
};

// What the chat service says of an event besides the event itself.
struct EventOrigin {
  // Its own id of the event, by which the hub knows it when it comes again.
  std::string service_event_id = {};
  // Where to go on reading after a restart.
  std::string cursor = {};
  // How long ago it happened.
  std::chrono::milliseconds age{0};
};

// Tells what became of an order's actions, one after the other. Actions that it is not told about
// count as done, unless one before them failed.
class OrderResult {
 public:
  explicit OrderResult(v1::Done& done) : done_(done) {}
  OrderResult(const OrderResult&) = delete;
  OrderResult& operator=(const OrderResult&) = delete;

  // The next action is done; with the ids of the messages that it made, by which they can be
  // edited.
  void Done(const std::vector<std::string>& platform_ids = {});
  // The next action failed; do none of those behind it.
  void Fail(v1::Reason reason, std::string_view detail);
  bool failed() const { return failed_; }

 private:
  v1::Done& done_;
  bool failed_ = false;
};

// Set the functions first, then Start (or Run); everything else from any thread, at any time. The
// functions are called one at a time, on threads of the adapter's own.
class Adapter {
 public:
  // Does everything in the order. Messages named by the key they were posted under are already
  // named by platform_id; one that still has `posted` is not known any more.
  using OrderFunction = std::function<void(const v1::Order& order, OrderResult& result)>;

  // `name`: [A-Za-z0-9][A-Za-z0-9._-]{0,63}; ids of users and rooms begin with it and '/'.
  explicit Adapter(std::string name, AdapterOptions options = {});
  // Stops.
  ~Adapter();
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  void OnOrder(OrderFunction function);
  // The hub has greeted us, for the first time or again: it tells its name, the rooms to be joined
  // and where to go on reading.
  void OnAttached(std::function<void(const v1::AdapterHelloOk&)> function);
  // The hub will not lose what was emitted up to this number: for services that keep a message
  // until somebody has taken it.
  void OnAccepted(std::function<void(std::uint64_t up_to)> function);
  // It is over, with what Wait returns.
  void OnEnded(std::function<void(int status)> function);

  // Attaches to the hub on a thread of its own, waits for it where it is not there yet, and comes
  // back after every failure.
  void Start();
  // Says goodbye, lets the orders that are out be done (10 s at most) and ends.
  void Stop();
  // Blocks until the end: 0 when stopped, 1 when the hub refuses this adapter, 2 when it is set up
  // wrongly; the log has the reason.
  int Wait();
  // Starts, and waits until stopped by a signal or by Stop.
  int Run();

  // Takes an event; it is sent when the hub is there, and again until the hub has accepted it. The
  // conversation's adapter may be left out. Its number, or why it can not be sent at all.
  Result<std::uint64_t> Emit(v1::Event event, const EventOrigin& origin = {});
  // Blocks until the outbox is at most half full: for sources that can wait. False if that took
  // longer, or if the adapter has ended.
  bool AwaitSpace(std::chrono::milliseconds patience);
  // Blocks until all that was emitted is finished, dead or expired, and its orders are done. False
  // if that took longer, or if the adapter has ended. Not from one of the functions.
  bool AwaitSettled(std::chrono::milliseconds patience);

  // Tells who and what is there; best told again whenever attached.
  void Tell(v1::UsersChanged users);
  void Tell(v1::RoomsChanged rooms);
  // The bot is called otherwise now.
  void Rename(std::string own_user_id, std::vector<std::string> mention_names);

 private:
  // Shared with functions that did not return before the end.
  std::shared_ptr<sdk::AdapterCore> core_;
};

}  // namespace chathub
