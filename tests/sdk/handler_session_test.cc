#include "tests/sdk/handler_session_case.h"

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;

class HandlerSessionTest : public HandlerSessionCase {};

TEST_F(HandlerSessionTest, OneConversationRunsInOrderAndAnotherBesideIt) {
  Attach();
  Deliver("1", "x");
  Deliver("2", "x");
  Deliver("3", "y");
  EXPECT_EQ(Begun(), (Ids{"1", "3"}));
  Return("1");
  EXPECT_EQ(Begun(), Ids{"2"});
}

TEST_F(HandlerSessionTest, AFreeRouteWaitsForNobody) {
  Attach();
  Deliver("1", "x");
  Deliver("2", "x", "attempt: 1 route: 'free'");
  EXPECT_EQ(Begun(), (Ids{"1", "2"}));
}

TEST_F(HandlerSessionTest, AnAnswerIsOneFinishWithAllItsActions) {
  Attach();
  Deliver("1", "x");
  Begun();
  Return("1", [](Answer& answer) {
    answer.finish.add_actions();
    answer.finish.add_actions()->mutable_send()->mutable_content()->set_text("two");
  });
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].finish().delivery(), "1");
  EXPECT_EQ(said[0].finish().attempt(), 1u);
  ASSERT_EQ(said[0].finish().actions_size(), 2);
  EXPECT_EQ(said[0].finish().actions(1).send().content().text(), "two");
}

TEST_F(HandlerSessionTest, AConflictRunsTheFunctionAgainBeforeTheNextOfItsConversation) {
  Attach();
  Deliver("1", "x");
  Deliver("2", "x");
  Deliver("3", "x");
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1");
  EXPECT_EQ(Begun(), Ids{"2"});
  Result("1", "outcome: FINISH_OUTCOME_CONFLICT conflict { key: 'k' revision: 3 }");
  Return("2");
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1");
  EXPECT_EQ(Begun(), Ids{"3"});
}

void Store(Answer& answer) {
  answer.finish.add_store_writes()->set_key("k");
  answer.finish.add_store_writes()->set_key("k");
}

TEST_F(HandlerSessionTest, WhatAnAnswerStoresIsThereBeforeTheNextOfItsConversationBegins) {
  Attach();
  for (const char* id : {"1", "2", "3"}) Deliver(id, "x");
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1", Store);
  EXPECT_EQ(Begun(), Ids{});
  Result("1", "outcome: FINISH_OUTCOME_CONFLICT conflict { key: 'k' }");
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1", Store);
  EXPECT_EQ(Begun(), Ids{});
  Result("1", "outcome: FINISH_OUTCOME_OK");
  EXPECT_EQ(Begun(), Ids{"2"});
  Return("2", Store);
  Result("2", "outcome: FINISH_OUTCOME_REFUSED problem { detail: 'full' }");
  EXPECT_EQ(Begun(), Ids{"3"});
}

TEST_F(HandlerSessionTest, AnAnswerThatIsCancelledHoldsUpNobody) {
  Attach();
  for (const char* id : {"1", "2"}) Deliver(id, "x");
  Begun();
  Return("1", Store);
  Hear("items { cancel { delivery: '1' attempt: 1 } }");
  EXPECT_EQ(Begun(), Ids{"2"});
}

TEST_F(HandlerSessionTest, TheSixthConflictGivesUp) {
  Attach();
  Deliver("1", "x");
  for (int run = 0; run < 6; ++run) {
    ASSERT_EQ(Begun(), Ids{"1"}) << run;
    Return("1");
    EXPECT_TRUE(Said().at(0).has_finish());
    Result("1", "outcome: FINISH_OUTCOME_CONFLICT conflict { key: 'k' }");
  }
  EXPECT_EQ(Begun(), Ids{});
  EXPECT_EQ(Said().at(0).nack().delivery(), "1");
}

