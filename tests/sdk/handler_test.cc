#include <semaphore>
#include <stdexcept>
#include <thread>

#include "tests/sdk/handler_case.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;

class HandlerTest : public HandlerCase {};

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

TEST_F(HandlerTest, WritesToTheStoreTravelWithTheAnswer) {
  handler_.Command("x", [](Message& message) {
    message.StorePut("a", "1", 7);
    message.StoreAdd("b", -2);
    message.StoreRemove("c");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "x", "x"));
  const v1::Finish finish = stream.Next().finish();
  ASSERT_EQ(finish.store_writes_size(), 3);
  EXPECT_EQ(finish.store_writes(0).put().value(), "1");
  EXPECT_EQ(finish.store_writes(0).if_revision(), 7u);
  EXPECT_EQ(finish.store_writes(1).add(), -2);
  EXPECT_FALSE(finish.store_writes(1).has_if_revision());
  EXPECT_TRUE(finish.store_writes(2).has_delete_());
  EXPECT_EQ(finish.store_writes(2).key(), "c");
}

TEST_F(HandlerTest, BytesThatAreNoTextAreReplacedInsteadOfCostingTheStream) {
  handler_.Route(".", [&](Message& message) {
    message.Say("a\xff");
    message.Reply("b\xff");
    message.React("c\xff");
    message.StorePut("d\xff", "any bytes \xff");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "route-1", "x"));
  EXPECT_EQ(stream.Next().say().actions(0).send().content().text(), "a\xef\xbf\xbd");
  const v1::Finish finish = stream.Next().finish();
  EXPECT_EQ(finish.actions(0).send().content().text(), "b\xef\xbf\xbd");
  EXPECT_EQ(finish.actions(1).react().emoji(), "c\xef\xbf\xbd");
  EXPECT_EQ(finish.store_writes(0).key(), "d\xef\xbf\xbd");
  EXPECT_EQ(finish.store_writes(0).put().value(), "any bytes \xff");
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
  EXPECT_EQ(second.actions(0).edit().target().posted().key(), "d1/say/" + first.key());
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

TEST_F(HandlerTest, WhatBecameOfProgressIsToldByTheNameThatSayGave) {
  std::promise<MessageRef> said;
  std::promise<Posted> told;
  handler_.OnPosted([&](const Posted& posted) { told.set_value(posted); });
  handler_.Route(".", [&](Message& message) { said.set_value(message.Say("working")); });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "route-1", "x"));
  const std::string key = stream.Next().say().key();
  stream.Say("posted { key: '" + key + "' result { platform_ids: 'p' } }");
  EXPECT_EQ(told.get_future().get().message.key, said.get_future().get().key);
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

}  // namespace
}  // namespace chathub
