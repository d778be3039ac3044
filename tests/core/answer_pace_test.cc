// How fast a handler is heard that answers far more than it is asked.
#include "hub/core/answer_pace.h"

#include <gtest/gtest.h>

#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

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
    for (int i = 0; i < AnswerPace::kMostAtOnce; ++i) ASSERT_EQ(pace.Wait(Say()), kNone);
  }

  VirtualLoop loop;
  AnswerPace pace{loop};
};

TEST_F(AnswerPaceTest, WhoAnswersWhatItIsAskedNeverWaits) {
  for (int i = 0; i < 100'000; ++i) {
    for (int part = 1; part < AnswerPace::kForEachDelivery; ++part) {
      ASSERT_EQ(pace.Wait(Say()), kNone);
    }
    ASSERT_EQ(pace.Wait(Finish()), kNone);
  }
}

TEST_F(AnswerPaceTest, WhatIsMoreIsSpreadOverTime) {
  SpendAllThatIsSaved();
  const TimePoint start = loop.Now();
  int waits = 0;
  for (int i = 0; i < AnswerPace::kPerSecond; ++i) {
    const Milliseconds wait = pace.Wait(Say());
    waits += wait > kNone;
    loop.Advance(wait);
  }
  EXPECT_GE(loop.Now() - start, Milliseconds(1'000) - AnswerPace::kShortestWait);
  EXPECT_LE(loop.Now() - start, Milliseconds(1'000) + AnswerPace::kShortestWait);
  EXPECT_LE(waits, Milliseconds(1'000) / AnswerPace::kShortestWait);
}

TEST_F(AnswerPaceTest, ManyActionsInOneAreMany) {
  SpendAllThatIsSaved();
  constexpr int kForASecond = AnswerPace::kPerSecond;
  EXPECT_EQ(pace.Wait(Say(kForASecond)), Milliseconds(1'000));
  loop.Advance(Milliseconds(1'000));
  EXPECT_EQ(pace.Wait(Finish(AnswerPace::kForEachDelivery + kForASecond)), Milliseconds(1'000));
}

TEST_F(AnswerPaceTest, WhatSaysNothingToTheChatCostsNothing) {
  SpendAllThatIsSaved();
  ASSERT_GT(pace.Wait(Say()), kNone);
  v1::HandlerItem renew, pong;
  renew.mutable_renew();
  pong.mutable_pong();
  EXPECT_EQ(pace.Wait(renew), kNone);
  EXPECT_EQ(pace.Wait(pong), kNone);
  EXPECT_EQ(pace.Wait(Say(0)), kNone);
}

}  // namespace
}  // namespace chathub
