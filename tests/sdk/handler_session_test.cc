#include "sdk/cpp/src/handler_session.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sdk/written_log.h"

namespace chathub::sdk {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A session in a time of the test's own.
class HandlerSessionTest : public testing::Test {
 protected:
  HandlerSessionTest()
      : log_("handler/test", written_.Sink()),
        session_(
            {}, [](const std::string& route) { return route == "free"; }, log_) {}

  void Hear(const std::string& text) {
    v1::HandlersAttachResponse reply;
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &reply)) << text;
    session_.Hear(reply, now_);
  }

  // Opens a stream and is greeted; what the hello said.
  v1::HandlerHello Attach(const std::string& holding = {}) {
    session_.Opened(now_);
    const auto items = Said();
    Hear("items { hello_ok { hub: 'h' instance_token: 'T' lease { seconds: 9 } " + holding + "} }");
    return items.empty() ? v1::HandlerHello() : items.front().hello();
  }

  void Deliver(const std::string& id, const std::string& room,
               const std::string& how = "attempt: 1") {
    Hear("items { delivery { id: '" + id + "' " + how +
         " event { conversation { adapter: 'a' room: 'a/" + room + "' } } } }");
  }

  std::vector<v1::HandlerItem> Said() {
    v1::HandlersAttachRequest frame;
    std::vector<v1::HandlerItem> said;
    while (session_.Fill(frame, now_)) {
      said.insert(said.end(), frame.items().begin(), frame.items().end());
      frame.Clear();
    }
    return said;
  }

  // The deliveries whose functions are to run now.
  std::vector<std::string> Begun() {
    std::vector<std::string> ids;
    for (Job& job : session_.TakeJobs()) {
      ids.push_back(job.delivery->id());
      jobs_.push_back(std::move(job));
    }
    return ids;
  }

  // The function of the delivery that began last under this id returns.
  void Return(const std::string& id, Answer answer = {}) {
    for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) {
      if (job->delivery->id() == id) return session_.Returned(job->number, std::move(answer));
    }
    FAIL() << id << " never began";
  }

  void Result(const std::string& id, const std::string& outcome) {
    Hear("items { finish_result { delivery: '" + id + "' " + outcome + " } }");
  }

  void Pass(milliseconds time) {
    now_ += time;
    session_.Tick(now_);
  }

  using Ids = std::vector<std::string>;

  WrittenLog written_;
  Log log_;
  HandlerSession::Time now_{};
  HandlerSession session_;
  std::vector<Job> jobs_;
};

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
  Answer answer;
  answer.actions.resize(2);
  answer.actions[1].mutable_send()->mutable_content()->set_text("two");
  Return("1", std::move(answer));
  const auto said = Said();
  ASSERT_EQ(said.size(), 1u);
  EXPECT_EQ(said[0].finish().delivery(), "1");
  EXPECT_EQ(said[0].finish().attempt(), 1u);
  ASSERT_EQ(said[0].finish().actions_size(), 2);
  EXPECT_EQ(said[0].finish().actions(1).send().content().text(), "two");
}

