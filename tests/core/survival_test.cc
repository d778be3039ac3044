// What a hub knows of its earlier life, from what the engine keeps.
#include <memory>
#include <string>
#include <vector>

#include "hub/base/errors.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Texts = std::vector<std::string>;

// The engine lives on; the hub dies without a word and a new one takes its place.
class SurvivalTest : public testing::Test {
 protected:
  SurvivalTest() { Start(); }

  void Start() {
    Hub::Options options;
    options.selected_adapter = "chat";
    options.adapters = {{.name = "chat"}};
    hub_ = std::make_unique<Hub>(std::move(options), loop_, workshop_, *engine_);
  }
  void Die() {
    handlers_.clear();
    adapters_.clear();
    hub_.reset();
  }
  void Restart() {
    Die();
    Start();
    loop_.Run();
  }
  FakeAdapter& Adapter(const std::string& more = "", const std::string& incarnation = "i1") {
    adapters_.push_back(std::make_unique<FakeAdapter>(*hub_));
    adapters_.back()->Hello("e1", incarnation, more);
    loop_.Run();
    return *adapters_.back();
  }
  FakeHandler& Handler(const std::string& more = "", const std::string& route = "") {
    handlers_.push_back(std::make_unique<FakeHandler>(*hub_));
    handlers_.back()->Hello("karma",
                            "routes { id: 'karma' command { word: 'karma' } " + route + " }", more);
    loop_.Run();
    return *handlers_.back();
  }
  void Text(FakeAdapter& adapter, const std::string& text) {
    adapter.Text(text);
    loop_.Run();
  }

  VirtualLoop loop_;
  InlineWorkshop workshop_{loop_};
  const std::unique_ptr<Engine> engine_ = *OpenEngine({.kind = "memory"}, loop_);
  std::unique_ptr<Hub> hub_;
  std::vector<std::unique_ptr<FakeAdapter>> adapters_;
  std::vector<std::unique_ptr<FakeHandler>> handlers_;
};

TEST_F(SurvivalTest, AMessageForARouteThatWasKeptReachesItsHandlerWhenItComesBack) {
  Adapter();
  Handler();
  Restart();
  Text(Adapter(), "karma alice");
  EXPECT_EQ(Handler().Texts(), (Texts{"karma alice"}));
}

TEST_F(SurvivalTest, ARouteWhoseLingerIsOverMatchesNothingAfterARestartEither) {
  Adapter();
  Handler();
  handlers_.clear();
  loop_.Advance(std::chrono::minutes(2));
  Restart();
  Text(Adapter(), "karma alice");
  EXPECT_TRUE(Handler().deliveries.empty());
}

TEST_F(SurvivalTest, AParkedRouteIsKeptForWhatStillWaits) {
  FakeAdapter& adapter = Adapter();
  Handler("", "max_age { seconds: 3600 } linger { seconds: 1 }");
  handlers_.clear();
  Text(adapter, "karma alice");
  loop_.Advance(std::chrono::seconds(20));
  Restart();
  EXPECT_EQ(Handler("", "max_age { seconds: 3600 } linger { seconds: 1 }").Texts(),
            (Texts{"karma alice"}));
}

TEST_F(SurvivalTest, ADeliveryThatWaitedIsAFirstAttempt) {
  FakeAdapter& adapter = Adapter();
  Handler();
  handlers_.clear();
  Text(adapter, "karma alice");
  Restart();
  const FakeHandler& handler = Handler();
  ASSERT_EQ(handler.deliveries.size(), 1u);
  EXPECT_EQ(handler.deliveries[0].attempt(), 1u);
}

TEST_F(SurvivalTest, AHubThatStartsHearsItsPeersBeforeItHasReadWhatWasLeft) {
  FakeAdapter& adapter = Adapter();
  Handler();
  handlers_.clear();
  Text(adapter, "karma alice");
  Die();
  Start();
  EXPECT_EQ(hub_->directory().FindHandler("karma")->open(), 0u);
  loop_.Run();
  EXPECT_EQ(hub_->directory().FindHandler("karma")->open(), 1u);
}

TEST_F(SurvivalTest, WhatWasHandedOutGoesAgainInOrderAsTheNextAttempt) {
  FakeAdapter& adapter = Adapter();
  Handler();
  Text(adapter, "karma alice");
  Text(adapter, "karma bob");
  Restart();
  FakeHandler& handler = Handler();
  EXPECT_TRUE(handler.deliveries.empty()) << "its old holder may come back";
  loop_.Advance(HandlerMailbox::kRestoredGrace);
  EXPECT_EQ(handler.Texts(), (Texts{"karma alice", "karma bob"}));
  EXPECT_EQ(handler.deliveries[0].attempt(), 2u);
}

