// Keeps an event's bytes that are no UTF-8 off the wire.
#pragma once

#include "chathub/v1/message.pb.h"

namespace chathub::sdk {

// As RepairUtf8 of any message, but quickly for what most events are: a message that is only text.
void RepairEvent(v1::Event& event);

}  // namespace chathub::sdk
