#include "hub/engine/ended_ids.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace chathub {
namespace {

using std::chrono::seconds;

const TimePoint kNow = TimePoint(std::chrono::hours(1));

Fingerprint Id(int number) { return FingerprintOf(std::to_string(number)); }

TEST(EndedIdsTest, AnIdIsKnownUntilItsTimeIsOver) {
  EndedIds ids(10);
  ids.Add(Id(1), kNow + seconds(60));
  EXPECT_TRUE(ids.Contains(Id(1), kNow + seconds(60)));
  EXPECT_FALSE(ids.Contains(Id(1), kNow + seconds(61)));
  EXPECT_FALSE(ids.Contains(Id(2), kNow));
}

TEST(EndedIdsTest, TheLongerOfTwoTimesCounts) {
  EndedIds ids(10);
  ids.Add(Id(1), kNow + seconds(60));
  ids.Add(Id(1), kNow + seconds(90));
  ids.Add(Id(1), kNow + seconds(30));
  EXPECT_TRUE(ids.Forget(kNow + seconds(75)).empty());
  EXPECT_TRUE(ids.Contains(Id(1), kNow + seconds(90)));
}

TEST(EndedIdsTest, WhoseTimeWasMadeLongerIsForgottenWhenThatIsOver) {
  EndedIds ids(10);
  ids.Add(Id(1), kNow + seconds(60));
  ids.Add(Id(1), kNow + seconds(90));
  ids.SetRow(Id(1), 7);
  EXPECT_TRUE(ids.Forget(kNow + seconds(75)).empty());
  EXPECT_EQ(ids.Forget(kNow + seconds(92)), (std::vector<std::uint64_t>{7}));
  EXPECT_FALSE(ids.Contains(Id(1), kNow));
}

TEST(EndedIdsTest, WhateverComesAndGoesExactlyThoseAreKnownWhoseTimeIsNotOver) {
  std::mt19937 random(1);
  EndedIds ids(1'000);
  std::vector<TimePoint> until(500, TimePoint::min());
  for (TimePoint now = kNow; now < kNow + seconds(300); now += seconds(1)) {
    for (int i = 0; i < 50; ++i) {
      const std::size_t number = random() % until.size();
      const TimePoint end = now + seconds(random() % 20);
      ids.Add(Id(static_cast<int>(number)), end);
      until[number] = std::max(until[number], end);
    }
    ids.Forget(now);
    for (std::size_t number = 0; number < until.size(); ++number) {
      ASSERT_EQ(ids.Contains(Id(static_cast<int>(number)), now), until[number] >= now) << number;
    }
  }
}

TEST(EndedIdsTest, BeyondTheMostThoseGoWhoseTimeIsOverFirst) {
  EndedIds ids(3);
  for (const int number : {5, 1, 4, 2, 3}) ids.Add(Id(number), kNow + seconds(60 + number));
  for (const int number : {1, 2}) EXPECT_FALSE(ids.Contains(Id(number), kNow)) << number;
  for (const int number : {3, 4, 5}) EXPECT_TRUE(ids.Contains(Id(number), kNow)) << number;
}

TEST(EndedIdsTest, TheRowsOfWhatIsForgottenAreToldOnce) {
  EndedIds ids(10);
  ids.Add(Id(1), kNow + seconds(60));
  ids.Add(Id(2), kNow + seconds(90));
  ids.SetRow(Id(1), 7);
  ids.SetRow(Id(2), 8);
  EXPECT_TRUE(ids.Forget(kNow + seconds(60)).empty());
  EXPECT_EQ(ids.Forget(kNow + seconds(62)), (std::vector<std::uint64_t>{7}));
  EXPECT_TRUE(ids.Forget(kNow + seconds(62)).empty());
  EXPECT_TRUE(ids.Contains(Id(2), kNow + seconds(62)));
}

TEST(EndedIdsTest, ARowThatComesTooLateOrIsReplacedIsToldToo) {
  EndedIds ids(10);
  ids.SetRow(Id(1), 7);
  ids.Add(Id(2), kNow + seconds(60));
  ids.SetRow(Id(2), 8);
  ids.SetRow(Id(2), 9);
  EXPECT_EQ(ids.Forget(kNow), (std::vector<std::uint64_t>{7, 8}));
}

}  // namespace
}  // namespace chathub
