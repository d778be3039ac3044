#include "hub/core/plain_text.h"

#include <google/protobuf/text_format.h>

#include "gtest/gtest.h"

namespace chathub {
namespace {

std::string PlainTextOf(std::string_view text) {
  v1::Content content;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &content));
  return PlainText(content);
}

TEST(PlainTextTest, TheTextIsTakenWhereThereIsOne) {
  EXPECT_EQ(PlainTextOf(R"pb(text: "hello"
                             blocks { divider {} })pb"),
            "hello");
  EXPECT_EQ(PlainTextOf(""), "");
}

TEST(PlainTextTest, BlocksBecomeLines) {
  EXPECT_EQ(PlainTextOf(R"pb(
              blocks {
                heading {
                  level: 1
                  spans { text: "Dice" }
                }
              }
              blocks {
                paragraph {
                  spans { text: "roll " }
                  spans { text: "2d6" code: true }
                }
              }
              blocks { divider {} }
              blocks { code { text: "a\n  b\n" language: "cc" } }
              blocks {}
            )pb"),
            "Dice\nroll 2d6\n---\na\n  b");
}

TEST(PlainTextTest, ListsHaveMarksAndWhatIsInsideStandsBelow) {
  EXPECT_EQ(PlainTextOf(R"pb(
              blocks {
                list {
                  ordered: true
                  items {
                    blocks { paragraph { spans { text: "one" } } }
                    blocks {
                      list {
                        items { blocks { paragraph { spans { text: "a" } } } }
                        items { blocks { paragraph { spans { text: "b" } } } }
                      }
                    }
                  }
                  items { blocks { paragraph { spans { text: "two" } } } }
                }
              })pb"),
            "1. one\n   - a\n   - b\n2. two");
}

TEST(PlainTextTest, EveryLineOfAQuoteIsMarked) {
  EXPECT_EQ(PlainTextOf(R"pb(
              blocks {
                quote {
                  blocks { paragraph { spans { text: "a\nb" } } }
                  blocks { quote { blocks { paragraph { spans { text: "c" } } } } }
                }
              })pb"),
            "> a\n> b\n> > c");
}

TEST(PlainTextTest, TablesHaveOneLineForEachRow) {
  EXPECT_EQ(PlainTextOf(R"pb(
              blocks {
                table {
                  header {
                    cells { spans { text: "name" } }
                    cells { spans { text: "karma" } }
                  }
                  rows {
                    cells { spans { text: "alice" } }
                    cells { spans { text: "3" } }
                  }
                  rows { cells { spans { text: "bob" } } }
                }
              })pb"),
            "name | karma\nalice | 3\nbob");
}

TEST(PlainTextTest, NobodyBuriesTheHubInQuotes) {
  v1::Content content;
  v1::Block* block = content.add_blocks();
  for (int depth = 0; depth < 5000; ++depth) block = block->mutable_quote()->add_blocks();
  block->mutable_paragraph()->add_spans()->set_text("deep");
  const std::string text = PlainText(content);
  EXPECT_EQ(text.find("deep"), std::string::npos);
  EXPECT_LT(text.size(), 200u);
}

TEST(PlainTextTest, NobodyBlowsUpATextWithMarks) {
  v1::Content content;
  v1::Block* block = content.add_blocks();
  for (int depth = 0; depth < kDeepestBlock - 1; ++depth)
    block = block->mutable_quote()->add_blocks();
  block->mutable_paragraph()->add_spans()->set_text(std::string(10000, '\n'));
  EXPECT_EQ(PlainText(content).size(), kLongestMadeText);
}

}  // namespace
}  // namespace chathub
