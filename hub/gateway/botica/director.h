// The Director: the bots that the configuration names, their states, and how they are stopped.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/botica_bots.h"
#include "hub/core/hub.h"
#include "hub/gateway/legacy_handler.h"
#include "hub/gateway/talk.h"

namespace chathub::botica {

struct BotOptions {
  std::string id;
  // What it waits for; empty: it hears nothing of the chat.
  std::string pattern = {};
};

class Director : public Talk::Network, public BoticaBots {
 public:
  // A bot's older connection that was silent for so long gives way to a newer one.
  static constexpr std::chrono::milliseconds kDead{5'000};

  Director(const std::vector<BotOptions>& bots, Hub& hub, Loop& loop);
  ~Director() override;

  // How the bot was left; STOPPED for one that nobody knows.
  BotStatus StatusOf(const std::string& id) const;

  // The hub goes away: bots that are RUNNING are asked to stop, and may take until it ends.
  void Drain();
  // Nobody has yet to answer.
  bool drained() const;

  // Talk::Network
  void Entered(Talk&) override {}
  void Hear(Talk& talk, Item item) override;
  void Left(Talk& talk) override;

  // BoticaBots
  v1::ListBoticaBotsResponse List() const override;
  void Stop(const std::string& id, bool force, StopAnswer answer) override;

 private:
  class Bot;

  void Claim(Talk& talk, const std::string& id);
  static void Change(Bot& bot, BotStatus status);
  Bot* FindBot(const Talk& talk);
  void Sweep();

  Hub& hub_;
  Loop& loop_;
  std::map<std::string, std::unique_ptr<Bot>> bots_;  // by id
  Timer sweep_;
};

}  // namespace chathub::botica