TEST_F(HandlerSessionTest, EverythingHeldIsRenewedThreeTimesALeaseAndNothingElse) {
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

TEST_F(HandlerSessionTest, WhatIsFinishedButNotAnsweredIsStillRenewed) {
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
  EXPECT_TRUE(*jobs_[0].cancelled);
  Return("1");
  EXPECT_TRUE(Said().empty());
}

TEST_F(HandlerSessionTest, ALaterAttemptHereWaitsForTheEarlierFunctionAndAlonePays) {
  Attach();
  Deliver("1", "x");
  Begun();
  Deliver("1", "x", "attempt: 2");
  EXPECT_TRUE(*jobs_[0].cancelled);
  EXPECT_EQ(Begun(), Ids{});
  session_.Returned(jobs_[0].number, {});
  EXPECT_TRUE(Said().empty());
  EXPECT_EQ(Begun(), Ids{"1"});
  Return("1");
  EXPECT_EQ(Said().at(0).finish().attempt(), 2u);
}

TEST_F(HandlerSessionTest, ABreakOfLessThanASecondKeepsWhatIsHeldAndSaysTheAnswerAgain) {
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

TEST_F(HandlerSessionTest, WhatTheHubGaveToOthersMeanwhileIsDropped) {
  Attach();
  Deliver("kept", "x");
  Deliver("gone", "y");
  Begun();
  session_.Closed(now_);
  Attach("holding { delivery: 'kept' attempt: 1 }");
  EXPECT_FALSE(*jobs_[0].cancelled);
  EXPECT_TRUE(*jobs_[1].cancelled);
}

TEST_F(HandlerSessionTest, ABreakOfASecondMakesItANewInstance) {
  Attach();
  Deliver("1", "x");
  Begun();
  session_.Closed(now_);
  now_ += seconds(1);
  const auto hello = Attach();
  EXPECT_EQ(hello.instance_token(), "");
  EXPECT_EQ(hello.holding_size(), 0);
  EXPECT_TRUE(*jobs_[0].cancelled);
}

TEST_F(HandlerSessionTest, AfterADrainItIsANewInstanceToo) {
  Attach();
  Hear("items { draining { } }");
  session_.Closed(now_);
  EXPECT_EQ(Attach().instance_token(), "");
}

TEST_F(HandlerSessionTest, AFailedAttemptToComeBackDoesNotStartTheSecondAnew) {
  Attach();
  session_.Closed(now_);
  now_ += milliseconds(600);
  session_.Opened(now_);
  session_.Closed(now_);
  now_ += milliseconds(600);
  EXPECT_EQ(Attach().instance_token(), "");
}

TEST_F(HandlerSessionTest, ProgressDuringABreakIsSaidAfterwards) {
  Attach();
  Deliver("1", "x");
  Begun();
  session_.Closed(now_);
  session_.Say(jobs_[0].number, "k", {});
  EXPECT_TRUE(Said().empty());
  Attach("holding { delivery: '1' attempt: 1 }");
  EXPECT_EQ(Said().at(0).say().key(), "k");
}

TEST_F(HandlerSessionTest, AnAnswerTooLargeForTheWireIsGivenUpInsteadOfCostingTheStream) {
  Attach();
  Deliver("1", "x");
  Begun();
  Answer answer;
  answer.actions.emplace_back().mutable_send()->mutable_content()->set_text(
      std::string(300 * 1024, 'x'));
  Return("1", std::move(answer));
  EXPECT_NE(Said().at(0).nack().why().find("256 KiB"), std::string::npos);
}

TEST_F(HandlerSessionTest, BytesThatAreNoTextAreReplacedInsteadOfCostingTheStream) {
  Attach();
  Deliver("1", "x");
  Begun();
  Answer answer;
  answer.actions.emplace_back().mutable_send()->mutable_content()->set_text("a\xff z");
  Return("1", std::move(answer));
  EXPECT_EQ(Said().at(0).finish().actions(0).send().content().text(), "a\xef\xbf\xbd z");
}

TEST_F(HandlerSessionTest, LeavingIsOverWhenNothingIsHeldAnyMore) {
  Attach();
  Deliver("1", "x");
  Begun();
  session_.Leave();
  EXPECT_TRUE(Said().at(0).has_leaving());
  EXPECT_FALSE(session_.Left());
  Return("1");
  Said();
  EXPECT_FALSE(session_.Left()) << "the answer is not acknowledged yet";
  Result("1", "outcome: FINISH_OUTCOME_OK");
  EXPECT_TRUE(session_.Left());
}

TEST_F(HandlerSessionTest, ManyAnswersGoOutInFramesOf64) {
  Attach();
  for (int i = 0; i < 70; ++i) Deliver(std::to_string(i), std::to_string(i));
  for (const auto& id : Begun()) Return(id);
  v1::HandlersAttachRequest frame;
  ASSERT_TRUE(session_.Fill(frame, now_));
  EXPECT_EQ(frame.items_size(), 64);
}

TEST_F(HandlerSessionTest, APingIsAnsweredWithItsNonce) {
  Attach();
  Hear("items { ping { nonce: 7 } }");
  EXPECT_EQ(Said().at(0).pong().nonce(), 7u);
}

}  // namespace
}  // namespace chathub::sdk
