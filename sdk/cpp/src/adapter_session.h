// An adapter's talk with the hub: events that go out, orders that come in.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "chathub/v1/adapters.grpc.pb.h"
#include "done_memory.h"
#include "incoming.h"
#include "log.h"
#include "outbox.h"
#include "outgoing.h"

namespace chathub::sdk {

// Without threads, sockets or clock; lives under the lock of its Lifeline, which is its only user
// besides AdapterCore.
class AdapterSession {
 public:
  using Service = v1::Adapters;
  using Reply = v1::AdaptersAttachResponse;
  using Time = std::chrono::steady_clock::time_point;

  struct Limits {
    std::size_t outbox_events = 10'000;
    std::size_t outbox_bytes = 16 * 1024 * 1024;
    std::size_t remembered_orders = 10'000;
  };

  // `log` must outlive us.
  AdapterSession(v1::AdapterHello hello, const Limits& limits, const Log& log);

  void Opened(Time now);
  void Hear(const std::shared_ptr<Reply>& reply, Time now);
  void Closed(Time now);
  OutgoingFrame Take(Time now);
  void Tick(Time) {}
  std::optional<Time> NextWake() const { return std::nullopt; }
  // The hub ends the stream, when the orders that are out are done.
  void Leave();
  bool attached() const { return attached_; }
  std::string Greeting() const;

  // Its seq; Outbox says what `event` is.
  std::uint64_t Emit(std::string event, std::chrono::milliseconds age, Time now) {
    return outbox_.Add(std::move(event), age, now);
  }
  // `done` is one.
  void Done(const v1::AdapterItem& done);
  // Something that is said now or never.
  void Tell(const v1::AdapterItem& item);
  // Says the hello again with this in it.
  void Rename(std::string own_user_id, const std::vector<std::string>& mention_names);
  // Asks to hear when all that was emitted so far is settled: when settled() has reached this seq.
  std::uint64_t AskSettled();

  std::uint64_t accepted() const { return accepted_; }
  std::uint64_t settled() const { return settled_; }
  bool has_space() const { return outbox_.has_space(); }
  // What the author's functions are to hear next; each is given out once.
  std::vector<std::shared_ptr<v1::Order>> TakeOrders() { return std::exchange(orders_, {}); }
  std::optional<v1::AdapterHelloOk> TakeGreeting() { return std::exchange(new_greeting_, {}); }
  // Names messages in it by the chat service's ids as far as they are known.
  void Resolve(v1::Order& order) const;

 private:
  void HearHelloOk(const v1::AdapterHelloOk& ok);
  void SkipForgotten(std::uint64_t expected);
  void Accept(std::uint64_t up_to);
  void HearOrder(std::shared_ptr<v1::Order> order);
  void SayHello();

  v1::AdapterHello hello_;
  const Log& log_;

  bool attached_ = false;
  bool leaving_ = false;
  Outgoing outgoing_;
  std::string hub_;

  Outbox outbox_;
  std::uint64_t accepted_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t settled_ = 0;
  bool ask_settled_ = false;  // still to be said on this stream
  bool renamed_ = false;      // since the first hello of this stream, before its answer

  DoneMemory memory_;
  std::unordered_set<std::string> in_hand_;  // keys of orders that are not done
  std::vector<std::shared_ptr<v1::Order>> orders_;
  std::optional<v1::AdapterHelloOk> new_greeting_;
};

}  // namespace chathub::sdk
