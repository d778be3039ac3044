// So many per second, and some saved up.
#include "hub/base/budget.h"

#include <gtest/gtest.h>

namespace chathub {
namespace {

constexpr TimePoint kStart;

TEST(BudgetTest, WhatIsSpentComesBackWithTime) {
  Budget budget(10, 10, kStart);
  EXPECT_EQ(budget.Spend(kStart, 10), Milliseconds(0));
  EXPECT_EQ(budget.Spend(kStart), Milliseconds(100));
  EXPECT_EQ(budget.Spend(kStart + Milliseconds(200)), Milliseconds(0));
}

TEST(BudgetTest, WhoSpendsALotAtOnceWaitsForAllOfIt) {
  Budget budget(10, 10, kStart);
  EXPECT_EQ(budget.Spend(kStart, 30), Milliseconds(2000));
  EXPECT_EQ(budget.Spend(kStart + Milliseconds(2000)), Milliseconds(100));
}

TEST(BudgetTest, NoMoreIsSavedUpThanMayBe) {
  Budget budget(10, 3, kStart);
  const TimePoint later = kStart + Milliseconds(60'000);
  EXPECT_EQ(budget.Spend(later, 3), Milliseconds(0));
  EXPECT_EQ(budget.Spend(later), Milliseconds(100));
  budget.Earn(1'000);
  EXPECT_EQ(budget.Spend(later, 4), Milliseconds(100));
}

TEST(BudgetTest, WhatIsEarnedIsNotWaitedFor) {
  Budget budget(10, 3, kStart);
  EXPECT_EQ(budget.Spend(kStart, 3), Milliseconds(0));
  budget.Earn(2);
  EXPECT_EQ(budget.Spend(kStart, 2), Milliseconds(0));
  EXPECT_EQ(budget.Spend(kStart), Milliseconds(100));
}

TEST(BudgetTest, WhatIsSavedUpIsSpentWithoutTheClock) {
  Budget budget(10, 3, kStart);
  EXPECT_TRUE(budget.SpendSaved(2));
  EXPECT_FALSE(budget.SpendSaved(2));
  EXPECT_TRUE(budget.SpendSaved(1));
  EXPECT_EQ(budget.Spend(kStart), Milliseconds(100));
}

}  // namespace
}  // namespace chathub
