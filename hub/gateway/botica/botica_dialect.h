// Botica, as the Director talks with one bot.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/gateway/botica/packets.h"
#include "hub/gateway/dialect.h"

namespace chathub::botica {

// The Director's clock goes in steps: everything below happens at one of them.
inline constexpr std::chrono::milliseconds kStep{1'000};
inline constexpr int kHeartbeatEvery = 2;     // steps
inline constexpr int kSilence = 5;            // steps without a heartbeat: UNKNOWN
inline constexpr int kShutdownPatience = 10;  // steps
inline constexpr int kForcedPatience = 3;     // steps

// A bot's state is kept by the Director; it is told here how the bot was left.
class BoticaDialect : public Dialect {
 public:
  // The id is that of the path `/botica/ws/<botId>`, or nothing: then the first wrapper names it.
  BoticaDialect(std::optional<std::string> bot_id, BotStatus status);

  // Sets the clock going.
  Outcome Begin() override;
  Outcome Hear(std::string_view frame) override;
  Outcome Say(const Item& item) override;
  Outcome Tick() override;

 private:
  Outcome HearPacket(Packet packet);
  Outcome HearResponse(bool ready);
  Outcome Request(const Shutdown& shutdown);
  void Lives(Outcome& outcome);
  void Become(BotStatus status, Outcome& outcome);
  Outcome End(StopOutcome how) const;

  std::optional<std::string> bot_id_;
  BotStatus status_;
  int steps_ = 0;
  int silent_steps_ = 0;
  // While a shutdown was requested: how many steps are left, and what was asked.
  std::optional<int> patience_;
  Shutdown asked_;
};

}  // namespace chathub::botica
