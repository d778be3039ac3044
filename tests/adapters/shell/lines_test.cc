#include "adapters/shell/lines.h"

#include <gtest/gtest.h>

#include <vector>

namespace chathub::shell {
namespace {

std::vector<std::string> All(Lines& lines) {
  std::vector<std::string> all;
  while (const auto line = lines.Next()) all.push_back(*line);
  return all;
}

using Texts = std::vector<std::string>;

TEST(LinesTest, ALineIsGivenOutWhenItsEndHasCome) {
  Lines lines;
  lines.Add("one\ntw");
  EXPECT_EQ(All(lines), Texts{"one"});
  lines.Add("o\nthree\n\n");
  EXPECT_EQ(All(lines), (Texts{"two", "three", ""}));
}

TEST(LinesTest, EveryCutGivesTheSameLines) {
  const std::string text = "one\r\n\ntwo \xc3\xa4\nlast";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Lines lines;
    lines.Add(text.substr(0, cut));
    Texts all = All(lines);
    lines.Add(text.substr(cut));
    lines.End();
    for (const std::string& line : All(lines)) all.push_back(line);
    EXPECT_EQ(all, (Texts{"one", "", "two \xc3\xa4", "last"})) << cut;
  }
}

TEST(LinesTest, TheEndOfTheInputIsNoEmptyLine) {
  Lines lines;
  lines.Add("one\n");
  lines.End();
  EXPECT_EQ(All(lines), Texts{"one"});
}

TEST(LinesTest, SpacesAloneAreBlank) {
  EXPECT_TRUE(IsBlank(""));
  EXPECT_TRUE(IsBlank(" \t "));
  EXPECT_FALSE(IsBlank(" x"));
}

}  // namespace
}  // namespace chathub::shell
