// The stream under a WebSocket: what it collects, what it writes together, and when it goes deaf.
#include "hub/gateway/wire.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace chathub {
namespace {

namespace asio = boost::asio;
using Error = boost::beast::error_code;
using TestStream = boost::beast::test::stream;

class WireTest : public testing::Test {
 protected:
  WireTest() : peer_(context_), wire_(Connected(), 3) {
    wire_.Serve({}, [this] { ++floods_; });
  }

  TestStream Connected() {
    TestStream ours(context_);
    ours.connect(peer_);
    return ours;
  }
  void Run() {
    context_.restart();
    context_.poll();  // a read may wait for ever
  }
  std::string Received() const { return std::string(std::string_view(peer_.str())); }

  asio::io_context context_;
  TestStream peer_;
  Wire<TestStream> wire_;
  int floods_ = 0;
};

TEST_F(WireTest, FramesOfHandlersThatFollowEachOtherAreOneWrite) {
  // As when one read brought many frames: each is answered before the next is looked at.
  int left = 50;
  std::function<void()> answer = [&] {
    wire_.Write("x");
    if (--left > 0) asio::post(context_, answer);
  };
  asio::post(context_, answer);
  Run();
  EXPECT_EQ(Received().size(), 50 * 3u);
  EXPECT_EQ(wire_.next_layer().nwrite(), 1u);
}

TEST_F(WireTest, ALotIsNotHeldBackForMore) {
  for (int i = 0; i < 100; ++i)
    asio::post(context_, [this] { wire_.Write(std::string(1000, 'x')); });
  Run();
  EXPECT_EQ(Received().size(), 100 * 1004u);
  EXPECT_EQ(wire_.backlog(), 0u);
  EXPECT_EQ(wire_.taken(), 100 * 1004u);
}

TEST_F(WireTest, WhatBeastWritesKeepsItsPlaceAmongTexts) {
  wire_.Write("a");
  asio::async_write(wire_, asio::buffer("\x8A\x00", 2), [](Error, std::size_t) {});
  wire_.Write("b");
  asio::async_write(wire_, asio::buffer("\x88\x00", 2), [](Error, std::size_t) {});
  wire_.Write("late");
  Run();
  EXPECT_EQ(Received(), std::string("\x81\x01"
                                    "a\x8A\x00\x81\x01"
                                    "b\x88\x00",
                                    10));
}

TEST_F(WireTest, AFlushIsOverWhenEverythingIsWritten) {
  std::optional<Error> flushed;
  wire_.Write("a");
  wire_.AsyncFlush([&](Error error) { flushed = error; });
  Run();
  EXPECT_EQ(flushed, Error());
  EXPECT_EQ(Received().size(), 3u);
}

TEST_F(WireTest, APeerThatIsGoneHoldsNothingUp) {
  peer_.close();
  std::optional<Error> written;
  std::optional<Error> flushed;
  wire_.Write("a");
  asio::async_write(wire_, asio::buffer("\x8A\x00", 2),
                    [&](Error error, std::size_t) { written = error; });
  wire_.AsyncFlush([&](Error error) { flushed = error; });
  Run();
  EXPECT_TRUE(written.has_value());
  EXPECT_TRUE(flushed.has_value());
  EXPECT_EQ(wire_.backlog(), 0u);
}

TEST_F(WireTest, AFloodIsToldOnceAndThenNothingIsHeard) {
  std::string begin = "\x01\x80mask";
  std::string go_on("\x00\x80mask", 6);
  std::string heard;
  char bytes[64];
  std::function<void()> read = [&] {
    wire_.async_read_some(asio::buffer(bytes), [&](Error error, std::size_t size) {
      heard.append(bytes, size);
      if (!error) read();
    });
  };
  read();
  peer_.write_some(asio::buffer(begin + go_on + go_on));
  Run();
  EXPECT_EQ(heard.size(), 18u);
  peer_.write_some(asio::buffer(go_on));
  Run();
  peer_.write_some(asio::buffer(go_on));
  peer_.close();
  Run();
  EXPECT_EQ(floods_, 1);
  EXPECT_EQ(heard.size(), 18u);
}

// On a real socket, which is read and written at once as long as that goes.
class SocketWireTest : public testing::Test {
 protected:
  using Stream = boost::beast::tcp_stream;
  using tcp = asio::ip::tcp;

  SocketWireTest() : peer_(context_), wire_(Connected(), 3) {
    wire_.Serve({}, [] {});
  }

  Stream Connected() {
    tcp::acceptor acceptor(context_, {asio::ip::address_v4::loopback(), 0});
    peer_.connect(acceptor.local_endpoint());
    Stream ours(acceptor.accept());
    ours.socket().set_option(tcp::socket::send_buffer_size(16 * 1024));
    return ours;
  }

  // Hears in small pieces, until the end.
  void Read() {
    wire_.async_read_some(asio::buffer(piece_), [this](Error error, std::size_t size) {
      heard_.append(piece_, size);
      end_ = error;
      if (!error) Read();
    });
  }
  void RunUntil(const std::function<bool()>& met) {
    context_.restart();
    while (!met() && context_.run_one_for(std::chrono::seconds(10)) > 0) {
    }
    ASSERT_TRUE(met());
  }

  asio::io_context context_;
  tcp::socket peer_;
  Wire<Stream> wire_;
  char piece_[100];
  std::string heard_;
  Error end_;
};

TEST_F(SocketWireTest, WhatWasReadAheadIsHeardInOrderAndThenTheEnd) {
  Read();
  std::string said;
  for (int i = 0; i < 5'000; ++i) said += "\x82\x04" + std::to_string(1'000 + i);
  asio::write(peer_, asio::buffer(said.substr(0, 20'000)));
  RunUntil([&] { return heard_.size() == 20'000; });
  asio::write(peer_, asio::buffer(said.substr(20'000)));
  peer_.close();
  RunUntil([&] { return end_.failed(); });
  EXPECT_EQ(end_, asio::error::eof);
  EXPECT_EQ(heard_, said);
}

TEST_F(SocketWireTest, APeerThatReadsLateGetsEverythingAndHoldsUpNobodyMeanwhile) {
  const std::string text(1'000'000, 'x');
  for (int i = 0; i < 8; ++i) wire_.Write(text);
  context_.poll();
  EXPECT_GT(wire_.backlog(), 0u);
  bool flushed = false;
  wire_.AsyncFlush([&](Error error) { flushed = !error; });
  std::string received(8 * (text.size() + 10), ' ');
  asio::async_read(peer_, asio::buffer(received), [](Error, std::size_t) {});
  RunUntil([&] { return flushed && wire_.backlog() == 0; });
  EXPECT_EQ(wire_.taken(), received.size());
}

}  // namespace
}  // namespace chathub
