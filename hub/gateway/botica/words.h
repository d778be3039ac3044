// What a Director says about errors: nothing, or the end; one row for each Reason.
#pragma once

#include "hub/gateway/dialect.h"

namespace chathub::botica {

// The protocol has no packet for errors.
Outcome Complain(const Refused& refused);

}  // namespace chathub::botica
