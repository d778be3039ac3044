// The bare WebSocket relay: from /load to /echo and back, on one thread: beast-relay PORT.
//
// What came while a frame was being written is written behind it, each message in a frame of its
// own.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <iostream>
#include <memory>
#include <string>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Error = boost::system::error_code;

struct Peer;

struct House {
  std::shared_ptr<Peer> load;
  std::shared_ptr<Peer> echo;
};

struct Peer : std::enable_shared_from_this<Peer> {
  Peer(House& the_house, tcp::socket socket) : house(the_house), stream(std::move(socket)) {}

  void Start() {
    stream.next_layer().set_option(tcp::no_delay(true));
    beast::http::async_read(stream.next_layer(), buffer, request,
                            [self = shared_from_this()](Error error, std::size_t) {
                              if (!error) self->Greet();
                            });
  }

  void Greet() {
    is_load = request.target() == "/load";
    stream.async_accept(request, [self = shared_from_this()](Error error) {
      if (error) return;
      (self->is_load ? self->house.load : self->house.echo) = self;
      self->Read();
    });
  }

  void Read() {
    stream.async_read(buffer, [self = shared_from_this()](Error error, std::size_t) {
      if (error) return;
      const auto& target = self->is_load ? self->house.echo : self->house.load;
      if (target) target->Say(beast::buffers_to_string(self->buffer.data()));
      self->buffer.consume(self->buffer.size());
      self->Read();
    });
  }

  void Say(std::string text) {
    outgoing.push_back(std::move(text));
    if (outgoing.size() == 1) Write();
  }

  void Write() {
    stream.async_write(asio::buffer(outgoing.front()),
                       [self = shared_from_this()](Error error, std::size_t) {
                         if (error) return;
                         self->outgoing.pop_front();
                         if (!self->outgoing.empty()) self->Write();
                       });
  }

  House& house;
  beast::websocket::stream<tcp::socket> stream;
  beast::flat_buffer buffer;
  beast::http::request<beast::http::string_body> request;
  std::deque<std::string> outgoing;
  bool is_load = false;
};

void Accept(House& house, tcp::acceptor& acceptor) {
  acceptor.async_accept([&](Error error, tcp::socket socket) {
    if (error) return;
    std::make_shared<Peer>(house, std::move(socket))->Start();
    Accept(house, acceptor);
  });
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) return 2;
  asio::io_context context(1);
  const auto port = static_cast<std::uint16_t>(std::stoi(words[1]));
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), port});
  House house;
  Accept(house, acceptor);
  std::cout << "ready" << std::endl;
  context.run();
}
