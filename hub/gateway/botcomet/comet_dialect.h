// BotComet, as the Station hears one connection: comets, plugins, or both on one socket.
#pragma once

#include <string_view>

#include "hub/gateway/dialect.h"

namespace chathub::botcomet {

// So many messages that make no sense end the connection.
inline constexpr int kMostBadMessages = 20;

class CometDialect : public Dialect {
 public:
  Outcome Hear(std::string_view frame) override;
  Outcome Say(const Item& item) override;
  Outcome Tick() override { return {}; }

 private:
  Outcome CountBad();

  int bad_messages_ = 0;
};

}  // namespace chathub::botcomet
