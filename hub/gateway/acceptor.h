// A port that the system has given us.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "absl/status/statusor.h"
#include "hub/base/hub_loop.h"

namespace chathub {

// Listens on `HOST:PORT`, the host an IP address or `localhost`. kNotAttached with the system's
// words if that cannot be; `who` begins the sentence.
absl::StatusOr<boost::asio::ip::tcp::acceptor> OpenAcceptor(const std::string& who,
                                                            const std::string& address,
                                                            HubLoop& loop);

// With the port that was chosen for 0.
std::string AddressOf(const boost::asio::ip::tcp::acceptor& acceptor);

}  // namespace chathub
