// One connection of the gateway before it is known what it wants: TLS, then one HTTP request.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "hub/gateway/lobby.h"

namespace boost::asio::ssl {
class context;
}

namespace chathub {

// Answers the request, or makes a WebSocket of the connection. With TLS if there is a context,
// which must outlive it.
void ServeConnection(boost::asio::ip::tcp::socket socket, Place place,
                     boost::asio::ssl::context* tls);

}  // namespace chathub
