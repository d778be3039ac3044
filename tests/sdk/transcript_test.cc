// Transcripts as text: what a line means, and where what came differs.
#include "sdk/transcript/transcript.h"

#include <gtest/gtest.h>

#include "sdk/transcript/difference.h"
#include "sdk/transcript/shown.h"

namespace chathub::transcript {
namespace {

std::vector<Step> StepsOf(std::string_view text) {
  auto parsed = Parse(text);
  if (auto* mistake = std::get_if<Mistake>(&parsed)) {
    ADD_FAILURE() << mistake->line << ": " << mistake->what;
    return {};
  }
  return std::get<std::vector<Step>>(parsed);
}

// The line of the mistake in `text`; 0 if there is none.
int MistakeIn(std::string_view text) {
  const auto parsed = Parse(text);
  const auto* mistake = std::get_if<Mistake>(&parsed);
  return mistake == nullptr ? 0 : mistake->line;
}

// What differs if the bot did `seen` after the only step of `text`.
std::optional<Difference> Differs(std::string_view text, const std::vector<Act>& seen) {
  return Compare(StepsOf(text).at(0), seen);
}

Act Says(const std::string& text, const Place& place = {.user = "ada"}) {
  return {.place = place, .text = text};
}

TEST(TranscriptTest, AStepIsWhatAUserSaysAndWhatTheBotDoesThen) {
  const auto steps = StepsOf(
      "# comment\n\n"
      "ada: hi there: you\n"
      "hub: hello\n"
      "  [lab] hub ~ h.*o  \n"
      "[lab] charles joins\r\n"
      "hub edits: new\n"
      "hub reacts: 👍\n"
      "hub deletes");
  ASSERT_EQ(steps.size(), 2u);
  EXPECT_EQ(steps[0].line, 3);
  EXPECT_EQ(steps[0].place, Place{.user = "ada"});
  EXPECT_EQ(steps[0].text, "hi there: you");
  ASSERT_EQ(steps[0].acts.size(), 2u);
  EXPECT_EQ(steps[0].acts[0].place, steps[0].place);
  EXPECT_EQ(steps[0].acts[1].place, Place{.room = "lab"});
  EXPECT_EQ(steps[0].acts[1].kind, Act::Kind::kSaysLike);
  EXPECT_EQ(steps[0].acts[1].text, "h.*o");
  EXPECT_EQ(steps[1].kind, Step::Kind::kJoins);
  EXPECT_EQ(steps[1].place, Place{.room = "lab"});
  ASSERT_EQ(steps[1].acts.size(), 3u);
  EXPECT_EQ(steps[1].acts[1].text, "👍");
  EXPECT_EQ(steps[1].acts[2].line, 9);
}

TEST(TranscriptTest, ATextGoesOnBehindABar) {
  const auto steps = StepsOf("ada: one\n| two\n|\n| four\nhub: 1\n  | 2\n");
  EXPECT_EQ(steps[0].text, "one\ntwo\n\nfour");
  EXPECT_EQ(steps[0].acts[0].text, "1\n2");
}

TEST(TranscriptTest, AMeaninglessLineIsNamed) {
  EXPECT_EQ(MistakeIn("ada: hi\nhub hello"), 2);
  EXPECT_EQ(MistakeIn("hub: hello"), 1);
  EXPECT_EQ(MistakeIn("\nada says hi"), 2);
  EXPECT_EQ(MistakeIn("[lab ada: hi"), 1);
  EXPECT_EQ(MistakeIn("[] ada: hi"), 1);
  EXPECT_EQ(MistakeIn(": hi"), 1);
  EXPECT_EQ(MistakeIn("ada joins"), 1);
  EXPECT_EQ(MistakeIn("| more"), 1);
  EXPECT_EQ(MistakeIn("[lab] ada joins\n| more"), 2);
  EXPECT_EQ(MistakeIn("ada: hi\nhub ~ (a"), 2);
  EXPECT_EQ(MistakeIn("# nobody\n# says\n# anything\n"), 3);
}

TEST(TranscriptTest, WhatWasWrittenHolds) {
  EXPECT_EQ(Differs("ada: hi\nhub: hello", {Says("hello")}), std::nullopt);
  EXPECT_EQ(Differs("ada: hi\nhub ~ hel+o", {Says("hello")}), std::nullopt);
  EXPECT_EQ(Differs("ada: hi\nhub: a\n| b", {Says("a\n  b ")}), std::nullopt);
  EXPECT_EQ(Differs("ada: hi", {}), std::nullopt);
}

TEST(TranscriptTest, TheFirstLineThatDoesNotHoldIsNamed) {
  const std::string text = "ada: hi\nhub: one\nhub: two\n";
  EXPECT_EQ(Differs(text, {Says("one"), Says("2")})->line, 3);
  EXPECT_EQ(Differs(text, {Says("two"), Says("one")})->line, 2);
  EXPECT_EQ(Differs(text, {Says("one")})->line, 3) << "one is missing";
  EXPECT_EQ(Differs(text, {Says("one"), Says("two"), Says("three")})->line, 3) << "one too many";
  EXPECT_EQ(Differs("\nada: hi", {Says("one")})->line, 2) << "silence was written";
}

TEST(TranscriptTest, APlaceAKindAndAWholeTextCount) {
  EXPECT_TRUE(Differs("ada: hi\nhub: hello", {Says("hello", {.room = "lab"})}));
  EXPECT_TRUE(Differs("ada: hi\nhub: hello",
                      {{.place = {.user = "ada"}, .kind = Act::Kind::kEdits, .text = "hello"}}));
  EXPECT_TRUE(Differs("ada: hi\nhub ~ hel", {Says("hello")}));
}

TEST(TranscriptTest, ADifferenceShowsBothSides) {
  const auto difference =
      Differs("[lab] ada: hi\nhub: same\nhub: old\n| end\n",
              {Says("same", {.room = "lab"}), Says("new"), Says("there", {.room = "den"})});
  ASSERT_TRUE(difference);
  EXPECT_EQ(difference->text,
            "  [lab] ada: hi\n"
            "  hub: same\n"
            "- hub: old\n"
            "- | end\n"
            "+ (to ada) hub: new\n"
            "+ [den] hub: there\n");
}

TEST(TranscriptTest, AnOrderIsShownAsItsUsersSeeIt) {
  v1::Order order;
  order.mutable_conversation()->set_room("t/lab");
  order.add_actions()->mutable_send()->mutable_content()->set_text("hello");
  order.add_actions()->mutable_typing();
  order.add_actions()->mutable_react()->set_emoji("👍");
  const auto acts = Shown(order, "t");
  ASSERT_EQ(acts.size(), 2u);
  EXPECT_EQ(Written(acts[0], {}), "[lab] hub: hello");
  EXPECT_EQ(Written(acts[1], {.room = "lab"}), "hub reacts: 👍");
}

}  // namespace
}  // namespace chathub::transcript
