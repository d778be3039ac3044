// The contract of deliveries: leases, deadlines, attempts, order, expiry.
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/log.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

class DeliveryContractTest : public SmallHub {};

TEST_F(DeliveryContractTest, AMessageIsAnsweredAndTheHandlerHearsWhatBecameOfIt) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo hello");
  ASSERT_EQ(echo.Texts(), Strings{"echo hello"});
  EXPECT_EQ(echo.deliveries[0].attempt(), 1u);
  EXPECT_EQ(echo.deliveries[0].captures().at("rest"), "hello");
  echo.Finish(echo.deliveries[0], "hello");
  EXPECT_EQ(echo.LastOutcome(), v1::FINISH_OUTCOME_OK);
  ASSERT_EQ(adapter_.Texts(), Strings{"hello"});
  EXPECT_EQ(adapter_.orders[0].key(), echo.deliveries[0].id());
  adapter_.DoneAll();
  ASSERT_EQ(echo.posted.size(), 1u);
  EXPECT_EQ(echo.posted[0].result().platform_ids(0), "p");
}

TEST_F(DeliveryContractTest, ASecondFinishIsStaleAndSaysNothing) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo hello");
  echo.Finish(echo.deliveries[0], "hello");
  echo.Finish(echo.deliveries[0], "hello");
  EXPECT_EQ(echo.LastOutcome(), v1::FINISH_OUTCOME_STALE);
  EXPECT_EQ(adapter_.orders.size(), 1u);
}

TEST_F(DeliveryContractTest, ALostInstancesDeliveriesGoToAnotherInOrder) {
  FakeHandler& first = Attach("echo", Word("echo"));
  Text("echo 1");
  Text("echo 2");
  FakeHandler& second = Attach("echo", Word("echo"));
  Text("echo 3");
  ASSERT_EQ(first.deliveries.size(), 3u);
  first.Hangup();
  EXPECT_TRUE(second.deliveries.empty());
  loop_.Advance(HandlerMailbox::kGrace);
  EXPECT_EQ(second.Texts(), (Strings{"echo 1", "echo 2", "echo 3"}));
  EXPECT_EQ(second.deliveries[0].attempt(), 2u);
}

TEST_F(DeliveryContractTest, AnInstanceThatComesBackInTimeKeepsWhatItHolds) {
  FakeHandler& before = Attach("echo", Word("echo"));
  Text("echo 1");
  Text("echo 2");
  const v1::Delivery held = before.deliveries[0];
  before.Hangup();
  loop_.Advance(Ms(500));
  FakeHandler& after = Attach("echo", Word("echo"),
                              "instance_token: '" + before.hello_ok->instance_token() +
                                  "' holding { delivery: '" + held.id() + "' attempt: 1 }");
  ASSERT_EQ(after.hello_ok->holding_size(), 1);
  // The other one was lost on the way: it comes again.
  ASSERT_EQ(after.Texts(), Strings{"echo 2"});
  EXPECT_EQ(after.deliveries[0].attempt(), 2u);
  after.Finish(held, "one");
  EXPECT_EQ(after.LastOutcome(), v1::FINISH_OUTCOME_OK);
}

TEST_F(DeliveryContractTest, AnInstanceMayComeBackBeforeTheHubSawItsStreamBreak) {
  FakeHandler& before = Attach("echo", Word("echo"));
  Text("echo 1");
  const v1::Delivery held = before.deliveries[0];
  FakeHandler& after = Attach("echo", Word("echo"),
                              "instance_token: '" + before.hello_ok->instance_token() +
                                  "' holding { delivery: '" + held.id() + "' attempt: 1 }");
  EXPECT_TRUE(before.closed.has_value());
  EXPECT_EQ(after.hello_ok->holding_size(), 1);
  before.Hangup();
  loop_.Advance(HandlerMailbox::kGrace);
  after.Finish(held, "one");
  EXPECT_EQ(after.LastOutcome(), v1::FINISH_OUTCOME_OK);
}

