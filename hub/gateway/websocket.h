// One connection of the gateway: HTTP first, then a WebSocket. Beast stays behind this header.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>

#include "hub/gateway/lobby.h"

namespace boost::asio::ssl {
class context;
}

namespace chathub {

// Serves the connection as long as it lives; with TLS if there is a context, which must outlive it.
void ServeConnection(boost::asio::ip::tcp::socket socket, std::string address,
                     std::shared_ptr<Lobby> lobby, boost::asio::ssl::context* tls);

}  // namespace chathub
