#include "chathub/handler.h"

#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <semaphore>
#include <stdexcept>
#include <thread>

#include "tests/sdk/fake_hub.h"
#include "tests/sdk/written_log.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;

constexpr char kHelloOk[] = "hello_ok { hub: 'testhub' instance_token: 'T' lease { seconds: 9 } }";

std::string Delivery(const std::string& id, const std::string& route, const std::string& text) {
  return "delivery { id: '" + id + "' attempt: 1 route: '" + route + "' text: '" + text +
         "' captures { key: 'rest' value: '" + text +
         "' } groups: 'all' groups: 'first' addressed: "
         "true deadline { seconds: 30 } event { conversation { adapter: 'a' user: 'a/ada' } user { "
         "id: 'a/ada' name: 'Ada' } message { platform_id: 'm1' } } }";
}

// A handler that runs on a thread of its own against a fake hub.
class HandlerTest : public testing::Test {
 protected:
  // A test may end in the middle of the talk.
  ~HandlerTest() override {
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

TEST_F(HandlerTest, TheHelloSaysWhatIsWaitedFor) {
  handler_.Route("^hi", [](Message&) {});
  handler_.Command("roll", [](Message&) {}, {.usage = "roll NdM", .arguments = {{.name = "dice"}}});
  handler_.On(EventKind::kJoined, [](Message&) {},
              {.id = "welcome", .deadline = milliseconds(500)});
  HandlerStream& stream = Attach();
  EXPECT_EQ(stream.authorization(), std::string("Bearer ") + FakeHub::kToken);
  EXPECT_EQ(hello_.name(), "test");
  ASSERT_EQ(hello_.routes_size(), 3);
  EXPECT_EQ(hello_.routes(0).id(), "route-1");
  EXPECT_EQ(hello_.routes(0).pattern(), "^hi");
  EXPECT_FALSE(hello_.routes(0).addressed_only());
  EXPECT_EQ(hello_.routes(1).id(), "roll");
  EXPECT_EQ(hello_.routes(1).command().word(), "roll");
  EXPECT_EQ(hello_.routes(1).command().arguments(0).name(), "dice");
  EXPECT_EQ(hello_.routes(1).help().usage(), "roll NdM");
  EXPECT_TRUE(hello_.routes(1).addressed_only());
  EXPECT_EQ(hello_.routes(2).id(), "welcome");
  EXPECT_EQ(hello_.routes(2).event(), v1::EVENT_KIND_JOINED);
  EXPECT_EQ(hello_.routes(2).deadline().nanos(), 500'000'000);
  EXPECT_FALSE(hello_.routes(2).has_linger());
  EXPECT_EQ(Stop(stream), 0);
}

TEST_F(HandlerTest, AFunctionHearsTheMessageAndItsRepliesAreOneFinish) {
  handler_.Command("echo", [](Message& message) {
    EXPECT_EQ(message.User().name, "Ada");
    EXPECT_EQ(message.Conversation().user, "a/ada");
    EXPECT_EQ(message.Group(1), "first");
    EXPECT_EQ(message.Group(2), "");
    EXPECT_TRUE(message.Addressed());
    EXPECT_GT(message.TimeLeft(), milliseconds(10'000));
    message.Reply(message.Capture("rest"));
    message.Reply(Markdown("**bold**"));
    message.React("+1");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "echo", "hello"));
  const v1::Finish finish = stream.Next().finish();
  EXPECT_EQ(finish.delivery(), "d1");
  ASSERT_EQ(finish.actions_size(), 3);
  EXPECT_EQ(finish.actions(0).send().content().text(), "hello");
  EXPECT_EQ(finish.actions(1).send().content().format(), v1::TEXT_FORMAT_MARKDOWN);
  EXPECT_EQ(finish.actions(2).react().target().platform_id(), "m1");
  stream.Say("finish_result { delivery: 'd1' outcome: FINISH_OUTCOME_OK }");
  EXPECT_EQ(Stop(stream), 0);
}

TEST_F(HandlerTest, ProgressIsHeardWhileTheFunctionStillRuns) {
  std::binary_semaphore go_on(0);
  handler_.Route(".", [&](Message& message) {
    const MessageRef progress = message.Say("working");
    message.Update(progress, "half");
    go_on.acquire();
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "route-1", "x"));
  const v1::Say first = stream.Next().say();
  EXPECT_EQ(first.actions(0).send().content().text(), "working");
  const v1::Say second = stream.Next().say();
  EXPECT_EQ(second.actions(0).edit().target().posted().key(), first.key());
  EXPECT_NE(second.key(), first.key());
  go_on.release();
  EXPECT_TRUE(stream.Next().has_finish());
}

TEST_F(HandlerTest, GivingUpAndThrowingAreNacksWithTheReason) {
  handler_.Command("nack", [](Message& message) { message.Nack("not now", milliseconds(1500)); });
  handler_.Command("throw", [](Message&) { throw std::runtime_error("no milk"); });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "nack", "x"));
  const v1::Nack given_up = stream.Next().nack();
  EXPECT_EQ(given_up.why(), "not now");
  EXPECT_EQ(given_up.retry_after().seconds(), 1);
  stream.Say(Delivery("d2", "throw", "x"));
  EXPECT_NE(stream.Next().nack().why().find("no milk"), std::string::npos);
  EXPECT_EQ(log_.Count("no milk"), 1);
}

TEST_F(HandlerTest, ASlowFunctionHoldsUpOnlyItsConversation) {
  std::binary_semaphore go_on(0);
  handler_.Command("slow", [&](Message&) { go_on.acquire(); });
  handler_.Command("fast", [](Message&) {});
  HandlerStream& stream = Attach();
  stream.Say(Delivery("slow", "slow", "x"));
  stream.Say(
      "delivery { id: 'other' attempt: 1 route: 'fast' event { conversation { room: 'a/r' } } }");
  EXPECT_EQ(stream.Next().finish().delivery(), "other");
  stream.Say(Delivery("behind", "fast", "x"));
  go_on.release();
  EXPECT_EQ(stream.Next().finish().delivery(), "slow");
  EXPECT_EQ(stream.Next().finish().delivery(), "behind");
}

TEST_F(HandlerTest, AFunctionIsToldThatItIsCancelled) {
  std::promise<void> began;
  std::promise<void> saw;
  handler_.Route(".", [&](Message& message) {
    began.set_value();
    while (!message.Cancelled()) std::this_thread::yield();
    saw.set_value();
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "route-1", "x"));
  ASSERT_EQ(began.get_future().wait_for(kTestPatience), std::future_status::ready);
  stream.Say("cancel { delivery: 'd1' attempt: 1 problem { detail: 'too late' } }");
  EXPECT_EQ(saw.get_future().wait_for(kTestPatience), std::future_status::ready);
}

TEST_F(HandlerTest, ABrokenStreamIsOpenedAgainAsTheSameInstance) {
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

TEST_F(HandlerTest, AHubThatIsRestartedIsFoundAgain) {
  Attach();
  hub_.Die();
  hub_.Listen();
  HandlerStream& stream = Greet();
  EXPECT_EQ(Stop(stream), 0);
}

TEST_F(HandlerTest, ARefusalEndsRunWithTheHubsWords) {
  Run();
  hub_.NextHandler().End(grpc::StatusCode::ALREADY_EXISTS, "the word roll belongs to handler/dice");
  EXPECT_EQ(Ended(), 1);
  EXPECT_EQ(log_.Count("the word roll belongs to handler/dice"), 1);
}

TEST_F(HandlerTest, OverloadIsNoRefusal) {
  Run();
  hub_.NextHandler().End(grpc::StatusCode::RESOURCE_EXHAUSTED, "slow down");
  EXPECT_EQ(Stop(Greet()), 0);
}

TEST_F(HandlerTest, AStopFinishesWhatIsHeldFirst) {
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

TEST_F(HandlerTest, ASignalToEndIsAStop) {
  Handler handler("signalled", {.hub = hub_.options(), .log = log_.Sink()});
  running_ = std::async(std::launch::async, [&] { return handler.Run(); });
  HandlerStream& stream = Greet();
  std::raise(SIGTERM);
  EXPECT_TRUE(stream.Next().has_leaving());
  EXPECT_TRUE(stream.AwaitPeerEnd());
  stream.End();
  EXPECT_EQ(Ended(), 0);
}

TEST_F(HandlerTest, WhatBecameOfAnAnswerIsTold) {
  std::promise<Posted> told;
  handler_.OnPosted([&](const Posted& posted) { told.set_value(posted); });
  HandlerStream& stream = Attach();
  stream.Say("posted { key: 'd1' index: 1 result { platform_ids: 'p' platform_ids: 'q' } }");
  auto future = told.get_future();
  ASSERT_EQ(future.wait_for(kTestPatience), std::future_status::ready);
  const Posted posted = future.get();
  EXPECT_EQ(posted.message.key, "d1");
  EXPECT_EQ(posted.message.index, 1u);
  EXPECT_EQ(posted.platform_ids, (std::vector<std::string>{"p", "q"}));
  EXPECT_EQ(posted.problem, "");
}

TEST_F(HandlerTest, ASetUpThatCannotWorkSaysSoAndEndsWithTwo) {
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

TEST_F(HandlerTest, SpeakingUnaskedSurvivesAFailureWithoutSpeakingTwice) {
  hub_.unary().failures = 1;
  const auto sent = handler_.chat().Send({.room = "a/r"}, Markdown("*hi*"));
  ASSERT_TRUE(sent.ok()) << sent.problem().detail;
  ASSERT_EQ(hub_.unary().sent.size(), 2u);
  EXPECT_NE(hub_.unary().sent[0].request_id(), "");
  EXPECT_EQ(hub_.unary().sent[0].request_id(), hub_.unary().sent[1].request_id());
  EXPECT_EQ(hub_.unary().sent[1].conversation().room(), "a/r");
  EXPECT_EQ(sent->key, "key-of-" + hub_.unary().sent[1].request_id());
  EXPECT_EQ(hub_.unary().peer, "handler/test");
  EXPECT_EQ(hub_.unary().authorization, std::string("Bearer ") + FakeHub::kToken);
}

TEST_F(HandlerTest, ARefusedCallGivesTheProblemAndIsNotRepeated) {
  hub_.unary().failures = 9;
  hub_.unary().failure = grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "not there");
  const auto sent = handler_.chat().Send({.room = "a/r"}, "hi");
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.problem().detail, "not there");
  EXPECT_EQ(hub_.unary().sent.size(), 1u);
}

TEST_F(HandlerTest, RoutesAreListedForTheUserOfTheMessage) {
  v1::RouteListing& route = *hub_.unary().routes.add_routes();
  route.set_handler("dice");
  route.mutable_route()->mutable_command()->set_word("roll");
  route.mutable_route()->mutable_help()->set_usage("roll NdM");
  handler_.Command("help", [this](Message& message) {
    const auto routes = handler_.ListRoutes(message, "ro");
    message.Reply(routes.ok() ? routes->at(0).usage + "/" + routes->at(0).trigger : "failed");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "help", "ro"));
  EXPECT_EQ(stream.Next().finish().actions(0).send().content().text(), "roll NdM/roll");
  EXPECT_EQ(hub_.unary().listed.at(0).user().id(), "a/ada");
  EXPECT_EQ(hub_.unary().listed.at(0).search(), "ro");
  stream.Say("finish_result { delivery: 'd1' outcome: FINISH_OUTCOME_OK }");
  EXPECT_EQ(Stop(stream), 0);
}

}  // namespace
}  // namespace chathub
