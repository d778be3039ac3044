#include "chathub/adapter.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>

#include "tests/sdk/fake_hub.h"
#include "tests/sdk/written_log.h"

namespace chathub {
namespace {

using std::chrono::milliseconds;

v1::Event Said(const std::string& text) {
  v1::Event event;
  event.mutable_conversation()->set_user("test/ada");
  event.mutable_message()->mutable_content()->set_text(text);
  return event;
}

// An adapter against a fake hub.
class AdapterTest : public testing::Test {
 protected:
  // A test may end in the middle of the talk.
  ~AdapterTest() override {
    adapter_.Stop();
    hub_.Die();
  }

  AdapterOptions Options() {
    return {.hub = hub_.options(),
            .service = "tests",
            .own_user_id = "test/bot",
            .mention_names = {"bot"},
            .log = log_.Sink()};
  }

  // The next stream, past the greeting.
  AdapterStream& Greet(const std::string& ok = "hub: 'testhub'") {
    AdapterStream& stream = hub_.NextAdapter();
    hello_ = stream.Next().hello();
    stream.Say("hello_ok { " + ok + " }");
    return stream;
  }

  WrittenLog log_;
  FakeHub hub_;
  Adapter adapter_{"test", Options()};
  v1::AdapterHello hello_;
};

TEST_F(AdapterTest, TheHelloSaysWhoItIsAndTheGreetingIsTold) {
  std::promise<std::string> greeted;
  adapter_.OnAttached([&](const v1::AdapterHelloOk& ok) { greeted.set_value(ok.hub()); });
  adapter_.Start();
  Greet();
  EXPECT_EQ(hello_.name(), "test");
  EXPECT_EQ(hello_.service(), "tests");
  EXPECT_EQ(hello_.own_user_id(), "test/bot");
  EXPECT_EQ(hello_.mention_names(0), "bot");
  EXPECT_EQ(hello_.epoch().size(), 32u);
  EXPECT_EQ(hello_.incarnation().size(), 32u);
  EXPECT_NE(hello_.epoch(), hello_.incarnation());
  EXPECT_EQ(greeted.get_future().get(), "testhub");
}

TEST_F(AdapterTest, WhatTheHubHasAcceptedIsTold) {
  std::promise<std::uint64_t> accepted;
  adapter_.OnAccepted([&](std::uint64_t up_to) { accepted.set_value(up_to); });
  adapter_.Emit(Said("one"));
  adapter_.Emit(Said("two"));
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Next();
  stream.Say("accepted { up_to: 2 }");
  EXPECT_EQ(accepted.get_future().get(), 2u);
}

TEST_F(AdapterTest, AnEventEmittedBeforeTheHubIsThereArrivesWithItsAdapter) {
  const auto seq = adapter_.Emit(Said("hello\xff"), {.service_event_id = "e1", .cursor = "c1"});
  ASSERT_TRUE(seq.ok());
  EXPECT_EQ(*seq, 1u);
  adapter_.Start();
  const v1::AdapterEvent event = Greet().Next().event();
  EXPECT_EQ(event.seq(), 1u);
  EXPECT_EQ(event.service_event_id(), "e1");
  EXPECT_EQ(event.cursor(), "c1");
  EXPECT_EQ(event.event().conversation().adapter(), "test");
  EXPECT_EQ(event.event().message().content().text(), "hello\xef\xbf\xbd");
}

TEST_F(AdapterTest, AfterABreakItComesBackAsTheSameAndSaysAgainWhatWasNotAccepted) {
  adapter_.Start();
  AdapterStream& broken = Greet();
  const v1::AdapterHello first = hello_;
  adapter_.Emit(Said("one"));
  adapter_.Emit(Said("two"));
  EXPECT_EQ(broken.Next().event().seq(), 1u);
  EXPECT_EQ(broken.Next().event().seq(), 2u);
  broken.End(grpc::StatusCode::UNAVAILABLE, "cable");
  AdapterStream& stream = Greet("accepted: 1");
  EXPECT_EQ(hello_.epoch(), first.epoch());
  EXPECT_EQ(hello_.incarnation(), first.incarnation());
  EXPECT_EQ(hello_.oldest_unaccepted(), 1u);
  const v1::AdapterEvent event = stream.Next().event();
  EXPECT_EQ(event.seq(), 2u);
  EXPECT_TRUE(event.resent());
}

TEST_F(AdapterTest, OrdersAreDoneOneAfterTheOtherAndAnswered) {
  adapter_.OnOrder([](const v1::Order& order, OrderResult& result) {
    for (const v1::Action& action : order.actions()) {
      result.Done({"id-of-" + action.send().content().text()});
    }
  });
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Say(
      "order { key: 'k1' actions { send { content { text: 'a' } } } "
      "actions { send { content { text: 'b' } } } }");
  const v1::Done done = stream.Next().done();
  EXPECT_EQ(done.key(), "k1");
  ASSERT_EQ(done.results_size(), 2);
  EXPECT_EQ(done.results(1).platform_ids(0), "id-of-b");
}

TEST_F(AdapterTest, AFailedActionEndsItsOrderAndSilenceMeansDone) {
  adapter_.OnOrder([](const v1::Order& order, OrderResult& result) {
    if (order.key() == "silent") return;
    result.Done();
    result.Fail(v1::REASON_NOT_ALLOWED, "read-only");
  });
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Say("order { key: 'fails' actions { } actions { } actions { } }");
  const v1::Done failed = stream.Next().done();
  ASSERT_EQ(failed.results_size(), 2);
  EXPECT_EQ(failed.results(1).problem().detail(), "read-only");
  stream.Say("order { key: 'silent' actions { } actions { } }");
  EXPECT_EQ(stream.Next().done().results_size(), 2);
}

TEST_F(AdapterTest, AnEditByKeyReachesTheFunctionWithThePlatformId) {
  std::promise<std::string> edited;
  adapter_.OnOrder([&](const v1::Order& order, OrderResult& result) {
    const v1::Action& action = order.actions(0);
    if (action.has_edit()) edited.set_value(action.edit().target().platform_id());
    result.Done({"p1"});
  });
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Say("order { key: 'k1' actions { send { } } }");
  stream.Next();
  stream.Say("order { key: 'k2' actions { edit { target { posted { key: 'k1' } } } } }");
  EXPECT_EQ(edited.get_future().get(), "p1");
}

TEST_F(AdapterTest, AnOrderThatComesTooLateIsNotDone) {
  adapter_.OnOrder([](const v1::Order&, OrderResult&) { ADD_FAILURE() << "it was done"; });
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Say("order { key: 'old' actions { send { } } expires_at { seconds: 1 } }");
  EXPECT_EQ(stream.Next().done().results(0).problem().reason(), v1::REASON_EXPIRED);
}

TEST_F(AdapterTest, AFunctionThatThrowsIsAFailedOrder) {
  adapter_.OnOrder([](const v1::Order&, OrderResult&) { throw std::runtime_error("no ink"); });
  adapter_.Start();
  AdapterStream& stream = Greet();
  stream.Say("order { key: 'k' actions { send { } } }");
  EXPECT_EQ(stream.Next().done().results(0).problem().detail(), "no ink");
}

TEST_F(AdapterTest, WhoWaitsForEverythingToSettleIsToldWhenItHas) {
  adapter_.Start();
  AdapterStream& stream = Greet();
  EXPECT_TRUE(adapter_.AwaitSettled(milliseconds(0))) << "nothing was emitted";
  adapter_.Emit(Said("one"));
  EXPECT_EQ(stream.Next().event().seq(), 1u);
  EXPECT_FALSE(adapter_.AwaitSettled(milliseconds(1)));
  EXPECT_EQ(stream.Next().await_settled().up_to(), 1u);
  stream.Say("settled { up_to: 1 }");
  EXPECT_TRUE(adapter_.AwaitSettled(kTestPatience));
}

TEST_F(AdapterTest, AnEventTooLargeForTheWireIsRefusedAtOnce) {
  const auto seq = adapter_.Emit(Said(std::string(256 * 1024, 'x')));
  ASSERT_FALSE(seq.ok());
  EXPECT_EQ(seq.problem().reason, Problem::Reason::kTooLarge);
}

TEST_F(AdapterTest, ASecondAdapterOfTheNameEndsWithOneAndWaitersGo) {
  adapter_.Start();
  adapter_.Emit(Said("one"));
  hub_.NextAdapter().End(grpc::StatusCode::ALREADY_EXISTS, "adapter/test lives already");
  EXPECT_FALSE(adapter_.AwaitSettled(kTestPatience));
  EXPECT_EQ(adapter_.Wait(), 1);
  EXPECT_EQ(log_.Count("adapter/test lives already"), 1);
}

TEST_F(AdapterTest, AHubThatDoesNotKnowTheAdapterEndsItWithOne) {
  adapter_.Start();
  hub_.NextAdapter().End(grpc::StatusCode::NOT_FOUND, "no adapter 'test' in the configuration");
  EXPECT_EQ(adapter_.Wait(), 1);
  EXPECT_EQ(log_.Count("no adapter 'test' in the configuration"), 1);
}

TEST_F(AdapterTest, AStopSaysGoodbyeAndWaitsForTheHubToClose) {
  std::promise<void> greeted;
  adapter_.OnAttached([&](const v1::AdapterHelloOk&) { greeted.set_value(); });
  adapter_.Start();
  AdapterStream& stream = Greet();
  greeted.get_future().wait();
  adapter_.Stop();
  EXPECT_TRUE(stream.Next().has_leaving());
  stream.End();
  EXPECT_EQ(adapter_.Wait(), 0);
}

TEST_F(AdapterTest, AnIllegalNameIsSaidAndEndsWithTwo) {
  Adapter adapter("no name", Options());
  adapter.Start();
  EXPECT_EQ(adapter.Wait(), 2);
  EXPECT_EQ(log_.Count("is no name"), 1);
}

}  // namespace
}  // namespace chathub
