#include "hub/base/wakefulness.h"

#include <gtest/gtest.h>

namespace chathub {
namespace {

constexpr auto kSoon = Wakefulness::kShort / 2;
constexpr auto kLater = Wakefulness::kShort * 2;

TEST(WakefulnessTest, WhoHasWaitedForLittleSleeps) {
  Wakefulness wakefulness;
  EXPECT_FALSE(wakefulness.awake());
  for (int i = 0; i < 4; ++i) wakefulness.Waited(kSoon);
  EXPECT_FALSE(wakefulness.awake());
}

TEST(WakefulnessTest, ShortWaitsKeepAwakeAndOneLongOneDoesNotTire) {
  Wakefulness wakefulness;
  for (int i = 0; i < 100; ++i) wakefulness.Waited(kSoon);
  EXPECT_TRUE(wakefulness.awake());
  wakefulness.Waited(kLater);
  EXPECT_TRUE(wakefulness.awake());
}

TEST(WakefulnessTest, AFewLongWaitsTireHoweverMuchWasDoneBefore) {
  Wakefulness wakefulness;
  for (int i = 0; i < 1'000'000; ++i) wakefulness.Waited(kSoon);
  for (int i = 0; i < 4; ++i) wakefulness.Waited(kLater);
  EXPECT_FALSE(wakefulness.awake());
}

TEST(WakefulnessTest, WhereLongWaitsAreMoreThanShortOnesNothingIsSpent) {
  Wakefulness wakefulness;
  for (int i = 0; i < 1'000; ++i) {
    wakefulness.Waited(i % 5 < 2 ? kSoon : kLater);
    EXPECT_FALSE(wakefulness.awake());
  }
}

}  // namespace
}  // namespace chathub
