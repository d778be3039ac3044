// A handler that runs against a fake hub.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <string>

#include "chathub/handler.h"
#include "tests/sdk/fake_hub.h"
#include "tests/sdk/written_log.h"

namespace chathub {

inline constexpr char kHelloOk[] =
    "hello_ok { hub: 'testhub' instance_token: 'T' lease { seconds: 9 } }";

inline std::string Delivery(const std::string& id, const std::string& route,
                            const std::string& text) {
  return "delivery { id: '" + id + "' attempt: 1 route: '" + route + "' text: '" + text +
         "' captures { key: 'rest' value: '" + text +
         "' } groups: 'all' groups: 'first' addressed: "
         "true deadline { seconds: 30 } event { conversation { adapter: 'a' user: 'a/ada' } user { "
         "id: 'a/ada' name: 'Ada' } message { platform_id: 'm1' } } }";
}

// A handler that runs on a thread of its own against a fake hub.
class HandlerCase : public testing::Test {
 protected:
  // A test may end in the middle of the talk.
  ~HandlerCase() override {
    handler_.Stop();
    hub_.Die();
  }

  HandlerOptions Options() {
    return {.hub = hub_.options(), .handle_signals = false, .log = log_.Sink()};
  }

  void Run() {
    running_ = std::async(std::launch::async, [this] { return handler_.Run(); });
  }

  HandlerStream& Attach() {
    Run();
    return Greet();
  }

  // The next stream, once the handler has heard the greeting.
  HandlerStream& Greet() {
    HandlerStream& stream = hub_.NextHandler();
    hello_ = stream.Next().hello();
    stream.Say(kHelloOk);
    Catch(stream);
    return stream;
  }

  // Returns when the handler has heard all that was said.
  static void Catch(HandlerStream& stream) {
    stream.Say("ping { nonce: 1 }");
    EXPECT_TRUE(stream.Next().has_pong());
  }

  int Ended() {
    if (running_.wait_for(kTestPatience) == std::future_status::ready) return running_.get();
    ADD_FAILURE() << "Run does not return";
    return -1;
  }

  int Stop(HandlerStream& stream) {
    handler_.Stop();
    EXPECT_TRUE(stream.Next().has_leaving());
    EXPECT_TRUE(stream.AwaitPeerEnd());
    stream.End();
    return Ended();
  }

  WrittenLog log_;
  FakeHub hub_;
  Handler handler_{"test", Options()};
  v1::HandlerHello hello_;
  std::future<int> running_;
};

}  // namespace chathub
