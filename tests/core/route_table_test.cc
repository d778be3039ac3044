#include "hub/core/routing/route_table.h"

#include "gtest/gtest.h"
#include "tests/core/route_texts.h"

namespace chathub {
namespace {

using Lines = std::vector<std::string>;

std::shared_ptr<const RouteTable> TableOf(std::string_view routes) {
  return RouteTable::Build({SetFrom("h", routes)});
}

// "handler/route" or "handler/route: complaint" each.
Lines Reached(const RouteTable& table, const Question& question) {
  Lines lines;
  for (const Match& match : table.Match(question)) {
    lines.push_back(match.set->handler() + "/" + match.route->id());
    if (!match.complaint.empty()) lines.back() += ": " + match.complaint;
  }
  return lines;
}

Lines CapturesOf(const Match& match) {
  Lines lines;
  for (const Capture& capture : match.captures) {
    lines.push_back(std::string(capture.name) + "=" + std::string(capture.value));
  }
  return lines;
}

TEST(RouteTableTest, OneMatchForEachMatchingRouteByHandlerAndId) {
  const auto table = RouteTable::Build({
      SetFrom("zebra", "routes { id: 'a' pattern: 'karma' }"),
      SetFrom("karma", R"pb(
        routes {
          id: "show"
          command { word: "karma" }
        }
        routes { id: "any" pattern: ".*" }
        routes { id: "other" pattern: "else" }
      )pb"),
      SetFrom("logger", "routes { id: 'all' event: EVENT_KIND_MESSAGE }"),
  });
  EXPECT_EQ(Reached(*table, {.text = "KARMA alice"}),
            (Lines{"karma/any", "karma/show", "logger/all"}));
  EXPECT_EQ(Reached(*table, {.text = "my karma"}), (Lines{"karma/any", "logger/all", "zebra/a"}));
  EXPECT_EQ(Reached(*table, {.text = ""}), (Lines{"karma/any", "logger/all"}));
}

TEST(RouteTableTest, APatternGivesItsGroupsByNameAndNumber) {
  const auto table =
      TableOf(R"pb(routes { id: "a" pattern: "^hi (?<name>\\w+)(?P<x>!)?( .*)?" })pb");
  const std::string text = "hi Ada you";
  const auto matches = table->Match({.text = text});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(CapturesOf(matches[0]), Lines{"name=Ada"});
  EXPECT_EQ(matches[0].groups, (Pieces{"hi Ada you", "Ada", "", " you"}));
  EXPECT_FALSE(matches[0].truncated);
}

TEST(RouteTableTest, ACommandGivesTheRestAndItsArguments) {
  const auto table = TableOf(R"pb(
    routes {
      id: "a"
      command {
        word: "roll"
        arguments { name: "dice" required: true }
      }
    }
  )pb");
  const auto matches = table->Match({.text = " Roll  2d6 "});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(CapturesOf(matches[0]), (Lines{"rest=2d6 ", "dice=2d6"}));
  EXPECT_EQ(matches[0].groups, Pieces{" Roll  2d6 "});
}

TEST(RouteTableTest, ACommandIsTheWholeFirstWord) {
  const auto table = TableOf("routes { id: 'a' command { word: 'roll' } }");
  for (const char* text : {"rolls 2d6", "please roll", "rol", "", "roll,"}) {
    EXPECT_EQ(Reached(*table, {.text = text}), Lines{}) << text;
  }
  EXPECT_EQ(Reached(*table, {.text = "roll"}), Lines{"h/a"});
}

TEST(RouteTableTest, APatternSeesTheFirstEightKibibytesCutAtACodePoint) {
  const auto table = TableOf(R"pb(
    routes { id: "end" pattern: "needle" }
    routes { id: "begin" pattern: "^hay(\\pL*)$" }
    routes {
      id: "all"
      command { word: "hay" }
    }
  )pb");
  const std::string hay = "hay" + std::string(kPatternSees - 4, 'x');
  const std::string text = hay + "\u00E4 needle";
  const auto matches = table->Match({.text = text});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].route->id(), "begin");
  EXPECT_TRUE(matches[0].truncated);
  EXPECT_EQ(matches[0].groups[0], hay);

  const std::string command = "hay " + std::string(kPatternSees, 'x') + " needle";
  const auto whole = table->Match({.text = command});
  ASSERT_EQ(whole.size(), 1u);
  EXPECT_EQ(whole[0].captures[0].value.size(), command.size() - 4);
  EXPECT_FALSE(whole[0].truncated);

