// The keys of the gateway in the configuration file.
#pragma once

#include "hub/config_keys.h"

namespace chathub {

void TakeGatewayAddress(const Setting& setting, Reading& reading);
void TakeGatewayOrigins(const Setting& setting, Reading& reading);
void TakeWnetExpose(const Setting& setting, Reading& reading);

// `[gateway.botcomet.NAME]` and `[gateway.botica.NAME]`
void TakeCometPlugin(const Setting& setting, Reading& reading);
void TakeCometPluginKey(const Setting& setting, Reading& reading);
void TakeCometPluginPattern(const Setting& setting, Reading& reading);
void TakeBoticaBot(const Setting& setting, Reading& reading);
void TakeBoticaBotPattern(const Setting& setting, Reading& reading);

}  // namespace chathub
