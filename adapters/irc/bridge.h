// Joins the talk with the IRC server to the hub: what happens there are events, orders are done
// there.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "adapters/irc/connection.h"
#include "adapters/irc/options.h"
#include "adapters/irc/talk.h"
#include "chathub/adapter.h"

namespace chathub::irc {

// The talk lives on the connection's thread; the SDK calls on threads of its own.
class Bridge {
 public:
  explicit Bridge(const Options& options);

  // Until it is told to end, by a signal or by the hub; what main returns: 0 stopped, 1 refused, 2
  // set up wrongly.
  int Run();

 private:
  // On the SDK's thread, which waits until it is done.
  void Do(const v1::Order& order, OrderResult& result);
  std::optional<std::vector<v1::ActionResult>> Await(const v1::Order& order);
  void Post(const v1::Order& order);

  // On the connection's thread, after every step of the talk.
  void Carry();
  void Rename(const std::string& nick);
  void Tell(const Outcome& outcome);
  void Emit(Happening happening);
  Connection::Listener Listen();
  // Into the log.
  void Say(const std::string& text) const;

  const Options options_;
  Connection connection_;
  Talk talk_;
  // What the hub was told: our id, our nick.
  std::pair<std::string, std::string> told_names_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<std::vector<v1::ActionResult>> done_;  // guarded by mutex_
  bool busy_ = false;                                  // likewise: an order is in hand
  bool ended_ = false;                                 // likewise

  // Last: its threads end before what they use.
  Adapter adapter_;
};

}  // namespace chathub::irc
