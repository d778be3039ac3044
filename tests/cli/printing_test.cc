#include "hub/cli/printing.h"

#include <sstream>

#include "gtest/gtest.h"

namespace chathub::cli {
namespace {

std::string Table(const std::vector<TableRow>& rows) {
  std::ostringstream out;
  PrintTable(out, rows);
  return out.str();
}

TEST(PrintingTest, ColumnsAlignAndNoLineEndsWithSpaces) {
  EXPECT_EQ(Table({{"A", "B", "C"}, {"long", "", "c"}, {"x", "y", ""}}),
            "A     B  C\n"
            "long     c\n"
            "x     y\n");
}

TEST(PrintingTest, RowsMayBeShorterThanOthers) {
  EXPECT_EQ(Table({{"a"}, {"b", "c"}, {}}), "a\nb  c\n\n");
  EXPECT_EQ(Table({}), "");
}

TEST(PrintingTest, ALetterOfSeveralBytesIsOneWide) {
  EXPECT_EQ(Table({{"ä", "b"}, {"a", "b"}}), "ä  b\na  b\n");
}

TEST(PrintingTest, WhatWouldMoveTheCursorIsShownInstead) {
  EXPECT_EQ(Shown("a\x1b[2J\r\n"), "a\\x1b[2J\\x0d\\x0a");
}

}  // namespace
}  // namespace chathub::cli
