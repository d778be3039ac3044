#include "adapters/irc/text.h"

#include <gtest/gtest.h>

#include "adapters/irc/splitter.h"

namespace chathub::irc {
namespace {

TEST(FromBytesTest, Utf8StaysAsItIs) {
  for (const std::string text : {"", "plain", "Grüße", "€", "日本語", "👍", "\x7f"}) {
    EXPECT_EQ(FromBytes(text), text);
  }
}

TEST(FromBytesTest, WhatIsNoUtf8IsWindows1252) {
  EXPECT_EQ(FromBytes("Gr\xfc\xdf"
                      "e"),
            "Grüße");
  EXPECT_EQ(FromBytes("\x80 5 \x93x\x94"), "€ 5 “x”");
  EXPECT_EQ(FromBytes("caf\xe9"), "café");
  // Overlong, a surrogate, beyond the last code point.
  EXPECT_EQ(FromBytes("\xc0\xaf!"), "À¯!");
  EXPECT_EQ(FromBytes("\xed\xa0\x80!"), "í\u00a0€!");
  EXPECT_EQ(FromBytes("\xf4\x90\x80\x80!"), "ô\u0090€€!");
}

TEST(FromBytesTest, ACodePointThatAnotherClientCutIsLeftOut) {
  EXPECT_EQ(FromBytes("Grüße \xe2\x82"), "Grüße ");
  EXPECT_EQ(FromBytes("日本\xe8"), "日本");
}

TEST(WithoutFormattingTest, ControlCodesAreNoText) {
  EXPECT_EQ(WithoutFormatting("\x02"
                              "bold\x0f \x1ditalic\x1d \x1funder"),
            "bold italic under");
  EXPECT_EQ(WithoutFormatting("\x03"
                              "04,12red\x03 plain \x03"
                              "4x \x03"
                              "4,y"),
            "red plain x ,y");
  EXPECT_EQ(WithoutFormatting("\x04"
                              "ff0000red"),
            "red");
  EXPECT_EQ(WithoutFormatting("\x03"), "");
}

TEST(OneLineTest, NothingBreaksOutOfALine) {
  EXPECT_EQ(OneLine(std::string_view("a\rb\0c\x01"
                                     "d\te",
                                     9)),
            "abcd e");
}

TEST(SplitTest, PiecesFitAndGiveTheTextAgain) {
  const std::string text = "Grüße an 日本語 und 👍👍👍 sowie eineinziglangeswortohneende";
  for (std::size_t most = 4; most < text.size() + 2; ++most) {
    std::string again;
    for (const std::string& piece : Split(text, most)) {
      EXPECT_LE(piece.size(), most);
      EXPECT_NE(static_cast<unsigned char>(piece.front()) & 0xc0, 0x80) << most;
      again += piece;
    }
    EXPECT_EQ(again, text);
  }
}

TEST(SplitTest, CutsBehindASpaceIfOneIsNear) {
  EXPECT_EQ(Split("one two three", 8), (std::vector<std::string>{"one two ", "three"}));
  EXPECT_EQ(Split("a bcdefghijkl", 8), (std::vector<std::string>{"a bcdefg", "hijkl"}));
  EXPECT_TRUE(Split("", 8).empty());
}

}  // namespace
}  // namespace chathub::irc
