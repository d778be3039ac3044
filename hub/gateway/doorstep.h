// One connection of the gateway before it is known what it wants: TLS, then one HTTP request.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "hub/gateway/hub_executor.h"
#include "hub/gateway/lobby.h"

namespace boost::asio::ssl {
class context;
}

namespace chathub {

// An executor that could be any costs a copy at every step.
using HubSocket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, HubExecutor>;

// Answers the request, or makes a WebSocket of the connection. With TLS if there is a context,
// which must outlive it.
void ServeConnection(HubSocket socket, Place place, boost::asio::ssl::context* tls);

}  // namespace chathub
