#include "adapters/shell/rendering.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace chathub::shell {
namespace {

std::optional<std::string> Shown(const std::string& text) {
  v1::Action action;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &action)) << text;
  return TextOf(action);
}

TEST(RenderingTest, EveryActionThatCanBeSeenIsShown) {
  EXPECT_EQ(Shown("send { content { text: 'hello' } }"), "hello");
  EXPECT_EQ(Shown("edit { target { platform_id: 'p' } content { text: 'new' } }"), "(edited) new");
  EXPECT_EQ(Shown("react { emoji: '+1' }"), "(reacted with +1)");
  EXPECT_EQ(Shown("react { emoji: '+1' remove: true }"), "(took back +1)");
  EXPECT_EQ(Shown("delete { }"), "(deleted a message)");
  EXPECT_EQ(Shown("typing { }"), std::nullopt);
}

TEST(RenderingTest, BlocksAreShownAsText) {
  EXPECT_EQ(Shown("send { content { blocks { paragraph { spans { text: 'hi' bold: true } } } } }"),
            "hi");
}

TEST(RenderingTest, AReplyIsOneLineWhateverIsInIt) {
  EXPECT_EQ(OneLine("a\nb"), "a\\nb");
  EXPECT_EQ(OneLine("a\r\n\tb"), "a\\r\\n\\tb");
  EXPECT_EQ(OneLine(std::string_view("a\0b", 3)), "a\\x00b");
  EXPECT_EQ(OneLine("\x1b[2J\x7f"), "\\x1b[2J\\x7f");
  EXPECT_EQ(OneLine("\xc2\x9b\xe2\x80\xa8\xe2\x80\xa9"),
            "\\xc2\\x9b\\xe2\\x80\\xa8\\xe2\\x80\\xa9");
}

TEST(RenderingTest, TextStaysAsItIs) {
  const std::string text = "back\\slash \xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80";
  EXPECT_EQ(OneLine(text), text);
}

TEST(RenderingTest, ATerminalGetsItsLineEndsButNoEscapes) {
  EXPECT_EQ(Printable("a\nb\x1b[2J"), "a\nb\\x1b[2J");
}

}  // namespace
}  // namespace chathub::shell