  EXPECT_EQ(Reached(*table, {.text = std::string(kPatternSees - 6, ' ') + "needle"}),
            Lines{"h/end"});
  EXPECT_EQ(Reached(*table, {.text = std::string(kPatternSees - 5, ' ') + "needle"}), Lines{});
}

TEST(RouteTableTest, AddressedOnlyRoutesWaitForWhatIsSaidToTheBot) {
  const auto table = TableOf(R"pb(
    routes { id: "a" pattern: "hello" addressed_only: true }
    routes {
      id: "b"
      command { word: "hello" }
      addressed_only: true
    }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "hello"}), Lines{});
  EXPECT_EQ(Reached(*table, {.text = "hello", .addressed = true}), (Lines{"h/a", "h/b"}));
}

TEST(RouteTableTest, BotsReachOnlyRoutesThatAskForThem) {
  const auto table = TableOf(R"pb(
    routes { id: "a" pattern: "hello" }
    routes { id: "b" pattern: "hello" bots: true }
    routes { id: "c" event: EVENT_KIND_MESSAGE }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "hello", .from_bot = true}), Lines{"h/b"});
}

TEST(RouteTableTest, EventsReachTheRoutesOfTheirKindAndNoOthers) {
  const auto table = TableOf(R"pb(
    routes { id: "joined" event: EVENT_KIND_JOINED }
    routes { id: "left" event: EVENT_KIND_LEFT }
    routes { id: "any" pattern: ".*" }
  )pb");
  const auto matches = table->Match({.kind = v1::EVENT_KIND_JOINED});
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].route->id(), "joined");
  EXPECT_TRUE(matches[0].groups.empty());
  EXPECT_EQ(Reached(*table, {.kind = static_cast<v1::EventKind>(99)}), Lines{});
  EXPECT_EQ(Reached(*table, {.kind = v1::EVENT_KIND_UNSPECIFIED}), Lines{});
}

TEST(RouteTableTest, WhereAnExclusiveRouteMatchesOnlyExclusiveOnesAreReached) {
  const auto table = TableOf(R"pb(
    routes { id: "plain" pattern: "deploy" }
    routes { id: "first" pattern: "^deploy" precedence: PRECEDENCE_EXCLUSIVE }
    routes { id: "second" pattern: "prod$" precedence: PRECEDENCE_EXCLUSIVE }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "deploy prod"}), (Lines{"h/first", "h/second"}));
  EXPECT_EQ(Reached(*table, {.text = "please deploy"}), Lines{"h/plain"});
}

TEST(RouteTableTest, AFallbackIsReachedOnlyWhenNothingElseMatches) {
  const auto table = TableOf(R"pb(
    routes { id: "sorry" pattern: ".*" precedence: PRECEDENCE_FALLBACK }
    routes { id: "what" event: EVENT_KIND_MESSAGE precedence: PRECEDENCE_FALLBACK }
    routes { id: "hello" pattern: "hello" }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "hello"}), Lines{"h/hello"});
  EXPECT_EQ(Reached(*table, {.text = "huh"}), (Lines{"h/sorry", "h/what"}));
}

constexpr char kComplaint[] = ": n: \"x\" is not a whole number (usage: roll [n])";

TEST(RouteTableTest, AMisfitIsHeardByWhomeverSpeaksToTheBot) {
  const auto table = TableOf(R"pb(
    routes {
      id: "roll"
      command {
        word: "roll"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
    }
    routes { id: "sorry" pattern: ".*" precedence: PRECEDENCE_FALLBACK bots: true }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "roll x", .addressed = true}),
            Lines{std::string("h/roll") + kComplaint});
  EXPECT_EQ(Reached(*table, {.text = "roll x"}), Lines{"h/sorry"});
  EXPECT_EQ(Reached(*table, {.text = "roll 3", .addressed = true}), Lines{"h/roll"});
}

TEST(RouteTableTest, AMisfitIsSilentWhenSomebodyElseUnderstands) {
  constexpr char kRoll[] = R"pb(
    routes {
      id: "roll"
      command {
        word: "roll"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
      precedence: PRECEDENCE_EXCLUSIVE
    }
  )pb";
  const auto table = TableOf(std::string(kRoll) + "routes { id: 'other' pattern: 'roll' }");
  EXPECT_EQ(Reached(*table, {.text = "roll x", .addressed = true}), Lines{"h/other"});
}

