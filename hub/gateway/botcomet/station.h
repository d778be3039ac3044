// The Station: nodes of the BotComet network, and the hub as a plugin and as comets among them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hub/base/workshop.h"
#include "hub/core/hub.h"
#include "hub/gateway/botcomet/padlock.h"
#include "hub/gateway/botcomet/plugin.h"
#include "hub/gateway/talk.h"
#include "hub/gateway/virtual_adapter.h"

namespace chathub::botcomet {

struct StationOptions {
  std::vector<PluginOptions> plugins = {};
  // Of the hub's own plugin; empty: it has none, and comets write to the Station.
  KeyPair own_keys = {};
};

class Station : public Talk::Network, public VirtualAdapter::Service {
 public:
  // How long a plugin whose address somebody else claims may be silent.
  static constexpr std::chrono::milliseconds kPatience{5'000};
  // Verifications that one comet waits for; the oldest is forgotten for one more.
  static constexpr std::size_t kMostPending = 100;
  // Verifications by the hub's own key that wait for the workshop, of one comet and of all; more
  // are dropped.
  static constexpr int kMostUnlocks = 4;
  static constexpr int kMostUnlocksOfAll = 200;

  Station(StationOptions options, Hub& hub, Loop& loop, Workshop& workshop);
  ~Station() override;

  // Of the hub's own plugin; empty: it has no key.
  const std::string& own_address() const { return own_address_; }
  // What was dropped: for nobody, forged, or not in its turn.
  std::uint64_t dropped() const { return dropped_; }

  // Talk::Network
  void Entered(Talk& talk) override;
  void Hear(Talk& talk, Item item) override;
  void Left(Talk& talk) override;

  // VirtualAdapter::Service
  absl::Status Post(const v1::Conversation& conversation, const std::string& text) override;

 private:
  // A connection, with the ids of its roles; empty: it has not that role.
  struct Node {
    Talk& talk;
    std::string comet = {};
    std::string plugin = {};
    std::string address = {};
    // Plugin and context of verifications that the comet waits for.
    std::deque<std::pair<std::string, std::string>> pending = {};
    int unlocking = 0;
    // How the comet spoke to the hub last: how it is answered.
    std::string context = {};
    std::string message_id = {};
    std::string spoken_to = {};
    // What the hub asked the plugin, and who asked; empty: nothing.
    std::string challenge = {};
    std::string challenger = {};
    std::unique_ptr<Plugin> proved = {};
  };

  void Claim(Node& node, const chathub::Claim& claim);
  void ClaimAddress(Node& node, const chathub::Claim& claim);
  void Grant(Node& node, const chathub::Claim& claim);
  void ProbeHolder(Node& holder, Node& claimant, const chathub::Claim& claim);

  void HearNative(Node& node, const Native& native);
  void FromComet(Node& node, const Native& native);
  void FromPlugin(Node& node, const Native& native);
  bool IsHub(const std::string& address) const;
  void HearComet(Node& node, const Native& native);
  void HearEvent(Node& node, const Native& native);
  void AnswerVerify(Node& node, const Native& native);
  void Challenge(Node& node);
  void HearPlugin(Node& node, const Native& native);
  void HearProof(Node& node, const Native& native);
  void Drop() { ++dropped_; }
  void Sweep();

  const PluginOptions* FindOptions(const std::string& address) const;
  Node* FindNode(const std::string& talk_id);
  Node* FindRole(const std::map<std::string, Node*>& table, const std::string& key) const;

  const StationOptions options_;
  const std::string own_id_;
  std::string own_address_;
  Hub& hub_;
  Loop& loop_;
  Workshop& workshop_;

  std::map<std::string, std::unique_ptr<Node>> nodes_;  // by the talk's id
  std::map<std::string, Node*> comets_;                 // by id
  std::map<std::string, Node*> plugins_;                // by id
  std::map<std::string, Node*> addresses_;
  std::map<std::string, Timer> probes_;  // by address
  int unlocking_ = 0;
  std::uint64_t dropped_ = 0;
  Timer sweep_;
  std::unique_ptr<VirtualAdapter> adapter_;
  // Asked by what comes back later.
  const std::shared_ptr<Station*> self_;
};

}  // namespace chathub::botcomet
