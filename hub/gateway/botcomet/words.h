// What BotComet says about errors: silence, or the end; one row for each Reason.
#pragma once

#include "hub/gateway/dialect.h"

namespace chathub::botcomet {

// The protocol has no message for errors.
Outcome Complain(const Refused& refused);

}  // namespace chathub::botcomet
