// Who is in the network, and what goes from node to node.
#include "hub/gateway/botcomet/station.h"

#include <algorithm>
#include <utility>

#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/gateway/botcomet/messages.h"
#include "hub/gateway/botcomet/readdress.h"

namespace chathub::botcomet {
namespace {

constexpr std::string_view kPrefix = "PLUGIN:";
constexpr std::chrono::minutes kSweep{1};

std::string WithoutPrefix(const std::string& address) {
  return address.starts_with(kPrefix) ? address.substr(kPrefix.size()) : address;
}

std::string OwnAddress(const KeyPair& keys) {
  return keys.public_pem.empty() ? "" : AddressOf(keys.public_pem);
}

}  // namespace

Station::Station(StationOptions options, Hub& hub, Loop& loop, Workshop& workshop)
    : options_(std::move(options)),
      own_id_(RandomId()),
      own_address_(OwnAddress(options_.own_keys)),
      hub_(hub),
      loop_(loop),
      workshop_(workshop),
      self_(std::make_shared<Station*>(this)) {
  adapter_ = std::make_unique<VirtualAdapter>("botcomet", "BotComet", hub, loop, *this);
  sweep_ = loop_.After(kSweep, [this] { Sweep(); });
}

Station::~Station() { *self_ = nullptr; }

void Station::Entered(Talk& talk) {
  nodes_[talk.id()] = std::unique_ptr<Node>(new Node{.talk = talk});
}

void Station::Hear(Talk& talk, Item item) {
  Node& node = *nodes_.at(talk.id());
  std::visit(OnEach{[&](const chathub::Claim& claim) { Claim(node, claim); },
                    [&](const Native& native) { HearNative(node, native); }, [](const auto&) {}},
             item);
}

void Station::Left(Talk& talk) {
  const auto found = nodes_.find(talk.id());
  const std::unique_ptr<Node> node = std::move(found->second);
  nodes_.erase(found);
  comets_.erase(node->comet);
  plugins_.erase(node->plugin);
  if (FindRole(addresses_, node->address) == node.get()) addresses_.erase(node->address);
}

// --- who is who

// Asked again, it hears the same id again.
void Station::Claim(Node& node, const chathub::Claim& claim) {
  if (claim.role == Role::kPlugin) return ClaimAddress(node, claim);
  if (node.comet.empty()) {
    node.comet = RandomId();
    comets_[node.comet] = &node;
  }
  node.talk.Say(Granted{Role::kComet, node.comet, claim.context});
}

void Station::ClaimAddress(Node& node, const chathub::Claim& claim) {
  if (!node.plugin.empty()) {
    if (claim.name != node.address) return Drop();
    return node.talk.Say(Granted{Role::kPlugin, node.plugin, claim.context});
  }
  if (claim.name == own_address_) return Drop();
  Node* holder = FindRole(addresses_, claim.name);
  if (holder == nullptr) return Grant(node, claim);
  ProbeHolder(*holder, node, claim);
}

void Station::Grant(Node& node, const chathub::Claim& claim) {
  node.plugin = RandomId();
  node.address = claim.name;
  plugins_[node.plugin] = &node;
  addresses_[node.address] = &node;
  node.talk.Say(Granted{Role::kPlugin, node.plugin, claim.context});
  Challenge(node);
}

// A plugin that was killed comes back while its old socket seems to live: that one is asked, by a
// ping of the WebSocket. The first who claims the address gets it.
void Station::ProbeHolder(Node& holder, Node& claimant, const chathub::Claim& claim) {
  if (probes_.contains(claim.name)) return Drop();
  holder.talk.Ping();
  probes_[claim.name] =
      loop_.After(kPatience, [this, claim, asked_at = loop_.Now(), old_id = holder.talk.id(),
                              new_id = claimant.talk.id()] {
        // A timer that is going off must outlive its function.
        const Timer probe = std::move(probes_.extract(claim.name).mapped());
        Node* old = FindNode(old_id);
        if (old != nullptr && old->talk.heard_at() >= asked_at) return Drop();
        if (old != nullptr) {
          old->talk.End({1008, "another plugin has this address"});
          addresses_.erase(claim.name);
          old->proved.reset();
        }
        Node* claimant_now = FindNode(new_id);
        if (claimant_now != nullptr) ClaimAddress(*claimant_now, claim);
      });
}

// --- relays

void Station::HearNative(Node& node, const Native& native) {
  const bool from_comet = native.kind == NativeKind::kVerify || native.kind == NativeKind::kEvent;
  if (from_comet ? node.comet.empty() : node.plugin.empty()) return Drop();
  return from_comet ? FromComet(node, native) : FromPlugin(node, native);
}

void Station::FromComet(Node& node, const Native& native) {
  if (IsHub(native.to)) return HearComet(node, native);
  Node* plugin = FindRole(plugins_, native.to);
  if (plugin == nullptr) plugin = FindRole(addresses_, WithoutPrefix(native.to));
  if (plugin == nullptr) return Drop();
  if (native.kind == NativeKind::kVerify) {
    if (native.challenge.empty()) return Drop();
    if (node.pending.size() >= kMostPending) node.pending.pop_front();
    node.pending.emplace_back(plugin->plugin, native.context);
  }
  plugin->talk.Say(Raw{Readdress(native.json, node.comet, plugin->plugin)});
}

void Station::FromPlugin(Node& node, const Native& native) {
  Node* comet = FindRole(comets_, native.to);
  if (comet == nullptr) return HearPlugin(node, native);
  if (native.kind == NativeKind::kVerifyResponse) {
    const auto asked = std::find(comet->pending.begin(), comet->pending.end(),
                                 std::pair(node.plugin, native.context));
    if (asked == comet->pending.end()) return Drop();  // nobody asked
    comet->pending.erase(asked);
  }
  comet->talk.Say(Raw{Readdress(native.json, node.plugin, comet->comet)});
}

bool Station::IsHub(const std::string& address) const {
  return address == kStation || address == own_id_ ||
         (!own_address_.empty() && WithoutPrefix(address) == own_address_);
}

void Station::Sweep() {
  sweep_ = loop_.After(kSweep, [this] { Sweep(); });
  for (const auto& [id, node] : nodes_) {
    if (node->proved != nullptr) node->proved->Sweep();
  }
}

Station::Node* Station::FindNode(const std::string& talk_id) {
  const auto found = nodes_.find(talk_id);
  return found == nodes_.end() ? nullptr : found->second.get();
}

Station::Node* Station::FindRole(const std::map<std::string, Node*>& table,
                                 const std::string& key) const {
  const auto found = table.find(key);
  return found == table.end() ? nullptr : found->second;
}

}  // namespace chathub::botcomet
