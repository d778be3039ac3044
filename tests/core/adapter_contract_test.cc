// The contract with adapters: events, accepted and settled, orders, who has the name.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/core/mailboxes/adapter_mailbox.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

class AdapterContractTest : public SmallHub {
 protected:
  // Another stream of the adapter "chat".
  FakeAdapter& Another() {
    others_.push_back(std::make_unique<FakeAdapter>(hub_));
    return *others_.back();
  }

  std::deque<std::unique_ptr<FakeAdapter>> others_;
};

TEST_F(AdapterContractTest, WhatMatchesNothingIsAcceptedAtOnce) {
  Text("nobody listens");
  EXPECT_EQ(adapter_.accepted, 1u);
  EXPECT_EQ(hub_.GetStatus().deliveries(), 0u);
}

TEST_F(AdapterContractTest, SettledComesWhenTheOrdersAreDone) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  adapter_.Hear("await_settled { up_to: 1 }");
  loop_.Run();
  EXPECT_EQ(adapter_.settled, 0u);
  echo.Finish(echo.deliveries[0], "1");
  loop_.Run();
  EXPECT_EQ(adapter_.settled, 0u);
  adapter_.DoneAll();
  loop_.Run();
  EXPECT_EQ(adapter_.settled, 1u);
}

TEST_F(AdapterContractTest, ARepeatedEventIsRunOnce) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  adapter_.seq = 0;
  Text("echo 1");
  EXPECT_EQ(echo.deliveries.size(), 1u);
  EXPECT_FALSE(adapter_.closed.has_value());
}

TEST_F(AdapterContractTest, ARepeatedServiceEventIsRunOnceInAnotherEpochToo) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  const std::string event =
      "conversation { user: 'chat/a' } message { content { text: 'echo 1' } }";
  adapter_.Event(event, "service_event_id: 'm1'");
  adapter_.Hangup();
  FakeAdapter& next = Another();
  next.Hello("e2", "i2");
  next.Event(event, "service_event_id: 'm1'");
  loop_.Run();
  EXPECT_EQ(echo.deliveries.size(), 1u);
  EXPECT_EQ(next.accepted, 1u);
}

TEST_F(AdapterContractTest, AHoleInTheNumbersEndsTheStream) {
  Text("one");
  adapter_.seq = 5;
  Text("too far");
  ASSERT_TRUE(adapter_.closed.has_value());
  EXPECT_EQ(adapter_.closed->code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(AdapterContractTest, AnEmptyOutboxGoesOnWhereItIsWithAHubThatForgotIt) {
  adapter_.seq = 5;
  Text("six");
  EXPECT_FALSE(adapter_.closed.has_value());
  EXPECT_EQ(adapter_.accepted, 6u);
}

TEST_F(AdapterContractTest, AGapMayBeSaid) {
  Text("one");
  adapter_.Hear("gap { from: 2 to: 9 }");
  adapter_.seq = 9;
  Text("ten");
  EXPECT_FALSE(adapter_.closed.has_value());
  EXPECT_EQ(adapter_.accepted, 10u);
}

TEST_F(AdapterContractTest, TheSameEpochGoesOnWhereItWas) {
  Text("one");
  adapter_.Hear(
      "event { seq: 2 cursor: 'c2' event { conversation { user: 'chat/a' } message {} } }");
  loop_.Run();
  adapter_.Hangup();
  FakeAdapter& again = Another();
  again.Hello("e1", "i1");
  ASSERT_TRUE(again.hello_ok.has_value());
  EXPECT_EQ(again.hello_ok->accepted(), 2u);
  again.Hangup();
  FakeAdapter& fresh = Another();
  fresh.Hello("e2", "i2");
  EXPECT_EQ(fresh.hello_ok->accepted(), 0u);
  EXPECT_EQ(fresh.hello_ok->cursor(), "c2");
}

TEST_F(AdapterContractTest, TheBotsOwnMessagesAreNotRouted) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1", "bot");
  EXPECT_TRUE(echo.deliveries.empty());
}

TEST_F(AdapterContractTest, BotsAreHeardOnlyWhereARouteAsksForThemAndNotWithoutEnd) {
  FakeHandler& echo = Attach("echo", Word("echo") + Word("relay", "bots: true"));
  adapter_.TextInRoom("!echo 1", "bot: true");
  EXPECT_TRUE(echo.deliveries.empty());
  for (int i = 0; i < 100; ++i) adapter_.TextInRoom("!relay 1", "bot: true");
  EXPECT_EQ(echo.deliveries.size(), 5u);
}

TEST_F(AdapterContractTest, MentionsAddressTheBotInARoom) {
  FakeHandler& echo = Attach("echo", Word("echo", "addressed_only: true"));
  for (const char* text : {"@hub echo 1", "hub: echo 1", "!echo 1", "echo 1", "hub echo 1"}) {
    adapter_.TextInRoom(text);
  }
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo 1", "echo 1"}));
}

TEST_F(AdapterContractTest, EachMatchingRouteGetsTheMessage) {
  FakeHandler& both =
      Attach("both", "routes { id: 'a' pattern: 'x' } routes { id: 'b' pattern: 'y' }");
  FakeHandler& one = Attach("one", "routes { id: 'a' pattern: 'x+y' }");
  Text("xy");
  EXPECT_EQ(both.deliveries.size(), 2u);
  EXPECT_EQ(one.deliveries.size(), 1u);
}

TEST_F(AdapterContractTest, AMisusedCommandAnswersWithItsUsage) {
  FakeHandler& roll =
      Attach("roll",
             "routes { id: 'roll' command { word: 'roll' arguments { name: 'n' type: "
             "ARGUMENT_TYPE_INTEGER required: true } } help { usage: 'roll N' } }");
  Text("roll many");
  EXPECT_TRUE(roll.deliveries.empty());
  ASSERT_EQ(adapter_.orders.size(), 1u);
  EXPECT_NE(adapter_.Texts()[0].find("usage: roll N"), std::string::npos) << adapter_.Texts()[0];
}

TEST_F(AdapterContractTest, WhatNeedsAGroupIsClosed) {
  FakeHandler& admin = Attach("admin", Word("reboot", "required_groups: 'ops'"));
  Text("reboot");
  EXPECT_TRUE(admin.deliveries.empty());
  EXPECT_EQ(adapter_.Texts(), Strings{"you may not use admin here"});
}

// --- orders

TEST_F(AdapterContractTest, AnOrderWaitsForItsAdapter) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  adapter_.Hangup();
  echo.Finish(echo.deliveries[0], "1");
  FakeAdapter& next = Another();
  next.Hello("e2", "i2");
  EXPECT_EQ(next.Texts(), Strings{"1"});
  EXPECT_FALSE(next.orders[0].resent());
}

