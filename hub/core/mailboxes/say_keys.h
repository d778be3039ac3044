// Names of what a handler said before it finished.
#pragma once

#include <string>

#include "hub/core/mailboxes/delivery.h"
#include "hub/core/mailboxes/orders.h"

namespace chathub {

// The order's key of a Say: `<delivery>/say/<key>`, so that no other delivery can have it.
std::string SayKey(const std::string& delivery, const std::string& key);

// Turns the handler's keys of Says of this delivery into those of their orders.
void NameSays(Actions& actions, const Delivery& delivery);

}  // namespace chathub
