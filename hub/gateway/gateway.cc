#include "hub/gateway/gateway.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <optional>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/gateway/acceptor.h"
#include "hub/gateway/doorstep.h"
#include "hub/gateway/lobby.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
using Error = boost::system::error_code;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kBreath{200};  // when the system has no more sockets
constexpr std::chrono::seconds kLook{1};
constexpr int kSendBuffer = 256 * 1024;  // bytes

absl::StatusOr<std::optional<asio::ssl::context>> LoadTls(const GatewayOptions& options) {
  std::optional<asio::ssl::context> tls;
  if (options.certificate.empty()) return tls;
  tls.emplace(asio::ssl::context::tls_server);
  tls->set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                   asio::ssl::context::no_tlsv1_1 | asio::ssl::context::single_dh_use);
  SSL_CTX_set_options(tls->native_handle(), SSL_OP_NO_RENEGOTIATION);
  Error error;
  tls->use_certificate_chain_file(options.certificate, error);
  const std::string& blamed = error ? options.certificate : options.key;
  if (!error) tls->use_private_key_file(options.key, asio::ssl::context::pem, error);
  if (!error) return tls;
  return Fail(Reason::kNotAttached, "the gateway cannot use " + blamed + ": " + error.message());
}

class OpenGateway : public Gateway {
 public:
  OpenGateway(GatewayOptions options, tcp::acceptor acceptor, std::optional<asio::ssl::context> tls,
              Hub& hub, HubLoop& loop, Workshop& workshop)
      : loop_(loop),
        tls_(std::move(tls)),
        acceptor_(std::move(acceptor)),
        breath_(acceptor_.get_executor()),
        networks_(std::move(options.networks), hub, loop, workshop),
        lobby_(std::make_shared<Lobby>(Lobby{.loop = loop_,
                                             .networks = networks_,
                                             .limits = options.limits,
                                             .origins = std::move(options.origins)})) {
    address_ = AddressOf(acceptor_);
    Accept();
    LookLater();
  }
  ~OpenGateway() override { Tell(&Visitor::Abandon); }

  const std::string& address() const override { return address_; }
  const Networks& networks() const override { return networks_; }

  void Drain() override {
    lobby_->ready = false;
    networks_.Drain();
  }
  bool drained() const override { return networks_.drained(); }
  bool empty() const override { return lobby_->visitors.empty(); }
  void SendAway() override { Tell(&Visitor::SendAway); }

 private:
  template <class... Arguments>
  void Tell(void (Visitor::*what)(Arguments...), Arguments... arguments) {
    const std::set<Visitor*> visitors = lobby_->visitors;  // they may leave meanwhile
    for (Visitor* visitor : visitors) (visitor->*what)(arguments...);
  }

  void LookLater() {
    look_ = loop_.After(kLook, [this] {
      Tell(&Visitor::Look, loop_.Now());
      LookLater();
    });
  }

  void Accept() {
    acceptor_.async_accept(HubExecutor(loop_), [this](Error error, HubSocket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return AcceptLater(error);
      Greet(std::move(socket));
      Accept();
    });
  }

  void AcceptLater(Error error) {
    Log(LogLevel::kWarning, "the gateway cannot accept", {{"why", error.message()}});
    breath_.expires_after(kBreath);
    breath_.async_wait([this](Error cancelled) {
      if (!cancelled) Accept();
    });
  }

  // Whoever is too much hears nothing: even an answer costs.
  void Greet(HubSocket socket) {
    Error error;
    const tcp::endpoint from = socket.remote_endpoint(error);
    if (error) return;
    std::string address = from.address().to_string();
    const auto known = lobby_->by_address.find(address);
    if (lobby_->visitors.size() >= lobby_->limits.connections) return;
    if (known != lobby_->by_address.end() && known->second >= lobby_->limits.per_address) return;
    socket.set_option(tcp::no_delay(true), error);
    // The system would take megabytes for a peer that reads nothing.
    socket.set_option(tcp::socket::send_buffer_size(kSendBuffer), error);
    ServeConnection(std::move(socket), Place(lobby_, std::move(address)),
                    tls_.has_value() ? &*tls_ : nullptr);
  }

  HubLoop& loop_;
  std::optional<asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  asio::steady_timer breath_;
  Networks networks_;
  const std::shared_ptr<Lobby> lobby_;
  std::string address_;
  Timer look_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Open(GatewayOptions options, Hub& hub,
                                                       HubLoop& loop, Workshop& workshop) {
  auto tls = LoadTls(options);
  if (!tls.ok()) return tls.status();
  auto acceptor = OpenAcceptor("the gateway", options.address, loop);
  if (!acceptor.ok()) return acceptor.status();
  return std::make_unique<OpenGateway>(std::move(options), *std::move(acceptor), *std::move(tls),
                                       hub, loop, workshop);
}

}  // namespace chathub
