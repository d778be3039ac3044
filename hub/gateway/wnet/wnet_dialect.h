// WNet ("Protocol_4.1"): `command@argument@rest`, spoken by bots and clients alike.
#pragma once

#include <string_view>

#include "hub/gateway/dialect.h"

namespace chathub::wnet {

// How long a bot may think about `isalive`.
inline constexpr std::chrono::milliseconds kAliveTime{5'000};

// True for 1 to 18 of the letters a-z and A-Z.
bool IsBotName(std::string_view name);

class WnetDialect : public Dialect {
 public:
  Outcome Hear(std::string_view frame) override;
  Outcome Say(const Item& item) override;
  // Ends the connection of a bot that did not answer `isalive`.
  Outcome Tick() override;

 private:
  Outcome HearAlive(bool has_arguments);

  bool asked_ = false;  // `isalive` was said and not answered
};

}  // namespace chathub::wnet
