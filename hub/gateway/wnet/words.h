// What WNet says about errors: one row for each Reason.
#pragma once

#include <string>

#include "hub/gateway/dialect.h"

namespace chathub::wnet {

// `error@...`, or the end of the connection where WNet has no words.
Outcome Complain(const Refused& refused);

}  // namespace chathub::wnet