TEST_F(HandlerSessionTest, ARefusedAnswerIsSaidAgainWhenTheHubSaysSo) {
  Attach();
  Deliver("1", "x");
  Begun();
  Return("1");
  Said();
  Result("1", "outcome: FINISH_OUTCOME_REFUSED problem { retry_after { nanos: 500000000 } }");
  EXPECT_EQ(session_.NextWake(), now_ + milliseconds(500));
  Pass(milliseconds(499));
  EXPECT_TRUE(Said().empty());
  Pass(milliseconds(1));
  EXPECT_TRUE(Said().at(0).has_finish());
  EXPECT_EQ(Begun(), Ids{}) << "the function must not run again";
}

TEST_F(HandlerSessionTest, AnAnswerRefusedForGoodIsGivenUpWithTheHubsWords) {
  Attach();
  Deliver("1", "x");
  Begun();
  Return("1");
  Said();
  Result("1", "outcome: FINISH_OUTCOME_REFUSED problem { detail: 'no such target' }");
  EXPECT_NE(Said().at(0).nack().why().find("no such target"), std::string::npos);
}

TEST_F(HandlerSessionTest, ACancelledOneThatWaitsNeverBegins) {
  Attach();
  Deliver("1", "x");
  Deliver("2", "x");
  Deliver("3", "x");
  Begun();
  Hear("items { cancel { delivery: '2' attempt: 1 } }");
  Return("1");
  EXPECT_EQ(Begun(), Ids{"3"});
}

TEST_F(HandlerSessionTest, ACancelledOneThatRunsIsToldAndItsAnswerIsNotSaid) {
  Attach();
  Deliver("1", "x");
  Begun();
  Hear("items { cancel { delivery: '1' attempt: 1 } }");
  EXPECT_TRUE(jobs_[0]->cancelled);
  Return("1");
  EXPECT_TRUE(Said().empty());
}

TEST_F(HandlerSessionTest, ALaterAttemptHereWaitsForTheEarlierFunctionAndAlonePays) {
  Attach();
  Deliver("1", "x");
  Begun();
  Deliver("1", "x", "attempt: 2");
  EXPECT_TRUE(jobs_[0]->cancelled);
  EXPECT_EQ(Begun(), Ids{});
  Answer answer;
  session_.Returned(*jobs_[0], answer);
  EXPECT_TRUE(Said().empty());
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1");
  EXPECT_EQ(Said().at(0).finish().attempt(), 2u);
}

TEST_F(HandlerSessionTest, AnAnswerTooLargeForTheWireIsGivenUpInsteadOfCostingTheStream) {
  Attach();
  Deliver("1", "x");
  Begun();
  Return("1", [](Answer& answer) {
    answer.finish.add_actions()->mutable_send()->mutable_content()->set_text(
        std::string(300 * 1024, 'x'));
  });
  EXPECT_NE(Said().at(0).nack().why().find("256 KiB"), std::string::npos);
}

TEST_F(HandlerSessionTest, ManyAnswersGoOutInFramesOf64) {
  Attach();
  for (int i = 0; i < 70; ++i) Deliver(std::to_string(i), std::to_string(i));
  for (const auto& id : Begun()) Return(id);
  EXPECT_EQ(SaidInOneFrame().items_size(), 64);
}

TEST_F(HandlerSessionTest, WhatRenewsTheLeaseDoesNotWaitBehindAFlood) {
  Attach();
  Deliver("1", "x");
  Begun();
  for (int i = 0; i < 100; ++i) session_.Say(*jobs_[0], std::to_string(i), {});
  Pass(std::chrono::seconds(4));
  Hear("items { ping { nonce: 7 } }");
  const auto said = Said();
  ASSERT_EQ(said.size(), 102u);
  EXPECT_TRUE(said[0].has_pong());
  EXPECT_EQ(said[1].renew().deliveries(0), "1");
  EXPECT_EQ(said[2].say().key(), "0");
}

TEST_F(HandlerSessionTest, APingIsAnsweredWithItsNonce) {
  Attach();
  Hear("items { ping { nonce: 7 } }");
  EXPECT_EQ(Said().at(0).pong().nonce(), 7u);
}

}  // namespace
}  // namespace chathub::sdk
