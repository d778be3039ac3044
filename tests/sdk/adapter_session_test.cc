#include "sdk/cpp/src/adapter_session.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sdk/written_log.h"

namespace chathub::sdk {
namespace {

// A session in a time of the test's own.
class AdapterSessionTest : public testing::Test {
 protected:
  AdapterSessionTest() : log_("adapter/test", written_.Sink()), session_({}, {}, log_) {}

  void Hear(const std::string& text) {
    const auto reply = NewFrame<v1::AdaptersAttachResponse>();
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, reply.get())) << text;
    session_.Hear(reply, now_);
  }

  v1::AdapterHello Attach(const std::string& accepted = {}) {
    session_.Opened(now_);
    const auto items = Said();
    Hear("items { hello_ok { hub: 'h' " + accepted + "} }");
    return items.empty() ? v1::AdapterHello() : items.front().hello();
  }

  void Emit(int count) {
    for (int i = 0; i < count; ++i) session_.Emit({}, {}, now_);
  }

  std::vector<v1::AdapterItem> Said() {
    std::vector<v1::AdapterItem> said;
    while (true) {
      const v1::AdaptersAttachRequest frame = SaidInOneFrame(session_);
      if (frame.items().empty()) return said;
      said.insert(said.end(), frame.items().begin(), frame.items().end());
    }
  }

  v1::AdaptersAttachRequest SaidInOneFrame(AdapterSession& session) {
    v1::AdaptersAttachRequest frame;
    EXPECT_TRUE(frame.ParseFromString(session.Take(now_).bytes()));
    return frame;
  }

  void Done(const std::string& key, const std::string& platform_id) {
    v1::AdapterItem item;
    item.mutable_done()->set_key(key);
    item.mutable_done()->add_results()->add_platform_ids(platform_id);
    session_.Done(item);
  }

  WrittenLog written_;
  Log log_;
  AdapterSession::Time now_{};
  AdapterSession session_;
};

TEST_F(AdapterSessionTest, NothingIsSaidBeforeTheGreetingButTheHello) {
  Emit(1);
  session_.Opened(now_);
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].hello().oldest_unaccepted(), 1u);
  Hear("items { hello_ok { } }");
  EXPECT_EQ(Said().at(0).event().seq(), 1u);
}

TEST_F(AdapterSessionTest, AfterABreakTheHubHearsOnlyWhatItHasNotAccepted) {
  Attach();
  Emit(3);
  Said();
  session_.Closed(now_);
  EXPECT_EQ(Attach("accepted: 2").oldest_unaccepted(), 1u);
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].event().seq(), 3u);
  EXPECT_TRUE(said[0].event().resent());
}

TEST_F(AdapterSessionTest, AHubThatForgotEverythingIsToldWhereToGoOn) {
  Attach();
  Emit(2);
  session_.AskSettled();
  Said();
  Hear("items { accepted { up_to: 2 } }");
  session_.Closed(now_);
  Attach("accepted: 0");
  Emit(1);
  const auto said = Said();
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[0].gap().from(), 1u);
  EXPECT_EQ(said[0].gap().to(), 2u);
  EXPECT_EQ(said[1].event().seq(), 3u);
  EXPECT_EQ(said[2].await_settled().up_to(), 2u);
}

TEST_F(AdapterSessionTest, AnOverflowIsSaidBeforeTheNextEvent) {
  AdapterSession session({}, {.outbox_events = 2}, log_);
  session.Opened(now_);
  SaidInOneFrame(session);
  const auto ok = NewFrame<v1::AdaptersAttachResponse>();
  ok->add_items()->mutable_hello_ok();
  session.Hear(ok, now_);
  for (int i = 0; i < 3; ++i) session.Emit({}, {}, now_);
  const v1::AdaptersAttachRequest frame = SaidInOneFrame(session);
  ASSERT_EQ(frame.items_size(), 3);
  EXPECT_EQ(frame.items(0).gap().to(), 1u);
  EXPECT_EQ(frame.items(1).event().seq(), 2u);
  EXPECT_EQ(written_.Count("lost events 1 to 1"), 1);
}

