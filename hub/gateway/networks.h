// The networks of the gateway, and which of them a path leads to.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/base/workshop.h"
#include "hub/gateway/botcomet/station.h"
#include "hub/gateway/botica/director.h"
#include "hub/gateway/lobby.h"
#include "hub/gateway/talk.h"
#include "hub/gateway/wnet/network.h"

namespace chathub {

struct NetworkSettings {
  wnet::NetworkOptions wnet = {};
  botcomet::StationOptions botcomet = {};
  std::vector<botica::BotOptions> botica = {};
};

class Networks : public TalkOpener {
 public:
  Networks(NetworkSettings settings, Hub& hub, Loop& loop, Workshop& workshop);
  Networks(const Networks&) = delete;
  Networks& operator=(const Networks&) = delete;

  // `/wnet/ws` speaks WNet, `/botica/ws` and `/botica/ws/<botId>` Botica, everything else BotComet.
  std::unique_ptr<Talk> Open(TextLink& link, Greeting greeting) override;

  // The hub goes away: bots are asked to stop, what is said to the hub is refused. Nobody is sent
  // away yet, for answers may still come.
  void Drain();
  bool drained() const { return director_.drained(); }

  const botcomet::Station& station() const { return station_; }

 private:
  Loop& loop_;
  wnet::Network wnet_;
  botcomet::Station station_;
  botica::Director director_;
};

}  // namespace chathub
