#include "handlers/remind/wish.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

using std::chrono::seconds;

seconds TimeIn(const char* text) {
  const auto wish = ParseWish(text);
  return wish.has_value() ? wish->in : seconds(-1);
}

TEST(WishTest, ATimeAndWhatItIsAboutAreRead) {
  const auto wish = ParseWish("me in 2s to stretch  a bit");
  ASSERT_TRUE(wish.has_value());
  EXPECT_EQ(wish->in, seconds(2));
  EXPECT_EQ(wish->what, "stretch  a bit");
}

TEST(WishTest, UnitsMayBeSpeltOut) {
  EXPECT_EQ(TimeIn("me in 3 minutes to eat"), seconds(180));
  EXPECT_EQ(TimeIn("me in 1 day to eat"), seconds(86400));
  EXPECT_EQ(TimeIn("me in 2hours to eat"), seconds(7200));
  EXPECT_EQ(TimeIn("me in 5 secs to eat"), seconds(5));
}

TEST(WishTest, SeveralTimesAddUp) { EXPECT_EQ(TimeIn("me in 1h 30m to eat"), seconds(5400)); }

TEST(WishTest, AToInWhatItIsAboutStaysThere) {
  EXPECT_EQ(ParseWish("me in 2s to go to bed")->what, "go to bed");
}

TEST(WishTest, WhatIsNoWishIsNone) {
  for (const char* text :
       {"", "me", "me in", "me in to eat", "me in 2 to eat", "me in 2x to eat", "me in 0s to eat",
        "me in -2s to eat", "me in 2s", "me in 2s to", "me in 2s to ", "you in 2s to eat",
        "me in 400 days to eat", "me in 9999999999999s to eat", "me in 2s eat", "mein 2s to eat"}) {
    EXPECT_FALSE(ParseWish(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace chathub