TEST_F(AdapterContractTest, AnOrderInDoubtIsCountedAndSentAgain) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  echo.Finish(echo.deliveries[0], "1");
  adapter_.Hangup();
  FakeAdapter& next = Another();
  next.Hello("e2", "i2");
  ASSERT_EQ(next.Texts(), Strings{"1"});
  EXPECT_TRUE(next.orders[0].resent());
  EXPECT_EQ(hub_.GetStatus().in_doubt(), 1u);
}

TEST_F(AdapterContractTest, TheSameProcessIsAskedAgainWithoutDoubt) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  echo.Finish(echo.deliveries[0], "1");
  adapter_.Hangup();
  FakeAdapter& again = Another();
  again.Hello("e1", "i1");
  EXPECT_EQ(again.Texts(), Strings{"1"});
  EXPECT_EQ(hub_.GetStatus().in_doubt(), 0u);
}

TEST_F(AdapterContractTest, ADelayedSendWaitsForItsTime) {
  FakeHandler& remind = Attach("remind", Word("remind"));
  Text("remind me");
  const std::int64_t later = loop_.WallNow() / 1000 + 5;
  remind.Finish(remind.deliveries[0], "I will",
                "actions { send { content { text: 'now' } not_before { seconds: " +
                    std::to_string(later) + " } } }");
  EXPECT_EQ(adapter_.Texts(), Strings{"I will"});
  loop_.Advance(Ms(5'001));
  EXPECT_EQ(adapter_.Texts(), (Strings{"I will", "now"}));
}

TEST_F(AdapterContractTest, WhatTheServiceCannotDoIsAnsweredByTheHub) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  echo.Finish(echo.deliveries[0], "1",
              "actions { react { target { platform_id: 'p' } emoji: '+1' } }");
  ASSERT_EQ(adapter_.orders.size(), 1u);
  EXPECT_EQ(adapter_.orders[0].actions_size(), 1);
  adapter_.DoneAll();
  ASSERT_EQ(echo.posted.size(), 2u);
  EXPECT_FALSE(echo.posted[0].result().has_problem());
  EXPECT_EQ(echo.posted[1].result().problem().reason(), v1::REASON_UNSUPPORTED);
}

TEST_F(AdapterContractTest, AnOrderNobodyTookIsDeadWhenItIsTooOld) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  adapter_.Hangup();
  echo.Finish(echo.deliveries[0], "1");
  loop_.Advance(Ms(60'000));
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 1u);
  ASSERT_EQ(echo.posted.size(), 1u);
  EXPECT_EQ(echo.posted[0].result().problem().reason(), v1::REASON_EXPIRED);
}

// --- the name

TEST_F(AdapterContractTest, ASecondAdapterIsRefusedWhileTheFirstAnswers) {
  FakeAdapter& second = Another();
  second.Hello("e2", "i2");
  EXPECT_EQ(adapter_.pings, 1);
  adapter_.Hear("pong { nonce: 1 }");
  ASSERT_TRUE(second.closed.has_value());
  EXPECT_EQ(second.closed->code(), absl::StatusCode::kAlreadyExists);
  loop_.Advance(Ms(60'000));
  EXPECT_FALSE(adapter_.closed.has_value());
}

TEST_F(AdapterContractTest, ASilentAdapterIsReplaced) {
  FakeAdapter& second = Another();
  second.Hello("e2", "i2");
  loop_.Advance(AdapterMailbox::kPatience);
  EXPECT_TRUE(adapter_.closed.has_value());
  EXPECT_TRUE(second.hello_ok.has_value());
  second.Text("from the second");
  loop_.Run();
  EXPECT_EQ(second.accepted, 1u);
}

TEST_F(AdapterContractTest, TheNextInLineComesInWhenTheFirstLeaves) {
  FakeAdapter& second = Another();
  second.Hello("e2", "i2");
  adapter_.Hangup();
  EXPECT_TRUE(second.hello_ok.has_value());
}

TEST_F(AdapterContractTest, AnUnknownAdapterIsRefusedByName) {
  FakeAdapter& stranger = Another();
  stranger.Hear("hello { name: 'matrix' epoch: 'e' incarnation: 'i' }");
  ASSERT_TRUE(stranger.closed.has_value());
  EXPECT_EQ(stranger.closed->code(), absl::StatusCode::kNotFound);
}

TEST_F(AdapterContractTest, WhoSaysNoHelloIsShownOut) {
  FakeAdapter& mute = Another();
  loop_.Advance(AdapterSession::kHelloTime);
  EXPECT_TRUE(mute.closed.has_value());
}

}  // namespace
}  // namespace chathub
