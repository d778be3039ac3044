#include "hub/core/routing/command.h"

#include <google/protobuf/text_format.h>

#include "gtest/gtest.h"
#include "hub/base/errors.h"

namespace chathub {
namespace {

v1::Command CommandFrom(std::string_view text) {
  v1::Command command;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &command));
  return command;
}

Command Compiled(std::string_view text, std::string_view usage = "") {
  auto command = Command::Compile(CommandFrom(text), usage);
  EXPECT_TRUE(command.ok()) << command.status();
  return *std::move(command);
}

// "name=value|..." without `rest`, or the complaint.
std::string Read(const Command& command, std::string_view rest) {
  const Fit fit = command.Match(rest);
  if (!fit.complaint.empty()) {
    EXPECT_TRUE(fit.captures.empty());
    return fit.complaint;
  }
  std::string all;
  for (const Capture& capture : fit.captures) {
    if (capture.name == kRest) continue;
    if (!all.empty()) all += "|";
    all.append(capture.name).append("=").append(capture.value);
  }
  return all;
}

constexpr char kRemind[] = R"pb(
  word: "remind"
  arguments { name: "who" required: true }
  arguments { name: "times" type: ARGUMENT_TYPE_INTEGER }
  arguments { name: "text" type: ARGUMENT_TYPE_REST }
  arguments { name: "loud" type: ARGUMENT_TYPE_BOOLEAN option: true }
  arguments { name: "rate" type: ARGUMENT_TYPE_NUMBER option: true }
)pb";

TEST(CommandTest, ATextIsCutBehindItsFirstWord) {
  struct Case {
    std::string_view text;
    std::string_view word;
    std::string_view rest;
  };
  for (const auto& [text, word, rest] : std::initializer_list<Case>{
           {"echo hello", "echo", "hello"},
           {" echo \t\n hello  you ", "echo", "hello  you "},
           {"echo", "echo", ""},
           {"", "", ""},
           {"  ", "", ""},
           {"echo\nline", "echo", "line"},
       }) {
    EXPECT_EQ(SplitFirstWord(text).word, word) << text;
    EXPECT_EQ(SplitFirstWord(text).rest, rest) << text;
  }
}

TEST(CommandTest, WithoutArgumentsAnythingGoes) {
  const Command command = Compiled("word: 'Echo'");
  EXPECT_EQ(command.word(), "echo");
  const Fit fit = command.Match("\"never closed --x ");
  EXPECT_EQ(fit.captures, (Captures{{"rest", "\"never closed --x "}}));
  EXPECT_EQ(fit.complaint, "");
}

TEST(CommandTest, ArgumentsAreReadByPositionAndByName) {
  const Command command = Compiled(kRemind);
  struct Case {
    const char* rest;
    const char* captures;
  };
  for (const auto& [rest, captures] : std::initializer_list<Case>{
           {"alice", "who=alice"},
           {"alice 3", "who=alice|times=3"},
           {"alice -3 do  it ", "who=alice|times=-3|text=do  it "},
           {"\"alice in chains\" 3", "who=alice in chains|times=3"},
           {"\"\"", "who="},
           {"--loud alice", "loud=true|who=alice"},
           {"alice --rate 1.5 3", "who=alice|rate=1.5|times=3"},
           {"alice 3 --loud --rate -1e3 x", "who=alice|times=3|loud=true|rate=-1e3|text=x"},
           {"alice 3 do --loud \"it", "who=alice|times=3|text=do --loud \"it"},
           {"-- --loud", "who=--loud"},
           {"\"--loud\"", "who=--loud"},
           {"alice\n3\ta\nb", "who=alice|times=3|text=a\nb"},
           {"Ä\"x", "who=Ä\"x"},
       }) {
    EXPECT_EQ(Read(command, rest), captures) << rest;
  }
}

TEST(CommandTest, RestIsWhatTheUserTypedWhateverTheArgumentsAre) {
  const std::string rest = "alice --loud  3 ";
  const Fit fit = Compiled(kRemind).Match(rest);
  ASSERT_FALSE(fit.captures.empty());
  EXPECT_EQ(fit.captures.front(), (Capture{"rest", rest}));
}

