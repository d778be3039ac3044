#include "handlers/karma/tally.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(TallyTest, ANameIsTheSameInUpperAndLowerCaseAndFitsAKey) {
  EXPECT_EQ(TallyKey("Alice"), TallyKey("aLICE"));
  EXPECT_NE(TallyKey("alice"), TallyKey("bob"));
  EXPECT_LE(TallyKey(std::string(1000, 'x')).size(), 512u);
}

TEST(TallyTest, WhatIsNoNumberCountsAsNone) {
  EXPECT_EQ(CountIn("-3"), -3);
  EXPECT_EQ(CountIn(""), 0);
  EXPECT_EQ(CountIn("many"), 0);
}

TEST(TallyTest, TheBestAreTheHighestAndThenByName) {
  std::vector<StoreEntry> tallies;
  for (const auto& [name, count] :
       {std::pair{"bo", "2"}, {"al", "2"}, {"cy", "-1"}, {"di", "10"}}) {
    tallies.push_back({.key = TallyKey(name), .value = count});
  }
  EXPECT_EQ(BestOf(tallies, 3), "di: 10\nal: 2\nbo: 2");
  EXPECT_EQ(BestOf({}, 3), "");
}

}  // namespace
}  // namespace chathub
