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

}  // namespace

struct WebSocketPeer::Parts {
  void Write() {
    stream.async_write(asio::buffer(outgoing.front()), [this](Error error, std::size_t) {
      if (error) return;
      outgoing.pop_front();
      if (!outgoing.empty()) Write();
    });
  }

  void Read(const std::function<void(std::string_view)>& hear) {
    stream.async_read(buffer, [this, &hear](Error error, std::size_t) {
      if (error) return context.stop();
      hear(TextInBuffer());
      buffer.consume(buffer.size());
      Read(hear);
    });
  }

  std::string_view TextInBuffer() const {
    return {static_cast<const char*>(buffer.cdata().data()), buffer.cdata().size()};
  }

  asio::io_context context{1};
  beast::websocket::stream<tcp::socket> stream{context};
  beast::flat_buffer buffer;
  std::deque<std::string> outgoing;
};

WebSocketPeer::WebSocketPeer(int port, const std::string& path)
    : parts_(std::make_unique<Parts>()) {
  Error error;
  tcp::socket& socket = parts_->stream.next_layer();
  socket.connect({asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)}, error);
  if (!error) socket.set_option(tcp::no_delay(true));
  if (!error) parts_->stream.handshake("127.0.0.1:" + std::to_string(port), path, error);
  if (!error) return;
  std::fprintf(stderr, "port %d: %s\n", port, error.message().c_str());
  std::exit(1);
}

WebSocketPeer::~WebSocketPeer() = default;

void WebSocketPeer::Say(std::string text) {
  asio::dispatch(parts_->context, [this, text = std::move(text)]() mutable {
    parts_->outgoing.push_back(std::move(text));
    if (parts_->outgoing.size() == 1) parts_->Write();
  });
}

std::string WebSocketPeer::Hear() {
  // What was said before is still to be written.
  parts_->context.restart();
  parts_->context.poll();
  Error error;
  parts_->stream.read(parts_->buffer, error);
  if (error) {
    std::fprintf(stderr, "%s\n", error.message().c_str());
    std::exit(1);
  }
  std::string text(parts_->TextInBuffer());
  parts_->buffer.consume(parts_->buffer.size());
  return text;
}

void WebSocketPeer::Run(const std::function<void(std::string_view text)>& hear) {
  parts_->context.restart();
  parts_->Read(hear);
  parts_->context.run();
}

}  // namespace chathub::bench