TEST_F(DeliveryContractTest, AfterTheLastAttemptTheChatHearsTheFallbackOnce) {
  FakeHandler& echo = Attach("echo", Word("echo", "maximum_attempts: 2 fallback_text: 'sorry'"));
  Text("echo 1");
  echo.Nack(echo.deliveries[0]);
  ASSERT_EQ(echo.deliveries.size(), 2u);
  EXPECT_EQ(echo.deliveries[1].attempt(), 2u);
  echo.Nack(echo.deliveries[1]);
  EXPECT_EQ(echo.deliveries.size(), 2u);
  EXPECT_EQ(adapter_.Texts(), Strings{"sorry"});
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 1u);
  EXPECT_EQ(engine_.List("hub.dead", "", "", 10).size(), 1u);
}

TEST_F(DeliveryContractTest, ANackedDeliveryComesAgainWhenItsTimeHasPassed) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  echo.Nack(echo.deliveries[0], "retry_after { seconds: 2 }");
  Text("echo 2");
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo 2"}));
  loop_.Advance(Ms(1999));
  EXPECT_EQ(echo.deliveries.size(), 2u);
  loop_.Advance(Ms(1));
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo 2", "echo 1"}));
}

TEST_F(DeliveryContractTest, AnOrderedRouteHoldsItsConversationMeanwhile) {
  FakeHandler& echo = Attach("echo", Word("echo", "ordered: true"));
  Text("echo 1");
  echo.Nack(echo.deliveries[0], "retry_after { seconds: 2 }");
  Text("echo 2");
  Text("echo other", "bob");
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo other"}));
  loop_.Advance(Ms(2000));
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo other", "echo 1", "echo 2"}));
}

TEST_F(DeliveryContractTest, AtTheDeadlineTheHubAnswersAndTheHandlerIsTold) {
  FakeHandler& slow = Attach("slow", Word("slow", "deadline { seconds: 5 }"));
  Text("slow 1");
  loop_.Advance(Ms(4999));
  EXPECT_TRUE(adapter_.orders.empty());
  loop_.Advance(Ms(1));
  EXPECT_EQ(adapter_.Texts(), Strings{"slow did not answer in time"});
  ASSERT_EQ(slow.cancels.size(), 1u);
  slow.Finish(slow.deliveries[0], "late");
  EXPECT_EQ(slow.LastOutcome(), v1::FINISH_OUTCOME_STALE);
  EXPECT_EQ(adapter_.orders.size(), 1u);
}

