// How a handler attaches, comes back and ends.
#include <csignal>
#include <semaphore>
#include <thread>

#include "tests/sdk/handler_case.h"

namespace chathub {
namespace {

class HandlerLifeTest : public HandlerCase {};

TEST_F(HandlerLifeTest, ABrokenStreamIsOpenedAgainAsTheSameInstance) {
  std::binary_semaphore go_on(0);
  handler_.Route(".", [&](Message& message) {
    go_on.acquire();
    message.Reply("done");
  });
  HandlerStream& broken = Attach();
  broken.Say(Delivery("d1", "route-1", "x"));
  Catch(broken);
  broken.End(grpc::StatusCode::UNAVAILABLE, "cable");
  HandlerStream& stream = hub_.NextHandler();
  const v1::HandlerHello hello = stream.Next().hello();
  EXPECT_EQ(hello.instance_token(), "T");
  ASSERT_EQ(hello.holding_size(), 1);
  EXPECT_EQ(hello.holding(0).delivery(), "d1");
  stream.Say("hello_ok { instance_token: 'T' holding { delivery: 'd1' attempt: 1 } }");
  go_on.release();
  EXPECT_EQ(stream.Next().finish().delivery(), "d1");
}

TEST_F(HandlerLifeTest, AHubThatIsRestartedIsFoundAgain) {
  Attach();
  hub_.Die();
  hub_.Listen();
  HandlerStream& stream = Greet();
  EXPECT_EQ(Stop(stream), 0);
}

TEST_F(HandlerLifeTest, ARefusalEndsRunWithTheHubsWords) {
  Run();
  hub_.NextHandler().End(grpc::StatusCode::ALREADY_EXISTS, "the word roll belongs to handler/dice");
  EXPECT_EQ(Ended(), 1);
  EXPECT_EQ(log_.Count("the word roll belongs to handler/dice"), 1);
}

TEST_F(HandlerLifeTest, OverloadIsNoRefusal) {
  Run();
  hub_.NextHandler().End(grpc::StatusCode::RESOURCE_EXHAUSTED, "slow down");
  EXPECT_EQ(Stop(Greet()), 0);
}

TEST_F(HandlerLifeTest, AStopFinishesWhatIsHeldFirst) {
  std::binary_semaphore go_on(0);
  handler_.Route(".", [&](Message& message) {
    go_on.acquire();
    message.Reply("bye");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "route-1", "x"));
  Catch(stream);
  handler_.Stop();
  EXPECT_TRUE(stream.Next().has_leaving());
  go_on.release();
  EXPECT_EQ(stream.Next().finish().actions(0).send().content().text(), "bye");
  stream.Say("finish_result { delivery: 'd1' outcome: FINISH_OUTCOME_OK }");
  EXPECT_TRUE(stream.AwaitPeerEnd());
  stream.End();
  EXPECT_EQ(Ended(), 0);
}

TEST_F(HandlerLifeTest, ASignalToEndIsAStop) {
  Handler handler("signalled", {.hub = hub_.options(), .log = log_.Sink()});
  running_ = std::async(std::launch::async, [&] { return handler.Run(); });
  HandlerStream& stream = Greet();
  std::raise(SIGTERM);
  EXPECT_TRUE(stream.Next().has_leaving());
  EXPECT_TRUE(stream.AwaitPeerEnd());
  stream.End();
  EXPECT_EQ(Ended(), 0);
}

TEST_F(HandlerLifeTest, ASetUpThatCannotWorkSaysSoAndEndsWithTwo) {
  handler_.Command("twice", [](Message&) {});
  handler_.Command("twice", [](Message&) {});
  EXPECT_EQ(handler_.Run(), 2);
  EXPECT_EQ(log_.Count("\"twice\""), 1);
  EXPECT_EQ(Handler("no name", Options()).Run(), 2);
}

TEST(HandlerWithoutHubTest, AHubThatIsNotThereYetIsWaitedForAndThatIsSaidOnce) {
  WrittenLog log;
  FakeHub hub{FakeHub::Absent{}};
  Handler handler("early", {.hub = hub.options(), .handle_signals = false, .log = log.Sink()});
  auto running = std::async(std::launch::async, [&] { return handler.Run(); });
  while (log.Count("no hub is running in") == 0) std::this_thread::yield();
  hub.Listen();
  HandlerStream& stream = hub.NextHandler();
  stream.Say(kHelloOk);
  EXPECT_TRUE(stream.Next().has_hello());
  EXPECT_EQ(log.Count("waiting for it"), 1);
  handler.Stop();
  stream.End();
  EXPECT_EQ(running.get(), 0);
}

TEST(HandlerWithoutHubTest, AStopWhileWaitingEndsAtOnce) {
  FakeHub hub{FakeHub::Absent{}};
  WrittenLog log;
  Handler handler("early", {.hub = hub.options(), .handle_signals = false, .log = log.Sink()});
  auto running = std::async(std::launch::async, [&] { return handler.Run(); });
  handler.Stop();
  ASSERT_EQ(running.wait_for(kTestPatience), std::future_status::ready);
  EXPECT_EQ(running.get(), 0);
}

}  // namespace
}  // namespace chathub
