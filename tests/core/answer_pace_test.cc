// How fast a handler is heard that answers far more than it is asked.
#include "hub/core/answer_pace.h"

#include <gtest/gtest.h>

namespace chathub {
namespace {

constexpr TimePoint kStart;
constexpr Milliseconds kNone{0};

v1::HandlerItem Say(int actions = 1) {
  v1::HandlerItem item;
  item.mutable_say();
  for (int i = 0; i < actions; ++i) item.mutable_say()->add_actions();
  return item;
}

v1::HandlerItem Finish(int actions = 1) {
  v1::HandlerItem item;
  item.mutable_finish();
  for (int i = 0; i < actions; ++i) item.mutable_finish()->add_actions();
  return item;
}

class AnswerPaceTest : public testing::Test {
 protected:
  void SpendAllThatIsSaved() {
    for (int i = 0; i < AnswerPace::kMostAtOnce; ++i) ASSERT_EQ(pace.Wait(Say(), kStart), kNone);
  }

  AnswerPace pace{kStart};
};

TEST_F(AnswerPaceTest, WhoAnswersWhatItIsAskedNeverWaits) {
  for (int i = 0; i < 100'000; ++i) {
    for (int part = 1; part < AnswerPace::kForEachDelivery; ++part) {
      ASSERT_EQ(pace.Wait(Say(), kStart), kNone);
    }
    ASSERT_EQ(pace.Wait(Finish(), kStart), kNone);
  }
}

TEST_F(AnswerPaceTest, WhatIsMoreIsSpreadOverTime) {
  SpendAllThatIsSaved();
  TimePoint now = kStart;
  int waits = 0;
  for (int i = 0; i < AnswerPace::kPerSecond; ++i) {
    const Milliseconds wait = pace.Wait(Say(), now);
    waits += wait > kNone;
    now += wait;
  }
  EXPECT_GE(now - kStart, Milliseconds(1'000) - AnswerPace::kShortestWait);
  EXPECT_LE(now - kStart, Milliseconds(1'000) + AnswerPace::kShortestWait);
  EXPECT_LE(waits, 100);
}

TEST_F(AnswerPaceTest, ManyActionsInOneAreMany) {
  SpendAllThatIsSaved();
  EXPECT_EQ(pace.Wait(Say(100), kStart), Milliseconds(100));
  EXPECT_EQ(pace.Wait(Finish(116), kStart + Milliseconds(100)), Milliseconds(100));
}

TEST_F(AnswerPaceTest, WhatSaysNothingToTheChatCostsNothing) {
  SpendAllThatIsSaved();
  v1::HandlerItem renew, pong;
  renew.mutable_renew();
  pong.mutable_pong();
  EXPECT_EQ(pace.Wait(renew, kStart), kNone);
  EXPECT_EQ(pace.Wait(pong, kStart), kNone);
  EXPECT_EQ(pace.Wait(Finish(0), kStart), kNone);
}

}  // namespace
}  // namespace chathub
