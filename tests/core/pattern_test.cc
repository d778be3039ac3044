#include "hub/core/routing/pattern.h"

#include "gtest/gtest.h"
#include "hub/base/errors.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

std::unique_ptr<const Pattern> Compiled(std::string_view text) {
  auto pattern = Pattern::Compile(text);
  EXPECT_TRUE(pattern.ok()) << text << ": " << pattern.status();
  return pattern.ok() ? std::move(*pattern) : nullptr;
}

std::string Refusal(std::string_view text) {
  const auto pattern = Pattern::Compile(text);
  if (pattern.ok()) return "taken";
  EXPECT_EQ(ReasonOf(pattern.status()), Reason::kBadRoute);
  return std::string(pattern.status().message());
}

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(PatternTest, ItIsFoundAnywhereAndSaysItsGroups) {
  const auto pattern = Compiled(R"((\w+)-(\d+)(x)?)");
  Pieces groups = {"old"};
  ASSERT_TRUE(pattern->Match("see abc-42 there", groups));
  ASSERT_EQ(groups.size(), 4u);
  EXPECT_EQ(groups[0], "abc-42");
  EXPECT_EQ(groups[1], "abc");
  EXPECT_EQ(groups[2], "42");
  EXPECT_EQ(groups[3].data(), nullptr);
  EXPECT_FALSE(pattern->Match("nothing", groups));
}

TEST(PatternTest, BothSpellingsOfANamedCaptureAreTaken) {
  for (const char* text : {"(?<name>a)(?P<other>b)", "(?P<name>a)(?<other>b)"}) {
    const auto pattern = Compiled(text);
    const std::vector<std::pair<std::string, int>> names = {{"name", 1}, {"other", 2}};
    EXPECT_EQ(pattern->names(), names);
    EXPECT_EQ(pattern->text(), text);
  }
}

TEST(PatternTest, WhatOnlyLooksLikeANamedCaptureStaysAsItIs) {
  struct Case {
    const char* pattern;
    const char* text;
  };
  for (const auto& [text, found] : std::initializer_list<Case>{
           {R"(\(?<name>)", "(<name>"},
           {R"([(?<name>]+$)", "(?<name"},
           {R"([^](?<]x)", "ax"},
           {R"([[:alpha:](?<]+$)", "a(?<"},
           {R"(\Q(?<name>\E)", "(?<name>"},
           {R"(\Q(?<)", "(?<"},
           {R"([\](?<]+$)", "](?<"},
       }) {
    const auto pattern = Compiled(text);
    Pieces groups;
    EXPECT_TRUE(pattern->Match(found, groups)) << text;
    EXPECT_TRUE(pattern->names().empty()) << text;
  }
}

TEST(PatternTest, AWrongPatternIsRefusedWithTheReasonAndThePlace) {
  struct Case {
    const char* pattern;
    const char* reason;
    const char* place;
  };
  for (const auto& [text, reason, place] : std::initializer_list<Case>{
           {"ab(c", "never closed", "at byte 2"},
           {"abc)", "nothing is open", "at byte 3"},
           {"ab[c", "never closed", "at byte 2"},
           {"(?<a>x)(?<b>y)(?P<a>z)", "capture name a is used twice", "at byte 14"},
           {"a(?=b)", "no look-ahead", "at byte 1"},
           {"a(?!b)", "no look-ahead", "at byte 1"},
           {"a(?<=b)", "no look-behind", "at byte 1"},
           {"a(?<!b)", "no look-behind", "at byte 1"},
           {"(?<a>x)y**", "repetition", "at byte 8"},
           {"abc\\", "\\", ""},
           {"a{1001}", "repetition", "at byte 1"},
           {"(a)\\1", "escape", "at byte 3"},
           {"x[z-a]", "range", "at byte 2"},
           {"(?<a-b>x)", "name", ""},
           {"\xff", "UTF-8", ""},
       }) {
    const std::string refusal = Refusal(text);
    EXPECT_TRUE(Contains(refusal, reason)) << text << ": " << refusal;
    EXPECT_TRUE(Contains(refusal, place)) << text << ": " << refusal;
  }
}

TEST(PatternTest, APatternThatCouldHoldUpTheHubIsRefused) {
  EXPECT_TRUE(Contains(Refusal(""), "empty"));
  EXPECT_TRUE(Contains(Refusal(std::string(kLongestPattern + 1, 'a')), "longer than 4096"));
  EXPECT_TRUE(Contains(Refusal(R"((\pL{100}){5})"), "too large"));
  EXPECT_TRUE(Contains(Refusal("(?:.?){1000}a"), "instructions"));
  std::string groups;
  for (int i = 0; i <= kMostGroups; ++i) groups += "(a)";
  EXPECT_TRUE(Contains(Refusal(groups), "groups"));
}

TEST(PatternTest, TheLongestPatternAndTheMostGroupsAreTaken) {
  Compiled(std::string(kLongestPattern, 'a'));
  std::string text;
  for (int i = 0; i < kMostGroups; ++i) text += "(a)";
  Pieces groups;
  EXPECT_TRUE(Compiled(text)->Match(std::string(kMostGroups, 'a'), groups));
  EXPECT_EQ(groups.size(), static_cast<std::size_t>(kMostGroups) + 1);
}

TEST(PatternTest, PatternsThatBringOtherEnginesToAStandstillAreHarmless) {
  Pieces groups;
  const std::string text(kPatternSees, 'x');
  EXPECT_FALSE(Compiled("(x+x+)+y")->Match(text, groups));
  EXPECT_FALSE(Compiled("(x*)*y")->Match(text, groups));
}

TEST(PatternTest, ItSaysWhatATextMustHold) {
  struct Case {
    const char* pattern;
    Strings all;
    Strings any;
  };
  for (const auto& [text, all, any] : std::initializer_list<Case>{
           {"^Hello (?<name>\\w+)", {"hello "}, {}},
           {"deploy.*prod", {"deploy", "prod"}, {}},
           {"(?i)kiss", {"kiss"}, {}},
           {"foo|bar", {}, {"bar", "foo"}},
           {"(foo|bar).*quux", {"quux"}, {}},
           {"(aa|bb|c).*(foo|bar)", {}, {"bar", "foo"}},
           {"\\bIssue\\s+#(\\d+)", {"issue"}, {}},
           {"gr\u00F6\u00DFer", {"gr\u00F6\u00DFer"}, {}},
           {"(?i)\u041F\u0420\u0418\u0412\u0415\u0422",
            {"\u043F\u0440\u0438\u0432\u0435\u0442"},
            {}},
           {"\u4F60\u597D", {"\u4F60\u597D"}, {}},
           {"\u0394x\u0394abc", {"abc"}, {}},
           {".*", {}, {}},
           {"^$", {}, {}},
           {"a", {}, {}},
           {"(foo)?", {}, {}},
           {"foo|.", {}, {}},
           {"\\d+d\\d+", {}, {}},
       }) {
    const auto pattern = Compiled(text);
    EXPECT_EQ(pattern->literals().all, all) << text;
    EXPECT_EQ(pattern->literals().any, any) << text;
  }
}

}  // namespace
}  // namespace chathub
