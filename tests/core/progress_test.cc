#include "hub/core/mailboxes/progress.h"

#include <memory>

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(ProgressTest, AcceptedNeverPassesAnOpenEvent) {
  const auto progress = std::make_shared<Progress>(0, "");
  auto first = progress->Begin("");
  auto second = progress->Begin("");
  second.unkept.reset();
  EXPECT_EQ(progress->accepted(), 0u);
  first.unkept.reset();
  EXPECT_EQ(progress->accepted(), 2u);
  EXPECT_EQ(progress->settled(), 0u);
}

TEST(ProgressTest, ADutyWithTwoHoldersEndsWithTheSecond) {
  const auto progress = std::make_shared<Progress>(0, "");
  auto duties = progress->Begin("");
  Duty other = duties.unkept;
  duties.unkept.reset();
  EXPECT_EQ(progress->accepted(), 0u);
  other.reset();
  EXPECT_EQ(progress->accepted(), 1u);
}

TEST(ProgressTest, AnEventIsUnderWayUntilItIsSettled) {
  const auto progress = std::make_shared<Progress>(7, "");
  EXPECT_EQ(progress->unsettled(), 0u);
  auto first = progress->Begin("");
  auto second = progress->Begin("");
  EXPECT_EQ(progress->unsettled(), 2u);
  first = {};
  EXPECT_EQ(progress->unsettled(), 1u);
  second.unkept.reset();
  EXPECT_EQ(progress->unsettled(), 1u);
  second = {};
  EXPECT_EQ(progress->unsettled(), 0u);
}

TEST(ProgressTest, TheCursorIsThatOfTheLastAcceptedEvent) {
  const auto progress = std::make_shared<Progress>(0, "start");
  auto first = progress->Begin("one");
  auto second = progress->Begin("");
  auto third = progress->Begin("three");
  EXPECT_EQ(progress->cursor(), "start");
  first.unkept.reset();
  second.unkept.reset();
  EXPECT_EQ(progress->cursor(), "one");
  third.unkept.reset();
  EXPECT_EQ(progress->cursor(), "three");
}

TEST(ProgressTest, AGapBehindAnOpenEventWaitsForIt) {
  const auto progress = std::make_shared<Progress>(10, "");
  auto open = progress->Begin("");
  progress->SkipTo(20);
  EXPECT_EQ(progress->next(), 21u);
  EXPECT_EQ(progress->accepted(), 10u);
  open.unkept.reset();
  EXPECT_EQ(progress->accepted(), 20u);
}

TEST(ProgressTest, DutiesMayOutliveEverybodyElse) {
  Progress::Duties duties;
  {
    const auto progress = std::make_shared<Progress>(0, "");
    duties = progress->Begin("");
  }
  duties = {};
}

}  // namespace
}  // namespace chathub
