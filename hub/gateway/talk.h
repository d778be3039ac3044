// One legacy program's talk with the hub: its dialect, between its connection and its network.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hub/base/loop.h"
#include "hub/gateway/dialect.h"

namespace chathub {

// The connection, as a talk sees it. Writing never blocks; a peer that does not read is cut by its
// connection. After Close, or when the peer is gone, the connection destroys its talk and never
// calls it again; Close may be called from within the talk.
class TextLink {
 public:
  virtual ~TextLink() = default;
  virtual void Write(std::string text) = 0;
  // Asks the peer's WebSocket whether it lives; the answer comes as Talk::Lives.
  virtual void Ping() = 0;
  virtual void Close(const CloseReason& why) = 0;
};

// What is known of a program before its first word.
struct Greeting {
  std::string path = {};     // as in the request, without the query
  std::string address = {};  // where it comes from, for limits
  std::string cookie = {};   // the whole header; holds secrets
};

// Owned by its connection.
class Talk {
 public:
  // Those who speak one dialect. What it says to a talk may end that talk, but never at once.
  class Network {
   public:
    virtual ~Network() = default;
    virtual void Entered(Talk& talk) = 0;
    virtual void Hear(Talk& talk, Item item) = 0;
    // Called once, last.
    virtual void Left(Talk& talk) = 0;
  };

  Talk(TextLink& link, Greeting greeting, std::unique_ptr<Dialect> dialect, Network& network,
       Loop& loop);
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;
  ~Talk();

  // From the connection.
  void Begin();
  void Hear(std::string_view frame);
  void Lives() { heard_at_ = loop_.Now(); }

  // From the network.
  void Say(const Item& item);
  void Ping() { link_.Ping(); }
  void End(const CloseReason& why);

  // 128 random bits; void when the connection ends.
  const std::string& id() const { return id_; }
  const Greeting& greeting() const { return greeting_; }
  TimePoint heard_at() const { return heard_at_; }
  bool ended() const { return ended_; }

 private:
  void Follow(Outcome outcome);

  const std::string id_;
  const Greeting greeting_;
  const std::unique_ptr<Dialect> dialect_;
  TextLink& link_;
  Network& network_;
  Loop& loop_;

  Timer wake_;
  TimePoint heard_at_;
  bool ended_ = false;
};

}  // namespace chathub
