#include <gtest/gtest.h>

#include "handlers/help/page.h"

namespace chathub {
namespace {

TEST(HelpPageTest, RoutesAreSortedAndHiddenOnesLeftOut) {
  EXPECT_EQ(HelpPage({{.usage = "roll NdM", .description = "Rolls dice."},
                      {.usage = "secret", .hidden = true},
                      {.usage = "echo TEXT", .description = "Says TEXT again."}},
                     ""),
            "echo TEXT - Says TEXT again.\nroll NdM - Rolls dice.");
}

TEST(HelpPageTest, WithoutAUsageTheTriggerIsShownAndWithoutBothNothing) {
  EXPECT_EQ(HelpPage({{.trigger = "ping"}, {.id = "joined"}}, ""), "ping");
}

TEST(HelpPageTest, NothingFoundIsSaid) {
  EXPECT_EQ(HelpPage({}, "dice"), "Nothing here has to do with \"dice\".");
  EXPECT_NE(HelpPage({}, ""), "");
}

}  // namespace
}  // namespace chathub