TEST_F(SurvivalTest, AnInstanceThatStillRunsWhatItWasGivenGoesOnWithIt) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& before = Handler();
  Text(adapter, "karma alice");
  const v1::Delivery delivery = before.deliveries.at(0);
  Restart();
  FakeAdapter& again = Adapter();
  FakeHandler& after = Handler("holding { delivery: '" + delivery.id() + "' attempt: 1 }");
  ASSERT_EQ(after.hello_ok->holding_size(), 1);
  after.Finish(delivery, "alice: 3");
  loop_.Run();
  EXPECT_EQ(after.LastOutcome(), v1::FINISH_OUTCOME_OK);
  EXPECT_EQ(again.Texts(), (Texts{"alice: 3"}));
  loop_.Advance(std::chrono::minutes(1));
  EXPECT_TRUE(after.deliveries.empty());
}

TEST_F(SurvivalTest, NobodyTakesOverWhatAnotherAttemptHolds) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& before = Handler();
  Text(adapter, "karma alice");
  before.Nack(before.deliveries.at(0));
  loop_.Run();
  const v1::Delivery second = before.deliveries.at(1);
  Restart();
  const FakeHandler& after = Handler("holding { delivery: '" + second.id() + "' attempt: 1 }");
  EXPECT_EQ(after.hello_ok->holding_size(), 0);
}

TEST_F(SurvivalTest, AttemptsAreCountedAcrossLives) {
  Text(Adapter(), "nothing");
  Handler("", "maximum_attempts: 2");
  Text(*adapters_[0], "karma alice");
  for (int life = 0; life < 2; ++life) {
    Restart();
    Handler("", "maximum_attempts: 2");
    loop_.Advance(HandlerMailbox::kRestoredGrace);
  }
  EXPECT_TRUE(handlers_.back()->deliveries.empty());
  EXPECT_EQ(Adapter().Texts(), (Texts{"karma could not answer"}));
}

TEST_F(SurvivalTest, TheDeadlineIsTheUsersAndGoesOnWhileTheHubIsAway) {
  FakeAdapter& adapter = Adapter();
  Handler();
  Text(adapter, "karma alice");
  Die();
  loop_.Advance(std::chrono::seconds(31));
  Start();
  loop_.Advance(Milliseconds(1));
  EXPECT_EQ(Adapter().Texts(), (Texts{"karma did not answer in time"}));
}

TEST_F(SurvivalTest, TheAdapterHearsHowFarItsEventsWereTakenIn) {
  Handler();
  Adapter().Event(
      "conversation { user: 'chat/alice' } user { id: 'chat/alice' } message { content { text: 'a' "
      "} }",
      "cursor: 'c1'");
  loop_.Advance(AdapterMailbox::kPositionLag);
  Restart();
  const FakeAdapter& again = Adapter();
  EXPECT_EQ(again.hello_ok->accepted(), 1u);
  EXPECT_EQ(again.hello_ok->cursor(), "c1");
}

TEST_F(SurvivalTest, AnEventThatWasAcceptedJustBeforeTheEndNeedNotBeSaidAgain) {
  FakeAdapter& adapter = Adapter();
  Text(adapter, "one");
  Text(adapter, "two");
  EXPECT_EQ(adapter.accepted, 2u);
  Die();
  internal::KeptPosition old;  // as if it had died before it kept the last one
  old.set_epoch("e1");
  old.set_incarnation("i1");
  old.set_accepted(1);
  Step step;
  step.writes.push_back(
      {.space = "hub.positions", .key = "chat", .value = old.SerializeAsString()});
  ASSERT_TRUE(engine_->Apply(std::move(step)).ok());
  Start();
  FakeAdapter& again = Adapter("oldest_unaccepted: 3");
  again.seq = 2;
  Text(again, "three");
  EXPECT_FALSE(again.closed.has_value());
  EXPECT_EQ(again.accepted, 3u);
}

TEST_F(SurvivalTest, AnOrderThatWasOutGoesAgainToTheSameProcess) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler();
  Text(adapter, "karma alice");
  handler.Finish(handler.deliveries.at(0), "alice: 3");
  loop_.Run();
  Restart();
  const FakeAdapter& again = Adapter();
  ASSERT_EQ(again.orders.size(), 1u);
  EXPECT_TRUE(again.orders[0].resent());
  EXPECT_EQ(hub_->GetStatus().in_doubt(), 0u);
}

