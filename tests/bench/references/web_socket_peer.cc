#include "tests/bench/references/web_socket_peer.h"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdio>
#include <cstdlib>
#include <deque>

namespace chathub::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using Error = boost::system::error_code;

void ExitOn(const Error& error) {
  if (!error) return;
  std::fprintf(stderr, "%s\n", error.message().c_str());
  std::exit(1);
}

}  // namespace

struct WebSocketLoop::Parts {
  asio::io_context context{1};
};

WebSocketLoop::WebSocketLoop() : parts_(std::make_unique<Parts>()) {}

WebSocketLoop::~WebSocketLoop() = default;

void WebSocketLoop::Run() { parts_->context.run(); }

struct WebSocketPeer::Parts {
  explicit Parts(asio::io_context& the_context) : context(the_context), stream(the_context) {}

  void Write() {
    stream.async_write(asio::buffer(outgoing.front()), [this](Error error, std::size_t) {
      if (error) return;
      outgoing.pop_front();
      if (!outgoing.empty()) Write();
    });
  }

  void Read() {
    stream.async_read(buffer, [this](Error error, std::size_t) {
      if (error) return;
      hear(TextInBuffer());
      buffer.consume(buffer.size());
      Read();
    });
  }

  std::string_view TextInBuffer() const {
    return {static_cast<const char*>(buffer.cdata().data()), buffer.cdata().size()};
  }

  asio::io_context& context;
  beast::websocket::stream<tcp::socket> stream;
  beast::flat_buffer buffer;
  std::deque<std::string> outgoing;
  Function hear;
};

WebSocketPeer::WebSocketPeer(WebSocketLoop& loop, int port, const std::string& path)
    : parts_(std::make_unique<Parts>(loop.parts_->context)) {
  Error error;
  tcp::socket& socket = parts_->stream.next_layer();
  socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)}, error);
  if (!error) socket.set_option(tcp::no_delay(true));
  if (!error) parts_->stream.handshake("127.0.0.1:" + std::to_string(port), path, error);
  ExitOn(error);
}

WebSocketPeer::~WebSocketPeer() = default;

void WebSocketPeer::Say(std::string text) {
  asio::dispatch(parts_->context, [this, text = std::move(text)]() mutable {
    parts_->outgoing.push_back(std::move(text));
    if (parts_->outgoing.size() == 1) parts_->Write();
  });
}

std::string WebSocketPeer::Ask(const std::string& text) {
  Error error;
  parts_->stream.write(asio::buffer(text), error);
  if (!error) parts_->stream.read(parts_->buffer, error);
  ExitOn(error);
  std::string answer(parts_->TextInBuffer());
  parts_->buffer.consume(parts_->buffer.size());
  return answer;
}

void WebSocketPeer::Listen(Function hear) {
  parts_->hear = std::move(hear);
  parts_->Read();
}

}  // namespace chathub::bench
