#include "hub/engine/ended_ids.h"

#include <cstdint>
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
