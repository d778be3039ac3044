#include "hub/gateway/doorstep.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <memory>
#include <string>
#include <utility>

#include "hub/gateway/http_answers.h"
#include "hub/gateway/streams.h"
#include "hub/gateway/websocket.h"

namespace chathub {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using Error = beast::error_code;

RequestHead HeadOf(const HttpRequest& request) {
  RequestHead head{.method = View(request.method_string()),
                   .target = View(request.target()),
                   .http11 = request.version() == 11};
  for (const auto& field : request) {
    head.fields.emplace_back(View(field.name_string()), View(field.value()));
  }
  return head;
}

std::string BytesOf(const HttpAnswer& answer, bool with_text) {
  std::string bytes = "HTTP/1.1 " + std::to_string(answer.status) + " ";
  bytes += View(http::obsolete_reason(http::int_to_status(answer.status)));
  bytes += "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: ";
  bytes += std::to_string(answer.text.size()) + "\r\n";
  for (const auto& [name, value] : answer.fields) bytes += name + ": " + value + "\r\n";
  return bytes + "\r\n" + (with_text ? answer.text : "");
}

// Kept alive by the operations that are under way, which all end when the time is over.
template <class Stream>
class Doorstep final : public Visitor, public std::enable_shared_from_this<Doorstep<Stream>> {
 public:
  Doorstep(Stream stream, Place place)
      : place_(std::move(place)),
        stream_(std::move(stream)),
        timer_(stream_.get_executor()),
        buffer_(place_.lobby().limits.header) {
    place_.Take(*this);
  }

  void Run() {
    HangUpIn(place_.lobby().limits.handshake);
    if constexpr (std::is_same_v<Stream, SecureStream>) {
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](Error error) {
                                error ? self->HangUp() : self->ReadRequest();
                              });
    } else {
      ReadRequest();
    }
  }

  // Visitor
  void SendAway() override { HangUp(); }
  void Abandon() override { HangUp(); }
  void Look(TimePoint) override {}

 private:
  void ReadRequest() {
    parser_.header_limit(static_cast<std::uint32_t>(place_.lobby().limits.header));
    parser_.body_limit(0);
    http::async_read_header(
        stream_, buffer_, parser_,
        [self = this->shared_from_this()](Error error, std::size_t) { self->OnRequest(error); });
  }

  void OnRequest(Error error) {
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      return Answer({431, "the header is too large\n"});
    if (error == http::error::end_of_stream) return HangUp();
    if (error.category() == make_error_code(http::error::bad_method).category())
      return Answer({400, "this is no HTTP\n"});
    if (error) return HangUp();
    RequestHead head = HeadOf(parser_.get());
    head.says_more = buffer_.size() > 0;
    const auto answer = AnswerHttp(head, place_.lobby());
    answer.has_value() ? Answer(*answer) : Upgrade(head);
  }

  void Upgrade(const RequestHead& head) {
    timer_.cancel();
    Greeting greeting{.path = std::string(PathOf(head.target)),
                      .address = place_.address(),
                      .cookie = std::string(FieldOf(head, "cookie"))};
    ServeWebSocket(std::move(stream_), parser_.release(), std::move(greeting), std::move(place_));
  }

  void Answer(const HttpAnswer& answer) {
    answer_ = BytesOf(answer, parser_.get().method() != http::verb::head);
    asio::async_write(stream_, asio::buffer(answer_),
                      [self = this->shared_from_this()](Error error, std::size_t) {
                        error ? self->HangUp() : self->SayGoodbye();
                      });
  }

  // Reads on until the peer closes: closing on unread bytes could lose it the answer.
  void SayGoodbye() {
    HangUpIn(kLastBytes);
    using beast::websocket::async_teardown;
    async_teardown(beast::role_type::server, stream_,
                   [self = this->shared_from_this()](Error) { self->HangUp(); });
  }

  void HangUpIn(std::chrono::milliseconds time) {
    timer_.expires_after(time);
    timer_.async_wait([self = this->shared_from_this()](Error error) {
      if (!error) self->HangUp();
    });
  }

  void HangUp() {
    timer_.cancel();
    beast::get_lowest_layer(stream_).close();
  }

  Place place_;
  Stream stream_;
  asio::steady_timer timer_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  std::string answer_;
};

template <class Stream>
void Serve(Stream stream, Place place) {
  std::make_shared<Doorstep<Stream>>(std::move(stream), std::move(place))->Run();
}

}  // namespace

void ServeConnection(HubSocket socket, Place place, asio::ssl::context* tls) {
  PlainStream stream(std::move(socket));
  if (tls == nullptr) return Serve(std::move(stream), std::move(place));
  Serve(SecureStream(std::move(stream), *tls), std::move(place));
}

}  // namespace chathub
