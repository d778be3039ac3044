// The engine can keep nothing: nothing is accepted, nobody dies of it, and all goes on afterwards.
#include <memory>
#include <string>
#include <vector>

#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Fails = FailingEngine::Fails;
using Texts = std::vector<std::string>;

class CommitFailureTest : public SmallHub {
 protected:
  void Fail(Fails fails) { engine_.FailFromNowOn(fails); }
  void Heal() { engine_.FailFromNowOn(Fails::kNothing); }
};

TEST_F(CommitFailureTest, AnEventThatCannotBeKeptIsNotAcceptedAndItsStreamEndsUnavailable) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Fail(Fails::kGrowth);
  Text("karma alice");
  EXPECT_EQ(adapter_.accepted, 0u);
  ASSERT_TRUE(adapter_.closed.has_value());
  EXPECT_EQ(adapter_.closed->code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(karma.deliveries.size(), 0u);
}

TEST_F(CommitFailureTest, TheEventIsTakenWhenItComesAgainAfterwards) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Fail(Fails::kGrowth);
  Text("karma alice");
  adapter_.Hangup();
  Heal();
  FakeAdapter again(hub_);
  again.Hello();
  again.Text("karma alice");
  loop_.Run();
  EXPECT_EQ(karma.Texts(), (Texts{"karma alice"}));
  loop_.Advance(Ms(200));
  EXPECT_EQ(again.accepted, 1u);
}

TEST_F(CommitFailureTest, AMessageForNobodyIsAcceptedAllTheSame) {
  Fail(Fails::kGrowth);
  Text("hello there");
  EXPECT_FALSE(adapter_.closed.has_value());
}

TEST_F(CommitFailureTest, AFinishIsRefusedAndItsDeliveryStaysOpen) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Text("karma alice");
  ASSERT_EQ(karma.deliveries.size(), 1u);
  Fail(Fails::kGrowth);
  karma.Finish(karma.deliveries[0], "alice: 1");
  loop_.Run();
  ASSERT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_REFUSED);
  EXPECT_EQ(karma.results.back().problem().reason(), v1::REASON_GOING_AWAY);
  EXPECT_EQ(adapter_.Texts(), Texts{});
  Heal();
  karma.Finish(karma.deliveries[0], "alice: 1");
  loop_.Run();
  EXPECT_EQ(karma.LastOutcome(), v1::FINISH_OUTCOME_OK);
  EXPECT_EQ(adapter_.Texts(), (Texts{"alice: 1"}));
}

TEST_F(CommitFailureTest, AnOrderThatIsDoneMeanwhileIsNotSaidAgain) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Text("karma alice");
  karma.Finish(karma.deliveries[0], "alice: 1");
  loop_.Run();
  Fail(Fails::kAll);
  adapter_.DoneAll();
  loop_.Advance(Ms(5'000));
  Heal();
  loop_.Advance(Ms(5'000));
  EXPECT_EQ(adapter_.Texts(), Texts{});
  EXPECT_EQ(engine_.Mailboxes(), Texts{}) << "the order has not ended";
}

TEST_F(CommitFailureTest, ADeliveryThatRunsOutOfTimeMeanwhileIsEndedAfterwards) {
  FakeHandler& karma = Attach("karma", Word("karma"));
  Text("karma alice");
  Fail(Fails::kAll);
  for (int i = 0; i < 40; ++i) {
    karma.Renew(karma.deliveries[0]);
    loop_.Advance(Ms(1'000));
  }
  EXPECT_EQ(adapter_.Texts(), Texts{});
  Heal();
  loop_.Advance(Ms(5'000));
  EXPECT_EQ(adapter_.Texts(), (Texts{"karma did not answer in time"}));
  adapter_.DoneAll();
  EXPECT_EQ(engine_.Mailboxes(), Texts{});
}

TEST_F(CommitFailureTest, ADeliveryThatDiesMeanwhileIsBuriedAfterwards) {
  FakeHandler& karma = Attach("karma", Word("karma", "max_age { seconds: 10 }"));
  karma.Hangup();
  loop_.Advance(Ms(2'000));
  Text("karma alice");
  Fail(Fails::kGrowth);
  loop_.Advance(Ms(20'000));
  EXPECT_EQ(engine_.List("hub.dead", "", "", 10).size(), 0u);
  Heal();
  loop_.Advance(Ms(5'000));
  EXPECT_EQ(engine_.List("hub.dead", "", "", 10).size(), 1u);
}

TEST_F(CommitFailureTest, TheStatusSaysWhy) {
  Fail(Fails::kGrowth);
  ASSERT_EQ(hub_.GetStatus().troubles_size(), 1);
  EXPECT_NE(hub_.GetStatus().troubles(0).find("nothing can be kept"), std::string::npos);
  Heal();
  EXPECT_EQ(hub_.GetStatus().troubles_size(), 0);
}

}  // namespace
}  // namespace chathub