TEST_F(SurvivalTest, AnOrderThatWasOutToAnotherProcessIsInDoubt) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler();
  Text(adapter, "karma alice");
  handler.Finish(handler.deliveries.at(0), "alice: 3");
  loop_.Run();
  Restart();
  EXPECT_EQ(Adapter("", "i2").Texts(), (Texts{"alice: 3"}));
  EXPECT_EQ(hub_->GetStatus().in_doubt(), 1u);
}

TEST_F(SurvivalTest, SettledWaitsForWhatAnEarlierLifeTookIn) {
  FakeAdapter& adapter = Adapter();
  Handler();
  Text(adapter, "karma alice");
  EXPECT_EQ(adapter.accepted, 1u);
  loop_.Advance(AdapterMailbox::kPositionLag);
  Restart();
  FakeAdapter& again = Adapter("oldest_unaccepted: 0");
  again.Hear("await_settled { up_to: 1 }");
  FakeHandler& handler = Handler();
  loop_.Advance(HandlerMailbox::kRestoredGrace);
  EXPECT_EQ(again.settled, 0u);
  handler.Finish(handler.deliveries.at(0), "alice: 3");
  loop_.Run();
  EXPECT_EQ(again.settled, 0u) << "its order is not done";
  again.DoneAll();
  loop_.Run();
  EXPECT_EQ(again.settled, 1u);
}

TEST_F(SurvivalTest, AScheduledMessageIsSaidAtItsTime) {
  Adapter();
  v1::Conversation conversation;
  conversation.set_user("chat/alice");
  v1::Action action;
  action.mutable_send()->mutable_content()->set_text("stretch");
  action.mutable_send()->mutable_not_before()->set_seconds(loop_.WallNow() / 1000 + 60);
  ASSERT_TRUE(
      hub_->chat()
          .Do(Pass::Owner().As({PeerKind::kHandler, "remind"}), "r1", conversation, action, nullptr)
          .ok());
  Restart();
  const FakeAdapter& again = Adapter();
  loop_.Advance(std::chrono::seconds(58));
  EXPECT_TRUE(again.orders.empty());
  loop_.Advance(std::chrono::seconds(3));
  EXPECT_EQ(again.Texts(), (Texts{"stretch"}));
}

TEST_F(SurvivalTest, DeadLettersAreCountedOnAndReadable) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler("", "maximum_attempts: 1");
  Text(adapter, "karma alice");
  handler.Nack(handler.deliveries.at(0), "why: 'no idea'");
  loop_.Run();
  Restart();
  const auto letters = hub_->dead_letters().List("handler/karma", "", 10);
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].dead.why(), "given back 1 times: no idea");
}

// --- replaying and dropping

TEST_F(SurvivalTest, AReplayedDeadLetterIsAFirstAttemptAndNoLetterAnyMore) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler("", "maximum_attempts: 1");
  Text(adapter, "karma alice");
  handler.Nack(handler.deliveries.at(0));
  loop_.Run();
  DeadLetters& letters = hub_->dead_letters();
  ASSERT_TRUE(letters.Replay(letters.List("", "", 10).at(0).id).ok());
  loop_.Run();
  ASSERT_EQ(handler.deliveries.size(), 2u);
  EXPECT_EQ(handler.deliveries[1].attempt(), 1u);
  EXPECT_EQ(handler.deliveries[1].text(), "karma alice");
  EXPECT_TRUE(letters.List("", "", 10).empty());
  handler.Finish(handler.deliveries[1], "alice: 3");
  loop_.Run();
  EXPECT_EQ(adapter.Texts().back(), "alice: 3");
}

TEST_F(SurvivalTest, ADroppedDeadLetterIsGone) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler("", "maximum_attempts: 1");
  Text(adapter, "karma alice");
  handler.Nack(handler.deliveries.at(0));
  loop_.Run();
  DeadLetters& letters = hub_->dead_letters();
  const std::string id = letters.List("", "", 10).at(0).id;
  ASSERT_TRUE(letters.Drop(id).ok());
  EXPECT_EQ(ReasonOf(letters.Replay(id)), Reason::kNoSuchPeer);
}

// --- a repeated event

TEST_F(SurvivalTest, AnEventOfAServiceThatCouldNotBeTakenInIsTakenInWhenItIsSaidAgain) {
  FakeAdapter& adapter = Adapter();
  FakeHandler& handler = Handler();
  const std::string event =
      "conversation { user: 'chat/alice' } user { id: 'chat/alice' } message { content { text: "
      "'karma alice' } }";
  adapter.Event(event, "service_event_id: 's1'");
  loop_.Run();
  adapter.Event(event, "service_event_id: 's1'");
  loop_.Run();
  EXPECT_EQ(handler.deliveries.size(), 1u);
  EXPECT_EQ(adapter.accepted, 2u);
}

}  // namespace
}  // namespace chathub
