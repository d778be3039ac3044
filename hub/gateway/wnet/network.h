// All who speak WNet: bots and the clients connected to them, and who may be reached beyond.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/core/hub.h"
#include "hub/gateway/legacy_handler.h"
#include "hub/gateway/talk.h"
#include "hub/gateway/virtual_adapter.h"
#include "hub/gateway/wnet/proofs.h"

namespace chathub::wnet {

struct NetworkOptions {
  // Bots need an account.
  bool accounts = true;
  // Bots that every chat can call by their name; "*": all.
  std::vector<std::string> expose = {};
};

class Network : public Talk::Network, public VirtualAdapter::Service {
 public:
  // More names are left out of an answer to `search`.
  static constexpr std::size_t kMostNames = 1000;
  // How often it is looked whether the handlers that clients are connected to are there.
  static constexpr std::chrono::milliseconds kLook{1'000};
  // Bots that one program may be, and bots that one client may talk with.
  static constexpr std::size_t kMostBots = 100;

  Network(NetworkOptions options, Hub& hub, Loop& loop);
  ~Network() override;

  // The hub goes away: what is said to a handler is refused; bots and clients talk on.
  void Drain() { draining_ = true; }

  // Talk::Network
  void Entered(Talk& talk) override;
  void Hear(Talk& talk, Item item) override;
  void Left(Talk& talk) override;

  // VirtualAdapter::Service
  absl::Status Post(const v1::Conversation& conversation, const std::string& text) override;

 private:
  // A connected program: a client, a bot, or both.
  struct Seat {
    Talk& talk;
    std::set<std::string> bots;       // it is
    std::set<std::string> connected;  // to these bots
    // The bot beyond WNet that it spoke to last: what names no bot comes from there.
    std::string spoken_to = {};
    // Who it is, once that was asked.
    bool asked = false;
    bool proving = false;
    std::optional<std::string> account;
    std::vector<Item> waiting;  // until it is proved
  };
  // A bot of a WNet program.
  class Bot;

  void Claim(Seat& seat, const chathub::Claim& claim);
  void Grant(Seat& seat, const std::string& name);
  void HearAlive(Seat& seat);
  void Find(Seat& seat, const chathub::Find& find);
  void Connect(Seat& seat, const chathub::Connect& connect);
  void Disconnect(Seat& seat, const chathub::Disconnect& disconnect);
  void HearClient(Seat& seat, const ToBot& said);
  void HearBot(Seat& seat, const ToGuest& said);

  // True if it is known who the program is; else the item comes again when it is.
  bool Proved(Seat& seat, Item item);
  void Wait(Seat& seat, Item item);
  void Free(const std::string& name);
  void Refuse(Seat& seat, Reason reason, std::string detail);
  void Look();
  bool Exposed(const std::string& name) const;
  // The handler that clients call `name`, if an instance of it is here.
  std::optional<std::string> FindHandler(const std::string& name) const;
  Seat* FindSeat(const std::string& id);
  Bot* FindBot(const std::string& name);
  v1::User UserOf(const Seat& seat) const;

  const NetworkOptions options_;
  Hub& hub_;
  Loop& loop_;

  Proofs proofs_;
  std::map<std::string, std::unique_ptr<Seat>> seats_;  // by the talk's id
  std::map<std::string, std::unique_ptr<Bot>> bots_;    // by name
  bool draining_ = false;
  Timer look_;
  std::unique_ptr<VirtualAdapter> adapter_;
  // Asked by what comes back later.
  const std::shared_ptr<Network*> self_;
};

}  // namespace chathub::wnet
