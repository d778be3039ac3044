#include "hub/gateway/botica/botica_dialect.h"

#include <utility>

#include "hub/gateway/botica/words.h"

namespace chathub::botica {
namespace {

void Add(Outcome& outcome, Outcome more) {
  for (Item& item : more.to_hub) outcome.to_hub.push_back(std::move(item));
  for (std::string& frame : more.to_peer) outcome.to_peer.push_back(std::move(frame));
  if (more.close.has_value()) outcome.close = std::move(more.close);
}

}  // namespace

BoticaDialect::BoticaDialect(std::optional<std::string> bot_id, BotStatus status)
    : bot_id_(std::move(bot_id)), status_(status) {}

Outcome BoticaDialect::Begin() {
  Outcome outcome{.wake_in = kStep};
  if (bot_id_.has_value()) outcome.to_hub.push_back(Claim{.role = Role::kBot, .name = *bot_id_});
  return outcome;
}

// A packet of somebody else is ignored: one connection is one bot.
Outcome BoticaDialect::Hear(std::string_view frame) {
  auto packet = ReadPacket(frame);
  if (!packet.has_value()) return {};
  if (packet->bot_id.has_value() && bot_id_.has_value() && packet->bot_id != bot_id_) return {};
  if (bot_id_.has_value()) return HearPacket(*std::move(packet));
  if (!packet->bot_id.has_value()) return {};
  bot_id_ = packet->bot_id;
  Outcome outcome{.to_hub = {Claim{.role = Role::kBot, .name = *bot_id_}}};
  Add(outcome, HearPacket(*std::move(packet)));
  return outcome;
}

Outcome BoticaDialect::HearPacket(Packet packet) {
  Outcome outcome;
  switch (packet.kind) {
    case Packet::Kind::kReady:
    case Packet::Kind::kHeartbeat:
      Lives(outcome);
      break;
    case Packet::Kind::kShutdownResponse:
      return HearResponse(packet.ready);
    case Packet::Kind::kOrder:
      outcome.to_hub.push_back(std::move(packet.order));
      break;
    case Packet::Kind::kUnknown:
      break;
  }
  return outcome;
}

// Either packet revives a bot from any state.
void BoticaDialect::Lives(Outcome& outcome) {
  silent_steps_ = 0;
  outcome.to_hub.push_back(Heartbeat{});
  Become(BotStatus::kRunning, outcome);
}

void BoticaDialect::Become(BotStatus status, Outcome& outcome) {
  if (std::exchange(status_, status) != status) outcome.to_hub.push_back(StatusChanged{status});
}

// A bot that is busy may say so as often as it likes: nothing stops, nothing is asked again.
Outcome BoticaDialect::HearResponse(bool ready) {
  if (!patience_.has_value()) return {};
  patience_.reset();
  if (ready || asked_.forced) return End(StopOutcome::kStopped);
  return {.to_hub = {ShutdownEnded{StopOutcome::kBusy}}};
}

Outcome BoticaDialect::End(StopOutcome how) const {
  const CloseReason stopped{1000, "stopped"};
  const CloseReason away{1012, "the hub is going away"};
  return {.to_hub = {StatusChanged{BotStatus::kStopped}, ShutdownEnded{how}},
          .close = asked_.going_away ? away : stopped};
}

// A new request takes the place of the one before.
Outcome BoticaDialect::Request(const Shutdown& shutdown) {
  asked_ = shutdown;
  patience_ = shutdown.forced ? kForcedPatience : kShutdownPatience;
  return {.to_peer = {ShutdownRequest(shutdown.forced)}};
}

Outcome BoticaDialect::Say(const Item& item) {
  return std::visit(
      OnEach{[this](const Shutdown& shutdown) { return Request(shutdown); },
             [](const ChatOrder& order) -> Outcome { return {.to_peer = {OrderPacket(order)}}; },
             [](const Refused& refused) { return Complain(refused); },
             [](const auto&) { return Outcome(); }},
      item);
}

Outcome BoticaDialect::Tick() {
  Outcome outcome{.wake_in = kStep};
  ++steps_;
  if (++silent_steps_ > kSilence && status_ == BotStatus::kRunning) {
    Become(BotStatus::kUnknown, outcome);
  }
  if (steps_ % kHeartbeatEvery == 0 && status_ != BotStatus::kStopped) {
    outcome.to_peer.push_back(HeartbeatPacket());
  }
  if (!patience_.has_value() || --*patience_ > 0) return outcome;
  patience_.reset();
  if (asked_.forced) {
    Add(outcome, End(StopOutcome::kStopped));
  } else {
    outcome.to_hub.push_back(ShutdownEnded{StopOutcome::kTimeout});
  }
  return outcome;
}

}  // namespace chathub::botica
