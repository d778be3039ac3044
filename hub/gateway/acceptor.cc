#include "hub/gateway/acceptor.h"

#include <cstdint>
#include <cstdlib>

#include "hub/base/errors.h"
#include "hub/gateway/hub_executor.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Error = boost::system::error_code;

absl::StatusOr<tcp::endpoint> ParseAddress(const std::string& address) {
  const auto colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host == "localhost") host = "127.0.0.1";
  Error error;
  const auto ip = asio::ip::make_address(host, error);
  const int port = colon == std::string::npos ? -1 : std::atoi(address.c_str() + colon + 1);
  if (!error && port >= 0 && port <= 65'535)
    return tcp::endpoint(ip, static_cast<std::uint16_t>(port));
  return Fail(Reason::kBadFrame, "'" + address + "' is no address; write HOST:PORT");
}

}  // namespace

absl::StatusOr<tcp::acceptor> OpenAcceptor(const std::string& who, const std::string& address,
                                           HubLoop& loop) {
  const auto endpoint = ParseAddress(address);
  if (!endpoint.ok()) return endpoint.status();
  tcp::acceptor acceptor((HubExecutor(loop)));
  Error error;
  acceptor.open(endpoint->protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(*endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return acceptor;
  return Fail(Reason::kNotAttached, who + " cannot listen on " + address + ": " + error.message());
}

std::string AddressOf(const tcp::acceptor& acceptor) {
  const tcp::endpoint at = acceptor.local_endpoint();
  const std::string host = at.address().to_string();
  return (at.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(at.port());
}

}  // namespace chathub
