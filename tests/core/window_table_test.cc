#include "hub/core/routing/window_table.h"

#include <algorithm>
#include <random>

#include "gtest/gtest.h"

namespace chathub {
namespace {

using Numbers = std::vector<std::uint32_t>;

Numbers FindIn(const std::vector<std::string>& words, std::string text) {
  std::vector<Window> windows;
  for (const std::string& word : words) windows.push_back(MakeWindow(word));
  const std::string before = text;
  const Numbers found = WindowTable(windows).Find(text);
  EXPECT_EQ(text, before);
  return found;
}

TEST(WindowTableTest, EveryWidthIsFoundAtTheBeginningAndAtTheEnd) {
  const std::vector<std::string> words = {"ab", "abc", "abcd", "abcdefgh", "fgh"};
  EXPECT_EQ(FindIn(words, "abcdefgh"), (Numbers{0, 1, 2, 3, 4}));
  EXPECT_EQ(FindIn(words, "xxabcdefg"), (Numbers{0, 1, 2}));
  EXPECT_EQ(FindIn(words, "xab"), (Numbers{0}));
  EXPECT_EQ(FindIn(words, "xa"), Numbers{});
  EXPECT_EQ(FindIn(words, ""), Numbers{});
}

TEST(WindowTableTest, WhatOccursOftenIsFoundOnce) {
  EXPECT_EQ(FindIn({"aa", "bb"}, "aaaaabbaa"), (Numbers{0, 1}));
}

TEST(WindowTableTest, NothingIsFoundInNothing) { EXPECT_EQ(FindIn({}, "some text"), Numbers{}); }

TEST(WindowTableTest, ZerosInATextAreNoEndOfIt) {
  const std::string text("ab\0\0cd\0abcdefgh", 15);
  EXPECT_EQ(FindIn({"ab", "cd", "bcde"}, text), (Numbers{0, 1, 2}));
}

TEST(WindowTableTest, WindowsThatShareTheirRarestPartAreToldApart) {
  const std::vector<std::string> words = {"xabcd", "yabcd", "abcdx", "abcd", "abcdefg"};
  EXPECT_EQ(FindIn(words, "yabcdx"), (Numbers{1, 2, 3}));
  EXPECT_EQ(FindIn(words, "abcdefg"), (Numbers{3, 4}));
}

TEST(WindowTableTest, ThousandsOfWindowsAreFoundJustWhereTheyAre) {
  std::mt19937 random(1);
  const auto letters = [&random](std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += static_cast<char>('a' + random() % 4);
    return text;
  };
  std::vector<std::string> words;
  for (int i = 0; i < 5000; ++i) words.push_back(letters(2 + random() % 7));
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (int i = 0; i < 20; ++i) {
    const std::string text = letters(100);
    Numbers expected;
    for (std::uint32_t n = 0; n < words.size(); ++n) {
      if (text.find(words[n]) != std::string::npos) expected.push_back(n);
    }
    EXPECT_EQ(FindIn(words, text), expected) << text;
  }
}

}  // namespace
}  // namespace chathub
