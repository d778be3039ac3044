#include "hub/core/routing/literal_index.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

using Positions = std::vector<std::uint32_t>;

Positions Find(const std::vector<Literals>& patterns, std::string_view text) {
  std::vector<const Literals*> pointers;
  for (const Literals& literals : patterns) pointers.push_back(&literals);
  return LiteralIndex(pointers).FindCandidates(text);
}

TEST(LiteralIndexTest, APatternIsACandidateWhereAllItNeedsOccurs) {
  const std::vector<Literals> patterns = {{{"deploy", "prod"}, {}}, {{"deploy", "test"}, {}}};
  EXPECT_EQ(Find(patterns, "please DEPLOY to prod"), Positions{0});
  EXPECT_EQ(Find(patterns, "deploy test, then prod"), (Positions{0, 1}));
  EXPECT_EQ(Find(patterns, "deploy"), Positions{});
  EXPECT_EQ(Find(patterns, "prod"), Positions{});
}

TEST(LiteralIndexTest, OneOfTheAlternativesIsEnoughAndTwoAreOneCandidate) {
  const std::vector<Literals> patterns = {{{}, {"foo", "barbarbar"}}};
  EXPECT_EQ(Find(patterns, "a foo"), Positions{0});
  EXPECT_EQ(Find(patterns, "barbarbar foo"), Positions{0});
  EXPECT_EQ(Find(patterns, "a fo o"), Positions{});
}

TEST(LiteralIndexTest, LiteralsThatLookAlikeAreToldApartByWhatIsRareInThem) {
  std::vector<Literals> patterns;
  for (int i = 100; i < 1000; ++i) patterns.push_back({{"command" + std::to_string(i)}, {}});
  EXPECT_EQ(Find(patterns, "run command417 now"), Positions{317});
}

TEST(LiteralIndexTest, ManyMayNeedTheSame) {
  const std::vector<Literals> patterns(3, Literals{{"karma"}, {}});
  EXPECT_EQ(Find(patterns, "Karma++"), (Positions{0, 1, 2}));
}

TEST(LiteralIndexTest, WithoutPatternsThereAreNoCandidates) {
  EXPECT_EQ(Find({}, "text"), Positions{});
}

TEST(LiteralIndexTest, MoreLiteralsThanAreLookedAtDoNoHarm) {
  const std::vector<Literals> patterns = {{{"ab", "cd", "ef", "gh", "ij", "kl", "mn"}, {}}};
  EXPECT_EQ(Find(patterns, "ab cd ef gh ij kl mn"), Positions{0});
}

}  // namespace
}  // namespace chathub
