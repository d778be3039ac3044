#include "handlers/karma/karma.h"

#include "chathub/testing.h"
#include "gtest/gtest.h"
#include "handlers/karma/tally.h"

namespace chathub {
namespace {

using Texts = std::vector<std::string>;

TEST(KarmaTest, PraiseIsCountedForWhomeverSaysIt) {
  HandlerTest test(AddKarma, "karma");
  EXPECT_EQ(test.Say("karma alice"), Texts{"alice: 0"});
  EXPECT_EQ(test.Say("alice++", {.room = "lab"}), Texts{"alice: 1"});
  EXPECT_EQ(test.Say("@Alice++", {.user = "bob"}), Texts{"Alice: 2"});
  EXPECT_EQ(test.Say("well, alice++", {.room = "lab"}), Texts{});
  EXPECT_EQ(test.Stored(TallyKey("alice")), "2");
}

TEST(KarmaTest, TheBestAreListed) {
  HandlerTest test(AddKarma, "karma");
  EXPECT_EQ(test.Say("karma best"), Texts{"nobody was praised yet"});
  test.Put(TallyKey("alice"), "7");
  test.Say("bob--");
  EXPECT_EQ(test.Say("karma best"), Texts{"alice: 7\nbob: -1"});
}

}  // namespace
}  // namespace chathub
