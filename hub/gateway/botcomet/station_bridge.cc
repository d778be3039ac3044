// The hub among the nodes: a plugin to comets, a comet to the plugins that it knows.
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/gateway/botcomet/messages.h"
#include "hub/gateway/botcomet/padlock.h"
#include "hub/gateway/botcomet/station.h"

namespace chathub::botcomet {
namespace {

// The reference's comets fire their own events for what they were answered: never answered again.
constexpr std::string_view kBubble = "__comet_";

}  // namespace

// --- to comets

void Station::HearComet(Node& node, const Native& native) {
  return native.kind == NativeKind::kVerify ? AnswerVerify(node, native) : HearEvent(node, native);
}

void Station::HearEvent(Node& node, const Native& native) {
  if (native.event != "message_create" || native.event.starts_with(kBubble)) return Drop();
  if (native.content.empty()) return Drop();
  node.context = native.context;
  node.message_id = native.message_id;
  node.spoken_to = native.to == kStation ? std::string(kStation) : own_id_;
  v1::User user;
  user.set_id("botcomet/" + node.comet);
  user.set_name("comet");
  adapter_->Text(user, "", native.content);
}

void Station::AnswerVerify(Node& node, const Native& native) {
  if (own_address_.empty() || native.challenge.empty()) return Drop();
  if (node.unlocking >= kMostUnlocks || unlocking_ >= kMostUnlocksOfAll) return Drop();
  ++node.unlocking;
  ++unlocking_;
  workshop_.Do([this, self = self_, pem = options_.own_keys.private_pem,
                challenge = native.challenge, context = native.context,
                id = node.talk.id()]() -> Task {
    auto answer = Unlock(pem, challenge);
    return [self, answer = std::move(answer), context, id] {
      if (*self == nullptr) return;
      Station& station = **self;
      --station.unlocking_;
      Node* comet = station.FindNode(id);
      if (comet == nullptr) return station.Drop();
      --comet->unlocking;
      if (!answer.has_value()) return station.Drop();
      comet->talk.Say(Raw{
          Verification("plugin_verify_response", station.own_id_, comet->comet, context, *answer)});
    };
  });
}

absl::Status Station::Post(const v1::Conversation& conversation, const std::string& text) {
  constexpr std::string_view kAdapter = "botcomet/";
  const std::string& user = conversation.user();
  Node* node =
      user.starts_with(kAdapter) ? FindRole(comets_, user.substr(kAdapter.size())) : nullptr;
  if (node == nullptr) return Fail(Reason::kNotAttached, "the comet is gone");
  node->talk.Say(Raw{MessageCreate(
      "adapter_event_response", node->spoken_to.empty() ? std::string(kStation) : node->spoken_to,
      node->comet, node->context.empty() ? "ADAPTER" : node->context, node->message_id, text)});
  return absl::OkStatus();
}

// --- to plugins

const PluginOptions* Station::FindOptions(const std::string& address) const {
  for (const PluginOptions& plugin : options_.plugins) {
    if (AddressOf(plugin.public_pem) == address) return &plugin;
  }
  return nullptr;
}

// Anybody may say an address: only who has the key is the plugin of the configuration.
void Station::Challenge(Node& node) {
  const PluginOptions* options = FindOptions(node.address);
  if (options == nullptr) return;
  node.challenge = RandomSecret();
  node.challenger = RandomId();
  workshop_.Do([self = self_, pem = options->public_pem, text = node.challenge,
                id = node.talk.id()]() -> Task {
    auto locked = Lock(pem, text);
    return [self, locked = std::move(locked), id] {
      Node* plugin = *self == nullptr ? nullptr : (*self)->FindNode(id);
      if (plugin == nullptr || !locked.has_value()) return;
      plugin->talk.Say(Raw{Verification("plugin_verify", plugin->challenger, plugin->plugin,
                                        plugin->challenger, *locked)});
    };
  });
}

void Station::HearPlugin(Node& node, const Native& native) {
  if (native.kind == NativeKind::kVerifyResponse) return HearProof(node, native);
  if (node.proved == nullptr || native.content.empty()) return Drop();
  const absl::Status status = node.proved->Answer(native.to, native.content);
  if (!status.ok()) Drop();
}

void Station::HearProof(Node& node, const Native& native) {
  if (node.challenge.empty() || native.to != node.challenger) return Drop();
  const PluginOptions* options = FindOptions(node.address);
  workshop_.Do([self = self_, options = *options, challenge = std::exchange(node.challenge, ""),
                answer = native.challenge, id = node.talk.id()]() -> Task {
    const auto opened = Open(options.public_pem, answer);
    const bool right = opened.has_value() && EqualInConstantTime(*opened, challenge);
    return [self, right, options, id] {
      Node* plugin = *self == nullptr ? nullptr : (*self)->FindNode(id);
      if (plugin == nullptr || plugin->talk.ended()) return;
      Station& station = **self;
      Log(right ? LogLevel::kInfo : LogLevel::kWarning,
          right ? "BotComet plugin proved" : "BotComet plugin has not its key",
          {{"plugin", options.alias}, {"session", id}});
      if (!right) return station.Drop();
      plugin->proved = std::make_unique<Plugin>(options, plugin->plugin, plugin->talk, station.hub_,
                                                station.loop_);
    };
  });
}

}  // namespace chathub::botcomet
