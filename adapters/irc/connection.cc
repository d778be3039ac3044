#include "adapters/irc/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <concepts>
#include <utility>

#include "adapters/irc/line_buffer.h"

namespace chathub::irc {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;
using Error = boost::system::error_code;

// One connection, from the look-up of its name to its end. Kept alive by what it waits for; after
// Close it says nothing more.
class Connection::Wire : public std::enable_shared_from_this<Wire> {
 public:
  Wire(asio::io_context& io, ssl::context& tls, const Server& server, const Listener& listener)
      : server_(server), listener_(listener), resolver_(io), stream_(io, tls) {}

 private:
  // Goes on with `next` unless it is closed, or there was an error, which ends it.
  template <typename Next>
  auto Then(Next next) {
    return [ self = shared_from_this(), next ]<typename... Results>(
        const Error& error,
        const Results&... results) requires std::invocable<const Next&, const Results&...> {
      if (self->closed_) return;
      if (error) return self->Lose(error);
      next(results...);
    };
  }

 public:
  void Open() {
    resolver_.async_resolve(server_.host, std::to_string(server_.port),
                            Then([this](const tcp::resolver::results_type& found) {
                              asio::async_connect(stream_.next_layer(), found,
                                                  Then([this](const tcp::endpoint&) { Greet(); }));
                            }));
  }

  void Close() {
    closed_ = true;
    resolver_.cancel();
    Error ignored;
    // Not a word of TLS: who is cut off by an attacker would not hear it either, and IRC has QUIT.
    stream_.next_layer().shutdown(tcp::socket::shutdown_both, ignored);
    stream_.next_layer().close(ignored);
  }

  void Write(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) waiting_ += line + "\r\n";
    lines_waiting_ += lines.size();
    if (open_ && writing_.empty()) WriteOn();
  }

  bool idle() const { return writing_.empty() && waiting_.empty(); }

 private:
  void Greet() {
    Error ignored;
    stream_.next_layer().set_option(tcp::no_delay(true), ignored);
    if (server_.plain) return Begin();
    // Also what the certificate is compared with, by name or by address.
    SSL_set_tlsext_host_name(stream_.native_handle(), server_.host.c_str());
    stream_.set_verify_mode(ssl::verify_peer);
    stream_.set_verify_callback(ssl::host_name_verification(server_.host));
    stream_.async_handshake(ssl::stream_base::client, Then([this] { Begin(); }));
  }

  void Begin() {
    open_ = true;
    Read();
    listener_.connected();
  }

  void Read() {
    const auto then = Then([this](std::size_t count) {
      lines_.Add({bytes_, count});
      while (!closed_) {
        const auto line = lines_.Next();
        if (!line) return Read();
        listener_.heard(*line);
      }
    });
    if (server_.plain) {
      stream_.next_layer().async_read_some(asio::buffer(bytes_), then);
    } else {
      stream_.async_read_some(asio::buffer(bytes_), then);
    }
  }

  void WriteOn() {
    writing_ = std::exchange(waiting_, {});
    const auto then = Then([this, lines = std::exchange(lines_waiting_, 0)](std::size_t) {
      writing_.clear();
      if (!waiting_.empty()) WriteOn();
      listener_.written(lines);
    });
    if (server_.plain) {
      asio::async_write(stream_.next_layer(), asio::buffer(writing_), then);
    } else {
      asio::async_write(stream_, asio::buffer(writing_), then);
    }
  }

  void Lose(const Error& error) {
    std::string why = error.message();
    const long verified =
        open_ || server_.plain ? X509_V_OK : SSL_get_verify_result(stream_.native_handle());
    if (verified != X509_V_OK) why += std::string(": ") + X509_verify_cert_error_string(verified);
    Close();
    listener_.lost(server_.host + ":" + std::to_string(server_.port) + ": " + why);
  }

  const Server& server_;
  const Listener& listener_;
  tcp::resolver resolver_;
  ssl::stream<tcp::socket> stream_;
  bool open_ = false;
  bool closed_ = false;
  char bytes_[16 * 1024];
  LineBuffer lines_;
  std::string writing_;
  std::string waiting_;
  std::size_t lines_waiting_ = 0;
};

class Connection::Loop {
 public:
  Server server;
  Listener listener;
  asio::io_context io{1};
  ssl::context tls{ssl::context::tls_client};
  asio::steady_timer alarm{io};
  asio::steady_timer last_patience{io};
  std::shared_ptr<Wire> wire;
  const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();

  // Looks again soon whether all is written.
  void End(int times) {
    if (wire == nullptr || wire->idle() || times == 0) {
      if (wire != nullptr) wire->Close();
      return io.stop();
    }
    last_patience.expires_after(std::chrono::milliseconds(10));
    last_patience.async_wait([this, times](const Error&) { End(times - 1); });
  }
};

Connection::Connection() : loop_(std::make_unique<Loop>()) {}
Connection::~Connection() = default;

std::optional<std::string> Connection::SetUp(const Server& server) {
  loop_->server = server;
  if (server.plain) return std::nullopt;
  Error error;
  ssl::context& tls = loop_->tls;
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  if (server.ca.empty()) {
    tls.set_default_verify_paths(error);
  } else {
    tls.load_verify_file(server.ca, error);
  }
  if (error) return "cannot use the authorities in " + server.ca + ": " + error.message();
  if (server.certificate.empty()) return std::nullopt;
  tls.use_certificate_chain_file(server.certificate, error);
  if (!error) tls.use_private_key_file(server.key, ssl::context::pem, error);
  if (error) {
    return "cannot use " + server.certificate + " with " + server.key + ": " + error.message();
  }
  return std::nullopt;
}

void Connection::Run(Listener listener) {
  loop_->listener = std::move(listener);
  const auto work = asio::make_work_guard(loop_->io);
  loop_->io.run();
}

void Connection::Post(std::function<void()> work) { asio::post(loop_->io, std::move(work)); }

void Connection::Stop() { loop_->End(100); }

void Connection::Connect() {
  Close();
  loop_->wire = std::make_shared<Wire>(loop_->io, loop_->tls, loop_->server, loop_->listener);
  loop_->wire->Open();
}

void Connection::Close() {
  if (loop_->wire != nullptr) loop_->wire->Close();
  loop_->wire.reset();
}

void Connection::Write(const std::vector<std::string>& lines) {
  if (loop_->wire != nullptr && !lines.empty()) loop_->wire->Write(lines);
}

void Connection::WakeAt(std::optional<Moment> moment) {
  loop_->alarm.cancel();
  if (!moment) return;
  loop_->alarm.expires_at(loop_->began + *moment);
  loop_->alarm.async_wait([this](const Error& error) {
    if (!error) loop_->listener.woken();
  });
}

// In whole milliseconds, so that what wakes us at one finds that it has come.
Moment Connection::Now() const {
  return std::chrono::duration_cast<Moment>(std::chrono::steady_clock::now() - loop_->began);
}

}  // namespace chathub::irc
