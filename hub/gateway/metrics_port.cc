#include "hub/gateway/metrics_port.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <cstddef>
#include <utility>

#include "hub/gateway/acceptor.h"
#include "hub/gateway/http_answers.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using Error = beast::error_code;

constexpr std::chrono::seconds kPatience{5};        // for a request, and for its answer to be read
constexpr std::chrono::milliseconds kBreath{200};   // when the system has no more sockets
constexpr std::uint32_t kLongestHeader = 8 * 1024;  // bytes
constexpr std::size_t kMostAtOnce = 16;

// What the port and those who ask there share.
struct Desk {
  const std::function<Figures()> look;
  std::size_t asking = 0;
};

HttpAnswer AnswerOf(const Desk& desk, std::string_view method, std::string_view path) {
  if (method != "GET" && method != "HEAD") return {405, "only GET is served here\n"};
  if (path != "/metrics") return {404, "there is only /metrics here\n"};
  return {200, MetricsPage(desk.look())};
}

// One question, kept alive by the operation that is under way.
class Asker : public std::enable_shared_from_this<Asker> {
 public:
  Asker(tcp::socket socket, std::shared_ptr<Desk> desk)
      : desk_(std::move(desk)), stream_(std::move(socket)) {
    ++desk_->asking;
  }
  ~Asker() { --desk_->asking; }

  void Run() {
    parser_.header_limit(kLongestHeader);
    parser_.body_limit(0);
    stream_.expires_after(kPatience);
    http::async_read_header(stream_, buffer_, parser_,
                            [self = shared_from_this()](Error error, std::size_t) {
                              if (!error) self->Answer();
                            });
  }

 private:
  void Answer() {
    const auto& request = parser_.get();
    const beast::string_view method = request.method_string();
    const beast::string_view path = request.target();
    const HttpAnswer answer = AnswerOf(*desk_, {method.data(), method.size()},
                                       std::string_view(path.data(), path.size()));
    response_.result(answer.status);
    response_.set(http::field::content_type, kMetricsType);
    response_.keep_alive(false);
    if (method != "HEAD") response_.body() = answer.text;
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](Error, std::size_t) {
      Error ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    });
  }

  const std::shared_ptr<Desk> desk_;
  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  http::response<http::string_body> response_;
};

class OpenMetricsPort final : public MetricsPort {
 public:
  OpenMetricsPort(tcp::acceptor acceptor, std::function<Figures()> look)
      : acceptor_(std::move(acceptor)),
        breath_(acceptor_.get_executor()),
        desk_(std::make_shared<Desk>(Desk{std::move(look)})) {
    Accept();
  }

  std::string address() const override { return AddressOf(acceptor_); }

 private:
  void Accept() {
    acceptor_.async_accept([this](Error error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return AcceptLater();
      if (desk_->asking < kMostAtOnce) std::make_shared<Asker>(std::move(socket), desk_)->Run();
      Accept();
    });
  }

  void AcceptLater() {
    breath_.expires_after(kBreath);
    breath_.async_wait([this](Error cancelled) {
      if (!cancelled) Accept();
    });
  }

  tcp::acceptor acceptor_;
  asio::steady_timer breath_;
  const std::shared_ptr<Desk> desk_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<MetricsPort>> MetricsPort::Open(const std::string& address,
                                                               HubLoop& loop,
                                                               std::function<Figures()> look) {
  auto acceptor = OpenAcceptor("the port of metrics", address, loop);
  if (!acceptor.ok()) return acceptor.status();
  return std::make_unique<OpenMetricsPort>(*std::move(acceptor), std::move(look));
}

}  // namespace chathub