TEST_F(AdapterSessionTest, AnOrderIsDoneOnceHoweverOftenItComes) {
  Attach();
  Hear("items { order { key: 'k' } } items { order { key: 'k' } }");
  EXPECT_EQ(session_.TakeOrders().size(), 1u) << "it is still in hand";
  Done("k", "p1");
  EXPECT_EQ(Said().at(0).done().results(0).platform_ids(0), "p1");
  Hear("items { order { key: 'k' } }");
  EXPECT_TRUE(session_.TakeOrders().empty());
  EXPECT_EQ(Said().at(0).done().results(0).platform_ids(0), "p1");
}

TEST_F(AdapterSessionTest, WhatIsDoneDoesNotWaitBehindAFloodOfEvents) {
  Attach();
  Emit(100);
  Hear("items { order { key: 'k' } }");
  Done("k", "p1");
  const auto said = Said();
  ASSERT_EQ(said.size(), 101u);
  EXPECT_EQ(said[0].done().key(), "k");
  EXPECT_EQ(said[1].event().seq(), 1u);
}

TEST_F(AdapterSessionTest, AnOrderDoneDuringABreakIsAnsweredWhenItComesAgain) {
  Attach();
  Hear("items { order { key: 'k' } }");
  session_.TakeOrders();
  session_.Closed(now_);
  Done("k", "p1");
  Attach();
  EXPECT_TRUE(Said().empty());
  Hear("items { order { key: 'k' resent: true } }");
  EXPECT_TRUE(session_.TakeOrders().empty());
  EXPECT_EQ(Said().at(0).done().key(), "k");
}

TEST_F(AdapterSessionTest, AMessageNamedByItsOrderIsFoundByItsPlatformId) {
  Attach();
  Done("k", "p1");
  v1::Order order;
  auto& known = *order.add_actions()->mutable_edit()->mutable_target()->mutable_posted();
  known.set_key("k");
  auto& unknown = *order.add_actions()->mutable_delete_()->mutable_target()->mutable_posted();
  unknown.set_key("k");
  unknown.set_index(1);
  session_.Resolve(order);
  EXPECT_EQ(order.actions(0).edit().target().platform_id(), "p1");
  EXPECT_TRUE(order.actions(1).delete_().target().has_posted());
}

TEST_F(AdapterSessionTest, SettledIsAskedForBehindTheLastEventAndAgainAfterABreak) {
  Attach();
  Emit(2);
  EXPECT_EQ(session_.AskSettled(), 2u);
  auto said = Said();
  ASSERT_EQ(said.size(), 3u);
  EXPECT_EQ(said[2].await_settled().up_to(), 2u);
  session_.Closed(now_);
  Attach("accepted: 2");
  said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].await_settled().up_to(), 2u);
  Hear("items { settled { up_to: 2 } }");
  EXPECT_EQ(session_.settled(), 2u);
  session_.Closed(now_);
  Attach("accepted: 2");
  EXPECT_TRUE(Said().empty());
}

TEST_F(AdapterSessionTest, OnlyTheFirstGreetingOfAStreamIsTold) {
  Attach();
  EXPECT_TRUE(session_.TakeGreeting());
  session_.Rename("a/bot", {"bot"});
  EXPECT_EQ(Said().at(0).hello().mention_names(0), "bot");
  Hear("items { hello_ok { } }");
  EXPECT_FALSE(session_.TakeGreeting());
}

TEST_F(AdapterSessionTest, ANameThatChangedBeforeTheGreetingIsSaidBehindIt) {
  session_.Opened(now_);
  Said();
  session_.Rename("a/bot", {"bot"});
  Emit(1);
  EXPECT_TRUE(Said().empty());
  Hear("items { hello_ok { } }");
  const auto said = Said();
  ASSERT_EQ(said.size(), 2u);
  EXPECT_EQ(said[0].hello().mention_names(0), "bot");
  EXPECT_TRUE(said[1].has_event());
  session_.Closed(now_);
  Attach();
  EXPECT_EQ(Said().size(), 1u);
}

TEST(DoneMemoryTest, TheOldestKeysAreForgottenFirst) {
  DoneMemory memory(2);
  for (const char* key : {"a", "b", "c"}) memory.Add(key, {});
  EXPECT_EQ(memory.Find("a"), nullptr);
  EXPECT_NE(memory.Find("b"), nullptr);
  EXPECT_NE(memory.Find("c"), nullptr);
}

}  // namespace
}  // namespace chathub::sdk
