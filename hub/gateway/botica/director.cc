#include "hub/gateway/botica/director.h"

#include <algorithm>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/problems.h"
#include "hub/gateway/botica/bot.h"

namespace chathub::botica {
namespace {

constexpr std::chrono::minutes kSweep{1};

v1::BoticaStatus ToWire(BotStatus status) {
  switch (status) {
    case BotStatus::kStopped:
      return v1::BOTICA_STATUS_STOPPED;
    case BotStatus::kRunning:
      return v1::BOTICA_STATUS_RUNNING;
    case BotStatus::kUnknown:
      return v1::BOTICA_STATUS_UNKNOWN;
  }
  return v1::BOTICA_STATUS_UNSPECIFIED;
}

}  // namespace

Director::Director(const std::vector<BotOptions>& bots, Hub& hub, Loop& loop)
    : hub_(hub), loop_(loop) {
  for (const BotOptions& bot : bots) bots_[bot.id] = std::make_unique<Bot>(bot, hub, loop);
  sweep_ = loop_.After(kSweep, [this] { Sweep(); });
  hub_.SetBoticaBots(this);
}

Director::~Director() { hub_.SetBoticaBots(nullptr); }

BotStatus Director::StatusOf(const std::string& id) const {
  const auto found = bots_.find(id);
  return found == bots_.end() ? BotStatus::kStopped : found->second->status();
}

void Director::Hear(Talk& talk, Item item) {
  if (const auto* claim = std::get_if<chathub::Claim>(&item)) return Claim(talk, claim->name);
  Bot* bot = FindBot(talk);
  if (bot == nullptr) return;  // a bot that nobody configured: ignored
  std::visit(OnEach{[&](const Heartbeat&) {
                      bot->Heard();
                      // Whatever its dialect was told when the bot's older connection was still
                      // there.
                      Change(*bot, BotStatus::kRunning);
                    },
                    [&](const StatusChanged& changed) { Change(*bot, changed.status); },
                    [&](const ShutdownEnded& ended) { bot->Answer(ended.outcome); },
                    [&](const ChatOrder& order) { bot->Hear(order); }, [](const auto&) {}},
             item);
}

void Director::Change(Bot& bot, BotStatus status) {
  if (bot.status() == status) return;
  Log(LogLevel::kInfo, "Botica bot changed",
      {{"bot", bot.id()}, {"status", v1::BoticaStatus_Name(ToWire(status))}});
  bot.Become(status);
}

void Director::Left(Talk& talk) {
  Bot* bot = FindBot(talk);
  if (bot != nullptr) bot->Disconnect();
}

void Director::Claim(Talk& talk, const std::string& id) {
  const auto found = bots_.find(id);
  if (found == bots_.end()) {
    Log(LogLevel::kWarning, "a Botica bot that is not configured", {{"bot", id}});
    return;
  }
  Bot& bot = *found->second;
  if (bot.talk() != nullptr && !bot.talk()->ended()) {
    if (loop_.Now() - bot.talk()->heard_at() < kDead) {
      return talk.Say(Refused{Reason::kTooMuch, "this bot is connected"});
    }
    bot.talk()->End({1008, "the bot is connected anew"});
  }
  if (bot.talk() != nullptr) bot.Disconnect();
  bot.Connect(talk);
}

v1::ListBoticaBotsResponse Director::List() const {
  v1::ListBoticaBotsResponse response;
  for (const auto& [id, bot] : bots_) {
    v1::BoticaBot& listed = *response.add_bots();
    listed.set_id(id);
    listed.set_status(ToWire(bot->status()));
    if (bot->heard_at() > 0) *listed.mutable_last_heartbeat() = ToTimestamp(bot->heard_at());
  }
  return response;
}

void Director::Stop(const std::string& id, bool force, StopAnswer answer) {
  const auto found = bots_.find(id);
  if (found == bots_.end()) {
    return answer(Fail(Reason::kNoSuchPeer, "this hub has no Botica bot '" + id + "'"));
  }
  Bot& bot = *found->second;
  if (bot.talk() == nullptr || bot.talk()->ended()) {
    return answer(Fail(Reason::kNotAttached, "the bot '" + id + "' is not connected"));
  }
  bot.Stop({.forced = force}, std::move(answer));
}

void Director::Drain() {
  for (const auto& [id, bot] : bots_) {
    if (bot->talk() == nullptr || bot->talk()->ended() || bot->asked()) continue;
    if (bot->status() == BotStatus::kRunning) bot->Stop({.going_away = true}, [](const auto&) {});
  }
}

bool Director::drained() const {
  return std::none_of(bots_.begin(), bots_.end(),
                      [](const auto& entry) { return entry.second->asked(); });
}

Director::Bot* Director::FindBot(const Talk& talk) {
  for (const auto& [id, bot] : bots_) {
    if (bot->talk() == &talk) return bot.get();
  }
  return nullptr;
}

void Director::Sweep() {
  sweep_ = loop_.After(kSweep, [this] { Sweep(); });
  for (const auto& [id, bot] : bots_) bot->Sweep();
}

}  // namespace chathub::botica