TEST(RouteTableTest, ALoggerDoesNotSilenceAMisfit) {
  const auto table = TableOf(R"pb(
    routes { id: "log" event: EVENT_KIND_MESSAGE }
    routes {
      id: "roll"
      command {
        word: "roll"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
    }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "roll x", .addressed = true}),
            (Lines{"h/log", std::string("h/roll") + kComplaint}));
}

TEST(RouteTableTest, TheUserHearsOneComplaintAndABotNone) {
  const auto table = TableOf(R"pb(
    routes {
      id: "a"
      command {
        word: "roll"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
      bots: true
    }
    routes {
      id: "b"
      command {
        word: "roll"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
    }
  )pb");
  EXPECT_EQ(Reached(*table, {.text = "roll x", .addressed = true}),
            Lines{std::string("h/a") + kComplaint});
  EXPECT_EQ(Reached(*table, {.text = "roll x", .addressed = true, .from_bot = true}), Lines{});
}

TEST(RouteTableTest, LettersThatRe2FoldsAreNotLostBeforeItSeesThem) {
  const auto table = TableOf(R"pb(routes { id: "a" pattern: "(?i)kiss" })pb");
  EXPECT_EQ(Reached(*table, {.text = "\u212Ai\u017F\u017F"}), Lines{"h/a"});
  EXPECT_EQ(Reached(*table, {.text = "KISS"}), Lines{"h/a"});
}

TEST(RouteTableTest, ASetIsFoundByItsHandler) {
  const auto table = RouteTable::Build({SetFrom("b", ""), SetFrom("a", "")});
  EXPECT_EQ(table->sets()[0]->handler(), "a");
  ASSERT_NE(table->Find("b"), nullptr);
  EXPECT_EQ(table->Find("b")->handler(), "b");
  EXPECT_EQ(table->Find("ab"), nullptr);
}

TEST(RouteTableTest, WhatIsMeantForOneHandlerReachesOnlyItsRoutesWhateverOthersWouldTake) {
  const auto table = RouteTable::Build({
      SetFrom("greedy",
              R"pb(routes { id: "a" pattern: "karma" precedence: PRECEDENCE_EXCLUSIVE })pb"),
      SetFrom("karma", R"pb(routes { id: "show" pattern: "karma" })pb"),
  });
  EXPECT_EQ(Reached(*table, {.text = "karma"}), Lines{"greedy/a"});
  EXPECT_EQ(Reached(*table, {.text = "karma", .only_for = "karma"}), Lines{"karma/show"});
  EXPECT_EQ(Reached(*table, {.text = "karma", .only_for = "nobody"}), Lines{});
}

TEST(RouteTableTest, NothingReachesAnEmptyTable) {
  const auto table = RouteTable::Build({});
  EXPECT_EQ(Reached(*table, {.text = "hello", .addressed = true}), Lines{});
  EXPECT_TRUE(table->Explain({.text = "hello"}).empty());
}

TEST(RouteTableTest, TheDryRunSaysOfEachRouteWhyOrWhyNot) {
  const auto table = TableOf(R"pb(
    routes { id: "a" pattern: "deploy" }
    routes { id: "b" pattern: "other" }
    routes {
      id: "c"
      command { word: "deploy" }
      precedence: PRECEDENCE_EXCLUSIVE
    }
    routes {
      id: "d"
      command { word: "roll" }
    }
    routes { id: "e" event: EVENT_KIND_JOINED }
    routes { id: "f" pattern: "deploy" addressed_only: true }
    routes {
      id: "g"
      command {
        word: "deploy"
        arguments { name: "n" type: ARGUMENT_TYPE_INTEGER }
      }
    }
  )pb");
  Lines lines;
  for (const Verdict& verdict : table->Explain({.text = "deploy x"})) {
    lines.push_back(verdict.route->id() + (verdict.reached ? " yes: " : " no: ") + verdict.why);
  }
  EXPECT_EQ(lines,
            (Lines{
                "a no: it matches, but gives way: an exclusive route matches too, or it is a "
                "fallback and not needed",
                "b no: the pattern is not in the text",
                "c yes: the first word is \"deploy\"",
                "d no: the first word is not \"roll\"",
                "e no: it waits for another kind of event",
                "f no: it was not said to the bot, and the route wants that",
                "g no: the arguments do not fit: n: \"x\" is not a whole number (usage: "
                "deploy [n])",
            }));
}

}  // namespace
}  // namespace chathub
