#include "hub/base/text.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(TextTest, ACutNeverSplitsACodePoint) {
  EXPECT_EQ(CutAtCodePoint("häh", 2), "h");
  EXPECT_EQ(CutAtCodePoint("häh", 3), "hä");
  EXPECT_EQ(CutAtCodePoint("häh", 99), "häh");
  EXPECT_EQ(CutAtCodePoint("😀", 3), "");
}

TEST(TextTest, FoldingTouchesAsciiOnly) { EXPECT_EQ(FoldCase("Echo ÄÖ"), "echo ÄÖ"); }

TEST(TextTest, ALogLineHoldsNoControlCharacters) {
  EXPECT_EQ(ForLog("a\nb\x1b[31m"), "a\\x0ab\\x1b[31m");
  EXPECT_EQ(ForLog("abcdef", 3), "abc...");
  EXPECT_EQ(ForLog("x " + std::string(64, 'a') + " y"), "x (a token) y");
  EXPECT_EQ(ForLog("x " + std::string(64, 'a') + " y", 40), "x (a token) y");
  EXPECT_EQ(ForLog(std::string(63, 'a')), std::string(63, 'a'));
}

TEST(TextTest, EveryTokenIsStruckOutOfALogLine) {
  const std::string token(64, 'a');
  std::string said;
  std::string logged;
  for (int i = 0; i < 5; ++i) {
    said += token + " ";
    logged += "(a token) ";
  }
  EXPECT_EQ(ForLog(said), logged);
  EXPECT_TRUE(IsUtf8(ForLog(said.substr(0, 130) + std::string(100, 'x') + "äöüäöüäöüäöüäöüäöü")));
}

TEST(TextTest, TrimTakesSpaceFromBothEnds) {
  EXPECT_EQ(TrimSpace(" \t a b \n"), "a b");
  EXPECT_EQ(TrimSpace(" \n"), "");
}

}  // namespace
}  // namespace chathub
