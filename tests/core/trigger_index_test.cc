#include "hub/core/routing/trigger_index.h"

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/core/route_texts.h"

namespace chathub {
namespace {

// "route handler/other (trigger)" each, or the refusal.
std::vector<std::string> Admitted(const TriggerIndex& index, const RouteSet& newcomer) {
  const auto collisions = index.Admit(newcomer);
  if (!collisions.ok()) return {std::string(collisions.status().message())};
  std::vector<std::string> lines;
  for (const v1::Collision& collision : *collisions) {
    lines.push_back(collision.route() + " " + collision.other_handler() + "/" +
                    collision.other_route() + " (" + collision.trigger() + ")");
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(TriggerIndexTest, TheSameWordOrPatternInTwoHandlersCollides) {
  TriggerIndex index;
  index.Put(SetFrom("dice", R"pb(
    routes {
      id: "roll"
      command { word: "roll" }
    }
    routes { id: "d6" pattern: "d6" }
  )pb"));
  index.Put(SetFrom("casino", "routes { id: 'r' command { word: 'ROLL' } }"));
  const auto newcomer = SetFrom("film", R"pb(
    routes {
      id: "camera"
      command { word: "Roll" }
    }
    routes { id: "p" pattern: "d6" }
    routes { id: "q" pattern: "D6" }
  )pb");
  EXPECT_EQ(Admitted(index, *newcomer),
            (Lines{"camera dice/roll (Roll)", "camera casino/r (Roll)", "p dice/d6 (d6)"}));
}

TEST(TriggerIndexTest, AWordIsNoPatternAndEventsNeverCollide) {
  TriggerIndex index;
  index.Put(SetFrom("a", R"pb(
    routes {
      id: "x"
      command { word: "abc" }
    }
    routes { id: "y" event: EVENT_KIND_JOINED }
  )pb"));
  const auto newcomer = SetFrom("b", R"pb(
    routes { id: "x" pattern: "abc" }
    routes { id: "y" event: EVENT_KIND_JOINED }
  )pb");
  EXPECT_EQ(Admitted(index, *newcomer), Lines{});
}

TEST(TriggerIndexTest, AHandlerDoesNotCollideWithWhatItReplacesButWithItself) {
  TriggerIndex index;
  index.Put(SetFrom("dice", "routes { id: 'roll' command { word: 'roll' } }"));
  EXPECT_EQ(Admitted(index, *SetFrom("dice", "routes { id: 'r' command { word: 'roll' } }")),
            Lines{});
  EXPECT_EQ(Admitted(index, *SetFrom("dice", R"pb(
                       routes {
                         id: "r"
                         command { word: "roll" }
                       }
                       routes {
                         id: "s"
                         command { word: "roll" }
                       }
                     )pb")),
            Lines{"s dice/r (roll)"});
}

TEST(TriggerIndexTest, WithAnExclusiveRouteOnEitherSideTheNewcomerIsRefusedNamingEveryCollision) {
  constexpr char kPlain[] = R"pb(
    routes {
      id: "roll"
      command { word: "roll" }
    }
    routes { id: "d6" pattern: "d6" }
  )pb";
  constexpr char kExclusive[] = R"pb(
    routes {
      id: "roll"
      command { word: "roll" }
      precedence: PRECEDENCE_EXCLUSIVE
    }
    routes { id: "d6" pattern: "d6" }
  )pb";
  for (const auto& [kept, coming] :
       {std::pair(kPlain, kExclusive), std::pair(kExclusive, kPlain)}) {
    TriggerIndex index;
    index.Put(SetFrom("dice", kept));
    const auto collisions = index.Admit(*SetFrom("casino", coming));
    ASSERT_FALSE(collisions.ok());
    EXPECT_EQ(ReasonOf(collisions.status()), Reason::kNameTaken);
    const std::string detail(collisions.status().message());
    EXPECT_NE(detail.find("route \"roll\" and dice's \"roll\" (roll)"), std::string::npos)
        << detail;
    EXPECT_NE(detail.find("route \"d6\" and dice's \"d6\" (d6)"), std::string::npos) << detail;
  }
}

TEST(TriggerIndexTest, AnExclusiveRouteThatCollidesWithNothingDisturbsNobody) {
  TriggerIndex index;
  index.Put(SetFrom("dice", "routes { id: 'r' command { word: 'roll' } }"));
  const auto newcomer = SetFrom("x", R"pb(
    routes {
      id: "r"
      command { word: "roll" }
    }
    routes {
      id: "s"
      command { word: "spin" }
      precedence: PRECEDENCE_EXCLUSIVE
    }
  )pb");
  EXPECT_EQ(Admitted(index, *newcomer), Lines{"r dice/r (roll)"});
}

TEST(TriggerIndexTest, WhatIsReplacedOrRemovedCollidesNoMore) {
  TriggerIndex index;
  const auto newcomer = SetFrom("x", "routes { id: 'r' command { word: 'roll' } }");
  index.Put(SetFrom("dice", "routes { id: 'r' command { word: 'roll' } }"));
  index.Put(SetFrom("casino", "routes { id: 'r' command { word: 'roll' } }"));
  index.Put(SetFrom("dice", "routes { id: 'd' command { word: 'dice' } }"));
  EXPECT_EQ(Admitted(index, *newcomer), Lines{"r casino/r (roll)"});
  index.Remove("casino");
  index.Remove("nobody");
  EXPECT_EQ(Admitted(index, *newcomer), Lines{});
}

std::shared_ptr<const RouteSet> WithoutLiteral(const std::string& handler, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    text += "routes { id: 'r";
    text += number;
    text += "' pattern: '.{";
    text += number;
    text += "}' }";
  }
  return SetFrom(handler, text);
}

TEST(TriggerIndexTest, PatternsThatAreTriedOnEveryTextAreCountedOverAllHandlers) {
  TriggerIndex index;
  for (std::size_t i = 0; i < kMostPatternsWithoutLiteralInAll / kMostPatternsWithoutLiteral; ++i) {
    index.Put(WithoutLiteral(std::to_string(i), kMostPatternsWithoutLiteral));
  }
  const auto one_more = WithoutLiteral("x", 1);
  ASSERT_FALSE(index.Admit(*one_more).ok());
  EXPECT_EQ(ReasonOf(index.Admit(*one_more).status()), Reason::kTooMuch);
  EXPECT_TRUE(index.Admit(*WithoutLiteral("0", kMostPatternsWithoutLiteral)).ok());
  EXPECT_TRUE(index.Admit(*SetFrom("x", "routes { id: 'a' pattern: 'abc' }")).ok());
  index.Put(WithoutLiteral("0", kMostPatternsWithoutLiteral - 1));
  EXPECT_TRUE(index.Admit(*one_more).ok());
  index.Remove("1");
  EXPECT_TRUE(index.Admit(*WithoutLiteral("x", 100)).ok());
}

}  // namespace
}  // namespace chathub
