// One WebSocket of the gateway: a talk on this side, a peer on the other.
#pragma once

#include "hub/gateway/lobby.h"
#include "hub/gateway/streams.h"

namespace chathub {

// Accepts the request, which has been judged, and serves the WebSocket as long as it lives. Defined
// for PlainStream and SecureStream.
template <class Stream>
void ServeWebSocket(Stream stream, HttpRequest request, Greeting greeting, Place place);

}  // namespace chathub
