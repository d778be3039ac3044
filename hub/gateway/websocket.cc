#include "hub/gateway/websocket.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <optional>
#include <utility>

#include "hub/base/text.h"
#include "hub/gateway/budget.h"
#include "hub/gateway/http_answers.h"
#include "hub/gateway/outgoing.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using Error = beast::error_code;
using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

constexpr std::chrono::milliseconds kPause{20};  // of a peer that says too much
constexpr std::chrono::milliseconds kLastBytes{200};
constexpr std::size_t kLongestReason = 123;  // bytes, by RFC 6455

std::string_view View(beast::string_view text) { return {text.data(), text.size()}; }

std::size_t CountFields(const http::fields& fields) {
  return static_cast<std::size_t>(std::distance(fields.begin(), fields.end()));
}

// Kept alive by the operations that are under way.
template <class Stream>
class Connection final : public TextLink,
                         public Visitor,
                         public std::enable_shared_from_this<Connection<Stream>> {
 public:
  template <class... TlsContext>
  Connection(asio::ip::tcp::socket socket, std::string address, std::shared_ptr<Lobby> lobby,
             TlsContext&... tls)
      : address_(std::move(address)),
        lobby_(std::move(lobby)),
        ws_(std::move(socket), tls...),
        timer_(ws_.get_executor()),
        messages_(lobby_->limits.messages, lobby_->loop.Now()),
        controls_(lobby_->limits.controls, lobby_->loop.Now()) {
    lobby_->visitors.insert(this);
    ++lobby_->by_address[address_];
  }
  ~Connection() override {
    lobby_->visitors.erase(this);
    if (--lobby_->by_address[address_] == 0) lobby_->by_address.erase(address_);
  }

  void Run() {
    Tcp().expires_after(lobby_->limits.handshake);
    if constexpr (std::is_same_v<Stream, Secure>) {
      ws_.next_layer().async_handshake(asio::ssl::stream_base::server,
                                       [self = this->shared_from_this()](Error error) {
                                         if (!error) self->ReadRequest();
                                       });
    } else {
      ReadRequest();
    }
  }

  // TextLink
  void Write(std::string text) override {
    if (closing_) return;
    outgoing_.Add(std::move(text));
    if (outgoing_.bytes() > lobby_->limits.outgoing) return Cut();
    WriteNext();
  }
  void Ping() override {
    if (pinging_ || closing_) return;
    pinging_ = true;
    ws_.async_ping({}, [self = this->shared_from_this()](Error) { self->pinging_ = false; });
  }
  void Close(const CloseReason& why) override {
    if (closing_) return;
    closing_ = why;
    // Not at once: it may be the talk that calls.
    asio::post(ws_.get_executor(), [self = this->shared_from_this()] { self->talk_.reset(); });
    HangUpIn(lobby_->limits.closing);
    WriteNext();
  }

  // Visitor
  void SendAway() override {
    if (talk_ != nullptr) return talk_->End({1012, "the hub is going away"});
    HangUp();
  }
  void Abandon() override {
    talk_.reset();
    HangUp();
  }

 private:
  beast::tcp_stream& Tcp() { return beast::get_lowest_layer(ws_); }

  // --- HTTP

  void ReadRequest() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(lobby_->limits.header));
    parser_->body_limit(0);
    http::async_read_header(
        ws_.next_layer(), buffer_, *parser_,
        [self = this->shared_from_this()](Error error, std::size_t) { self->OnRequest(error); });
  }

  void OnRequest(Error error) {
    if (error == http::error::header_limit) return Answer({431, "the header is too large\n"});
    if (error.category() == make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream) {
      return Answer({400, "this is no HTTP\n"});
    }
    if (error) return;
    const auto& request = parser_->get();
    if (CountFields(request) > lobby_->limits.header_fields) {
      return Answer({431, "too many header fields\n"});
    }
    if (!websocket::is_upgrade(request)) {
      const std::string_view path = View(request.target());
      return Answer(
          AnswerHttp(View(request.method_string()), path.substr(0, path.find('?')), lobby_->ready));
    }
    if (!lobby_->ready) return Answer({503, "going away\n"});
    if (!IsWelcome(*lobby_, View(request[http::field::origin]))) {
      return Answer({403, "pages of this origin may not connect\n"});
    }
    Upgrade();
  }

  void Answer(const HttpAnswer& answer) {
    auto response = std::make_shared<http::response<http::string_body>>(
        http::int_to_status(answer.status), 11, answer.text);
    response->set(http::field::content_type, "text/plain; charset=utf-8");
    response->keep_alive(false);
    if (answer.status == 426) response->set(http::field::upgrade, "websocket");
    response->prepare_payload();
    http::async_write(ws_.next_layer(), *response,
                      [self = this->shared_from_this(), response](Error, std::size_t) {
                        Error ignored;
                        self->Tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send,
                                                      ignored);
                      });
  }

  void Upgrade() {
    Tcp().expires_never();  // the WebSocket has times of its own
    websocket::stream_base::timeout times;
    times.handshake_timeout = lobby_->limits.handshake;
    times.idle_timeout = lobby_->limits.idle;
    times.keep_alive_pings = true;
    ws_.set_option(times);
    ws_.read_message_max(lobby_->limits.message);
    ws_.auto_fragment(false);
    ws_.text(true);
    ws_.control_callback([this](websocket::frame_type, beast::string_view) { OnControl(); });
    ws_.async_accept(parser_->get(),
                     [self = this->shared_from_this()](Error error) { self->OnAccepted(error); });
  }

  // --- the WebSocket

  void OnAccepted(Error error) {
    if (error) return;
    const auto& request = parser_->get();
    const std::string_view target = View(request.target());
    Greeting greeting{.path = std::string(target.substr(0, target.find('?'))),
                      .address = address_,
                      .cookie = std::string(View(request[http::field::cookie]))};
    parser_.reset();
    talk_ = lobby_->networks.Open(*this, std::move(greeting));
    talk_->Begin();
    Read();
  }

  void Read() {
    ws_.async_read(buffer_, [self = this->shared_from_this()](Error error, std::size_t) {
      self->OnRead(error);
    });
  }

  void OnRead(Error error) {
    if (error) return OnReadEnd();
    const std::string frame = beast::buffers_to_string(buffer_.data());
    buffer_.consume(buffer_.size());
    if (talk_ != nullptr && !closing_) {
      if (!ws_.got_text() && !IsUtf8(frame)) {
        talk_->End({1007, "no UTF-8"});
      } else {
        talk_->Hear(frame);
      }
    }
    if (messages_.Spend(lobby_->loop.Now()) || closing_) return Read();
    timer_.expires_after(kPause);
    timer_.async_wait([self = this->shared_from_this()](Error) { self->Read(); });
  }

  // Beast has said 1002, 1007 or 1009 itself where that is due.
  void OnReadEnd() {
    talk_.reset();
    if (!closing_) closing_.emplace();
    HangUpIn(kLastBytes);
  }

  void OnControl() {
    if (talk_ == nullptr || closing_) return;
    talk_->Lives();
    if (!controls_.Spend(lobby_->loop.Now())) talk_->End({1008, "too many pings"});
  }

  void WriteNext() {
    if (writing_) return;
    if (outgoing_.empty()) {
      if (closing_) SayGoodbye();
      return;
    }
    writing_ = true;
    ws_.async_write(asio::buffer(outgoing_.Next()),
                    [self = this->shared_from_this()](Error error, std::size_t) {
                      self->writing_ = false;
                      if (error) return self->HangUp();
                      self->WriteNext();
                    });
  }

  void SayGoodbye() {
    if (std::exchange(said_goodbye_, true)) return;
    const std::string_view text = CutAtCodePoint(closing_->text, kLongestReason);
    websocket::close_reason reason(closing_->code);
    reason.reason.assign(text.data(), text.size());
    ws_.async_close(reason, [self = this->shared_from_this()](Error) { self->HangUp(); });
  }

  // A peer that does not read: what waits for it is dropped.
  void Cut() {
    outgoing_.Drop();
    if (talk_ != nullptr) talk_->End({1013, "too slow"});
  }

  void HangUpIn(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([self = this->shared_from_this()](Error error) {
      if (!error) self->HangUp();
    });
  }

  void HangUp() {
    timer_.cancel();
    Tcp().close();
  }

  const std::string address_;
  const std::shared_ptr<Lobby> lobby_;
  websocket::stream<Stream> ws_;
  asio::steady_timer timer_;

  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::empty_body>> parser_;  // until the upgrade
  std::unique_ptr<Talk> talk_;
  Budget messages_;
  Budget controls_;
  Outgoing outgoing_;
  bool writing_ = false;
  bool pinging_ = false;
  std::optional<CloseReason> closing_;
  bool said_goodbye_ = false;
};

}  // namespace

void ServeConnection(asio::ip::tcp::socket socket, std::string address,
                     std::shared_ptr<Lobby> lobby, asio::ssl::context* tls) {
  if (tls == nullptr) {
    return std::make_shared<Connection<Plain>>(std::move(socket), std::move(address),
                                               std::move(lobby))
        ->Run();
  }
  std::make_shared<Connection<Secure>>(std::move(socket), std::move(address), std::move(lobby),
                                       *tls)
      ->Run();
}

}  // namespace chathub
