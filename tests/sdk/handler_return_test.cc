// What a handler holds, for how long, and what of it survives a broken stream.
#include "tests/sdk/handler_session_case.h"

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class HandlerReturnTest : public HandlerSessionCase {};

TEST_F(HandlerReturnTest, EverythingHeldIsRenewedThreeTimesALeaseAndNothingElse) {
  Attach();
  EXPECT_EQ(session_.NextWake(), std::nullopt);
  Deliver("1", "x");
  Deliver("2", "x");
  EXPECT_EQ(session_.NextWake(), now_ + seconds(3));
  Pass(milliseconds(2999));
  EXPECT_TRUE(Said().empty());
  Pass(milliseconds(1));
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].renew().deliveries_size(), 2);
  Begun();
  Return("1");
  Begun();
  Return("2");
  Result("1", "outcome: FINISH_OUTCOME_OK");
  Result("2", "outcome: FINISH_OUTCOME_OK");
  Said();
  Pass(seconds(3));
  EXPECT_TRUE(Said().empty());
  EXPECT_EQ(session_.NextWake(), std::nullopt);
}

TEST_F(HandlerReturnTest, WhatIsFinishedButNotAnsweredIsStillRenewed) {
  Attach();
  Deliver("1", "x");
  Begun();
  Return("1");
  Said();
  Pass(seconds(3));
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].renew().deliveries(0), "1");
}

TEST_F(HandlerReturnTest, ABreakOfLessThanASecondKeepsWhatIsHeldAndSaysTheAnswerAgain) {
  Attach();
  Deliver("running", "x");
  Deliver("finished", "y");
  Begun();
  Return("finished");
  Said();
  session_.Closed(now_);
  now_ += milliseconds(999);
  const auto hello = Attach(
      "holding { delivery: 'running' attempt: 1 } holding { delivery: 'finished' attempt: 1 }");
  EXPECT_EQ(hello.instance_token(), "T");
  EXPECT_EQ(hello.holding_size(), 2);
  EXPECT_EQ(Said().at(0).finish().delivery(), "finished");
  Return("running");
  EXPECT_EQ(Said().at(0).finish().delivery(), "running");
}

TEST_F(HandlerReturnTest, AnswersAreSaidAgainInTheOrderOfTheirMessages) {
  Attach();
  Ids ids;
  std::string holding;
  for (int i = 0; i < 20; ++i) {
    ids.push_back(std::to_string(i));
    Deliver(ids.back(), "x");
    holding += "holding { delivery: '" + ids.back() + "' attempt: 1 } ";
  }
  for (const std::string& id : ids) {
    Begun();
    Return(id);
  }
  Said();
  session_.Closed(now_);
  Attach(holding);
  Ids again;
  for (const v1::HandlerItem& item : Said()) again.push_back(item.finish().delivery());
  EXPECT_EQ(again, ids);
}

TEST_F(HandlerReturnTest, WhatTheHubGaveToOthersMeanwhileIsDropped) {
  Attach();
  Deliver("kept", "x");
  Deliver("gone", "y");
  Begun();
  session_.Closed(now_);
  Attach("holding { delivery: 'kept' attempt: 1 }");
  EXPECT_FALSE(jobs_[0]->cancelled);
  EXPECT_TRUE(jobs_[1]->cancelled);
}

TEST_F(HandlerReturnTest, ABreakOfASecondMakesItANewInstance) {
  Attach();
  Deliver("1", "x");
  Begun();
  session_.Closed(now_);
  now_ += seconds(1);
  const auto hello = Attach();
  EXPECT_EQ(hello.instance_token(), "");
  EXPECT_EQ(hello.holding_size(), 0);
  EXPECT_TRUE(jobs_[0]->cancelled);
}

TEST_F(HandlerReturnTest, AfterADrainItIsANewInstanceToo) {
  Attach();
  Hear("items { draining { } }");
  session_.Closed(now_);
  EXPECT_EQ(Attach().instance_token(), "");
}

TEST_F(HandlerReturnTest, AFailedAttemptToComeBackDoesNotStartTheSecondAnew) {
  Attach();
  session_.Closed(now_);
  now_ += milliseconds(600);
  session_.Opened(now_);
  session_.Closed(now_);
  now_ += milliseconds(600);
  EXPECT_EQ(Attach().instance_token(), "");
}

TEST_F(HandlerReturnTest, ProgressDuringABreakIsSaidAfterwards) {
  Attach();
  Deliver("1", "x");
  Begun();
  session_.Closed(now_);
  session_.Say(*jobs_[0], "k", {});
  EXPECT_TRUE(Said().empty());
  Attach("holding { delivery: '1' attempt: 1 }");
  EXPECT_EQ(Said().at(0).say().key(), "k");
}

TEST_F(HandlerReturnTest, PatienceCountsFromTheComingNotFromTheTurn) {
  Attach();
  Deliver("1", "x");
  Begun();
  Pass(std::chrono::milliseconds(100));
  Deliver("2", "x");
  const auto came = now_;
  Pass(std::chrono::milliseconds(100));
  Return("1");
  Begun();
  EXPECT_EQ(jobs_.back()->delivery->id(), "2");
  EXPECT_EQ(jobs_.back()->since, came);
}

TEST_F(HandlerReturnTest, WhatCrossedTheLeavingIsServed) {
  Attach();
  session_.Leave();
  EXPECT_TRUE(Said().at(0).has_leaving());
  Deliver("1", "x");
  Begun();
  Return("1");
  EXPECT_EQ(Said().at(0).finish().delivery(), "1");
}

}  // namespace
}  // namespace chathub::sdk