TEST(CommandTest, WhatDoesNotFitIsExplained) {
  const Command command = Compiled(kRemind, "remind WHO [N] [TEXT]");
  struct Case {
    const char* rest;
    const char* wrong;
  };
  for (const auto& [rest, wrong] : std::initializer_list<Case>{
           {"", "<who> is missing"},
           {"--loud", "<who> is missing"},
           {"alice three", "times: \"three\" is not a whole number"},
           {"alice 3.5", "times: \"3.5\" is not a whole number"},
           {"alice 9223372036854775808", "times: \"9223372036854775808\" is not a whole number"},
           {"alice \"\"", "times: \"\" is not a whole number"},
           {"alice --rate nan", "rate: \"nan\" is not a number"},
           {"alice --rate", "--rate needs a value"},
           {"alice --speed 3", "there is no \"--speed\""},
           {"--loud --loud alice", "--loud is there twice"},
           {"\"alice", "a \" is never closed"},
           {"alice --rate \"1", "a \" is never closed"},
           {"alice a\x1b[1m", "times: \"a\\x1b[1m\" is not a whole number"},
       }) {
    EXPECT_EQ(Read(command, rest), std::string(wrong) + " (usage: remind WHO [N] [TEXT])") << rest;
  }
}

TEST(CommandTest, TooManyArgumentsAreAMisfit) {
  const Command command = Compiled("word: 'add' arguments { name: 'a' }");
  EXPECT_EQ(Read(command, "1 2"), "\"2\" is too much (usage: add [a])");
}

TEST(CommandTest, ARequiredOptionIsAskedFor) {
  const Command command =
      Compiled("word: 'w' arguments { name: 'city' option: true required: true }");
  EXPECT_EQ(Read(command, ""), "--city is missing (usage: w --city <value>)");
  EXPECT_EQ(Read(command, "--city \"New York\""), "city=New York");
}

TEST(CommandTest, TwoHyphensMeanNothingWhereThereAreNoOptions) {
  EXPECT_EQ(Read(Compiled("word: 'w' arguments { name: 'a' }"), "--x"), "a=--x");
}

TEST(CommandTest, ABooleanIsSaidInManyWords) {
  const Command command =
      Compiled("word: 'w' arguments { name: 'a' type: ARGUMENT_TYPE_BOOLEAN required: true }");
  for (const char* text : {"yes", "TRUE", "On", "1"}) EXPECT_EQ(Read(command, text), "a=true");
  for (const char* text : {"no", "false", "OFF", "0"}) EXPECT_EQ(Read(command, text), "a=false");
  EXPECT_EQ(Read(command, "maybe"), "a: \"maybe\" is not yes or no (usage: w <a>)");
}

TEST(CommandTest, AUsageIsMadeFromTheArguments) {
  EXPECT_EQ(Compiled(kRemind).usage(), "remind <who> [times] [text...] [--loud] [--rate <value>]");
}

TEST(CommandTest, ACommandThatMakesNoSenseIsRefused) {
  struct Case {
    const char* command;
    const char* reason;
  };
  for (const auto& [text, reason] : std::initializer_list<Case>{
           {"word: ''", "empty"},
           {"word: 'two words'", "more than one word"},
           {"word: 'a\\nb'", "more than one word"},
           {"word: 'a\\000b'", "more than one word"},
           {"word: 'w' arguments { name: '' }", "name"},
           {"word: 'w' arguments { name: '1a' }", "name"},
           {"word: 'w' arguments { name: 'a-b' }", "name"},
           {"word: 'w' arguments { name: 'rest' }", "every command has"},
           {"word: 'w' arguments { name: 'a' } arguments { name: 'a' option: true }", "twice"},
           {"word: 'w' arguments { name: 'a' type: ARGUMENT_TYPE_REST } arguments { name: 'b' }",
            "behind \"a\""},
           {"word: 'w' arguments { name: 'a' } arguments { name: 'b' required: true }",
            "behind \"a\""},
           {"word: 'w' arguments { name: 'a' option: true type: ARGUMENT_TYPE_REST }", "by name"},
       }) {
    const auto command = Command::Compile(CommandFrom(text), "");
    ASSERT_FALSE(command.ok()) << text;
    EXPECT_EQ(ReasonOf(command.status()), Reason::kBadRoute);
    EXPECT_NE(command.status().message().find(reason), absl::string_view::npos)
        << text << ": " << command.status();
  }
}

TEST(CommandTest, AnArgumentOfAnUnknownTypeIsRefused) {
  v1::Command command = CommandFrom("word: 'w' arguments { name: 'a' }");
  command.mutable_arguments(0)->set_type(static_cast<v1::ArgumentType>(77));
  EXPECT_FALSE(Command::Compile(command, "").ok());
}

TEST(CommandTest, LimitsHold) {
  EXPECT_FALSE(Command::Compile(CommandFrom("word: '" + std::string(65, 'a') + "'"), "").ok());
  v1::Command command = CommandFrom("word: 'w'");
  for (int i = 0; i < 33; ++i)
    command.add_arguments()->set_name(std::string(std::size_t(i) + 1, 'a'));
  EXPECT_FALSE(Command::Compile(command, "").ok());
}

}  // namespace
}  // namespace chathub