TEST_F(DeliveryContractTest, ASayRestartsTheDeadlineButNotForEver) {
  FakeHandler& slow = Attach("slow", Word("slow"));
  Text("slow 1");
  const v1::Delivery delivery = slow.deliveries[0];
  for (int i = 0; i < 60; ++i) {
    loop_.Advance(Ms(5'000));
    slow.Renew(delivery);
    if (i % 5 == 0) {
      slow.Hear("say { delivery: '" + delivery.id() +
                "' attempt: 1 actions { send { content { text: 'still here' } } } }");
    }
  }
  EXPECT_TRUE(slow.cancels.empty());  // 5 minutes
  for (int i = 0; i < 130; ++i) {
    loop_.Advance(Ms(5'000));
    slow.Renew(delivery);
    slow.Hear("say { delivery: '" + delivery.id() + "' attempt: 1 }");
  }
  EXPECT_EQ(slow.cancels.size(), 1u);  // 15 minutes were over
}

TEST_F(DeliveryContractTest, WhatWasSaidIsEditedByTheKeyThatItWasGiven) {
  FakeHandler& slow = Attach("slow", Word("slow"));
  Text("slow 1");
  const v1::Delivery& delivery = slow.deliveries[0];
  slow.Hear("say { delivery: '" + delivery.id() +
            "' attempt: 1 key: 'bar' actions { send { content { text: '50 %' } } } }");
  ASSERT_EQ(adapter_.Texts(), Strings{"50 %"});
  const std::string key = adapter_.orders[0].key();
  adapter_.DoneAll();
  ASSERT_EQ(slow.posted.size(), 1u);
  EXPECT_EQ(slow.posted[0].key(), "bar");
  slow.Finish(delivery, "",
              "actions { edit { target { posted { key: 'bar' } } content { text: '100 %' } } }");
  ASSERT_EQ(adapter_.orders.size(), 1u);
  EXPECT_EQ(adapter_.orders[0].actions(0).edit().target().posted().key(), key);
}

TEST_F(DeliveryContractTest, ASilentInstanceLosesWhatItHoldsAndGetsNothingUntilItSpeaks) {
  FakeHandler& stuck = Attach("echo", Word("echo"));
  Text("echo 1");
  FakeHandler& other = Attach("echo", Word("echo"));
  loop_.Advance(HandlerMailbox::kLease + Ms(1000));
  EXPECT_EQ(other.Texts(), Strings{"echo 1"});
  Text("echo 2", "bob");
  Text("echo 3", "carol");
  EXPECT_EQ(stuck.deliveries.size(), 1u);
  stuck.Finish(stuck.deliveries[0], "late");
  EXPECT_EQ(stuck.LastOutcome(), v1::FINISH_OUTCOME_STALE);
  Text("echo 4", "dave");
  EXPECT_EQ(stuck.Texts(), (Strings{"echo 1", "echo 4"}));
}

TEST_F(DeliveryContractTest, ASilentInstanceSpeaksByComingBack) {
  FakeHandler& stuck = Attach("echo", Word("echo"));
  Text("echo 1");
  FakeHandler& heir = Attach("echo", Word("echo"));
  loop_.Advance(HandlerMailbox::kLease + Ms(1000));
  stuck.Hangup();
  FakeHandler& back =
      Attach("echo", Word("echo"), "instance_token: '" + stuck.hello_ok->instance_token() + "'");
  heir.Hangup();
  Text("echo 2", "bob");
  EXPECT_EQ(back.Texts(), Strings{"echo 2"});
}

TEST_F(DeliveryContractTest, AConversationGoesOnWhenItsSilentInstanceSpeaks) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  loop_.Advance(HandlerMailbox::kLease / 2);
  Text("echo 2", "bob");
  FakeHandler& heir = Attach("echo", Word("echo"));
  loop_.Advance(HandlerMailbox::kLease / 2 + Ms(1000));
  Text("echo 3", "bob");
  EXPECT_EQ(heir.Texts(), Strings{"echo 1"});
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo 2"}));
  echo.Renew(echo.deliveries[1]);
  EXPECT_EQ(echo.Texts(), (Strings{"echo 1", "echo 2", "echo 3"}));
}

TEST_F(DeliveryContractTest, ARenewedDeliveryStays) {
  FakeHandler& slow = Attach("slow", Word("slow"));
  Attach("slow", Word("slow"));
  Text("slow 1");
  for (int i = 0; i < 5; ++i) {
    loop_.Advance(Ms(5'000));
    slow.Renew(slow.deliveries[0]);
  }
  slow.Finish(slow.deliveries[0], "done");
  EXPECT_EQ(slow.LastOutcome(), v1::FINISH_OUTCOME_OK);
}

TEST_F(DeliveryContractTest, OneConversationStaysWithOneInstanceWhileItIsBusy) {
  FakeHandler& a = Attach("echo", Word("echo"));
  FakeHandler& b = Attach("echo", Word("echo"));
  for (int i = 0; i < 10; ++i) Text("echo " + std::to_string(i));
  EXPECT_TRUE(a.deliveries.empty() || b.deliveries.empty());
  Text("echo other", "bob");
  EXPECT_EQ(a.deliveries.size() + b.deliveries.size(), 11u);
  EXPECT_FALSE(a.deliveries.empty() || b.deliveries.empty());
}

TEST_F(DeliveryContractTest, NoInstanceHoldsMoreThanItAskedFor) {
  FakeHandler& echo = Attach("echo", Word("echo"), "maximum_in_flight: 2");
  for (int i = 0; i < 5; ++i) Text("echo " + std::to_string(i));
  ASSERT_EQ(echo.Texts(), (Strings{"echo 0", "echo 1"}));
  echo.Finish(echo.deliveries[0], "");
  EXPECT_EQ(echo.Texts(), (Strings{"echo 0", "echo 1", "echo 2"}));
}

TEST_F(DeliveryContractTest, TheChatHearsOnceThatNobodyIsThere) {
  Attach("echo", Word("echo")).Hangup();
  Text("echo 1");
  Text("echo 2");
  loop_.Advance(Ms(9'999));
  EXPECT_TRUE(adapter_.orders.empty());
  loop_.Advance(Ms(1'001));
  EXPECT_EQ(adapter_.Texts(), Strings{"echo is not running"});
}

TEST_F(DeliveryContractTest, WhoComesBackFindsWhatWaited) {
  Attach("echo", Word("echo")).Hangup();
  Text("echo 1");
  loop_.Advance(Ms(40'000));  // longer than the deadline: the clock stands
  FakeHandler& back = Attach("echo", Word("echo"));
  ASSERT_EQ(back.Texts(), Strings{"echo 1"});
  EXPECT_EQ(back.deliveries[0].deadline().seconds(), 30);
  back.Finish(back.deliveries[0], "1");
  EXPECT_EQ(adapter_.Texts(), (Strings{"echo is not running", "1"}));
}

TEST_F(DeliveryContractTest, WhatNobodyTookIsDeadWhenItIsTooOld) {
  Attach("echo", Word("echo", "max_age { seconds: 20 }")).Hangup();
  Text("echo 1");
  loop_.Advance(Ms(20'000));
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 1u);
  FakeHandler& back = Attach("echo", Word("echo", "max_age { seconds: 20 }"));
  EXPECT_TRUE(back.deliveries.empty());
}

TEST_F(DeliveryContractTest, WhatWaitsTooLongForItsTurnIsNotHandedOut) {
  FakeHandler& slow =
      Attach("slow", Word("slow", "max_age { seconds: 1 }"), "maximum_in_flight: 1");
  Text("slow 1");
  Text("slow 2", "bob");
  loop_.Advance(Ms(1'500));
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 1u);
  slow.Finish(slow.deliveries[0], "1");
  EXPECT_EQ(slow.deliveries.size(), 1u);
}

TEST_F(DeliveryContractTest, WhatIsTooOldAlreadyReachesNobody) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  adapter_.Event("conversation { user: 'chat/a' } message { content { text: 'echo 1' } }",
                 "age { seconds: 120 }");
  loop_.Run();
  EXPECT_TRUE(echo.deliveries.empty());
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 1u);
}

TEST_F(DeliveryContractTest, RoutesMatchForAsLongAsTheyLinger) {
  Attach("echo", Word("echo", "linger { seconds: 5 }")).Hangup();
  loop_.Advance(Ms(4'999));
  Text("echo 1");
  EXPECT_EQ(hub_.GetStatus().deliveries(), 1u);
  loop_.Advance(Ms(1));
  Text("echo 2");
  EXPECT_EQ(hub_.GetStatus().deliveries(), 1u);
}

TEST_F(DeliveryContractTest, AFullMailboxTurnsAwayItsOwnMessagesOnly) {
  FakeHandler& slow = Attach("slow", Word("slow"), "maximum_in_flight: 1");
  FakeHandler& echo = Attach("echo", Word("echo"));
  for (int i = 0; i < 52; ++i) Text("slow " + std::to_string(i));
  Text("echo 1");
  EXPECT_EQ(slow.deliveries.size(), 1u);
  EXPECT_EQ(echo.Texts(), Strings{"echo 1"});
  EXPECT_EQ(hub_.GetStatus().dead_letters(), 2u);
  EXPECT_EQ(adapter_.Texts(), Strings{"slow is busy; try again later"});
}

TEST_F(DeliveryContractTest, OfAFullMailboxEveryLetterIsKeptAndTenASecondAreLogged) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> log(std::tmpfile(), std::fclose);
  StartLog(LogLevel::kWarning, fileno(log.get()));
  Attach("slow", Word("slow"), "maximum_in_flight: 1");
  for (int i = 0; i < 80; ++i) Text("slow " + std::to_string(i));
  loop_.Advance(Ms(1'000));
  Text("slow once more");
  StopLog();
  EXPECT_EQ(hub_.dead_letters().List("handler/slow", "", 100).size(), 31u);
  std::rewind(log.get());
  int letters = 0;
  char line[1'024];
  while (std::fgets(line, sizeof line, log.get()) != nullptr) {
    letters += std::strstr(line, " dead letter ") != nullptr ? 1 : 0;
  }
  EXPECT_EQ(letters, 11);
}

TEST_F(DeliveryContractTest, StoreWritesAndAnswerHappenTogetherOrNotAtAll) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Text("karma alice");
  const v1::Delivery delivery = karma.deliveries[0];
  karma.Finish(delivery, "1", "store_writes { key: 'alice' add: 1 if_revision: 7 }");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_CONFLICT);
  EXPECT_TRUE(adapter_.orders.empty());
  karma.Finish(delivery, "1", "store_writes { key: 'alice' add: 1 if_revision: 0 }");
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_OK);
  EXPECT_EQ(engine_.Find("handler/karma", "alice")->value, "1");
  EXPECT_EQ(adapter_.Texts(), Strings{"1"});
}

TEST_F(DeliveryContractTest, AFinishThatCannotBeIsRefusedAndTheDeliveryStaysOpen) {
  FakeHandler& echo = Attach("echo", Word("echo"));
  Text("echo 1");
  echo.Finish(echo.deliveries[0], "", "actions { join {} }");
  ASSERT_EQ(echo.LastOutcome(), v1::FINISH_OUTCOME_REFUSED);
  EXPECT_EQ(echo.results.back().problem().reason(), v1::REASON_BAD_FRAME);
  echo.Finish(echo.deliveries[0], "1");
  EXPECT_EQ(echo.LastOutcome(), v1::FINISH_OUTCOME_OK);
}

TEST_F(DeliveryContractTest, TheHighestRevisionIsInCharge) {
  FakeHandler& old = Attach("echo", Word("echo"), "revision: 1");
  Text("echo 1");
  FakeHandler& young = Attach("echo", Word("echo", "deadline { seconds: 9 }"), "revision: 2");
  Text("echo 2", "bob");
  EXPECT_EQ(old.Texts(), Strings{"echo 1"});
  EXPECT_EQ(young.Texts(), Strings{"echo 2"});
  old.Finish(old.deliveries[0], "1");
  EXPECT_EQ(old.LastOutcome(), v1::FINISH_OUTCOME_OK);
  young.Hangup();
  loop_.Advance(HandlerMailbox::kGrace);
  EXPECT_EQ(old.Texts(), (Strings{"echo 1", "echo 2"}));
}

TEST_F(DeliveryContractTest, TheSameRevisionWithOtherRoutesIsRefusedWhileAttached) {
  FakeHandler& first = Attach("echo", Word("echo"));
  FakeHandler& second = Attach("echo", Word("repeat"));
  ASSERT_TRUE(second.closed.has_value());
  EXPECT_EQ(second.closed->code(), absl::StatusCode::kAlreadyExists);
  first.Hangup();
  EXPECT_FALSE(Attach("echo", Word("repeat")).closed.has_value());
}

}  // namespace
}  // namespace chathub
