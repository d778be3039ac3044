// The small parts of the protocol, each for itself.
#include <gtest/gtest.h>

#include "adapters/irc/features.h"
#include "adapters/irc/flood_gate.h"
#include "adapters/irc/line_buffer.h"
#include "adapters/irc/message.h"
#include "adapters/irc/netsplit.h"
#include "adapters/irc/reconnect.h"
#include "adapters/irc/sasl_encoding.h"

namespace chathub::irc {
namespace {

TEST(ParseLineTest, ALineHasTagsSourceCommandAndParameters) {
  const auto message =
      ParseLine("@msgid=a1;+x;time=12\\:30\\s\\\\ :ada!a@h privmsg  #lab :hello : there ");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->Tag("msgid"), "a1");
  EXPECT_EQ(message->Tag("+x"), "");
  EXPECT_EQ(message->Tag("time"), "12;30 \\");
  EXPECT_EQ(message->Nick(), "ada");
  EXPECT_EQ(message->command, "PRIVMSG");
  EXPECT_EQ(message->params, (std::vector<std::string>{"#lab", "hello : there "}));
  EXPECT_EQ(message->Param(7), "");
}

TEST(ParseLineTest, WhatIsLeftOutIsEmpty) {
  EXPECT_FALSE(ParseLine(""));
  EXPECT_FALSE(ParseLine("   "));
  EXPECT_FALSE(ParseLine(":source"));
  EXPECT_FALSE(ParseLine("@tag=1 :source "));
  EXPECT_EQ(ParseLine("PING\r\n")->params.size(), 0u);
  EXPECT_EQ(ParseLine("X :")->params, std::vector<std::string>{""});
  EXPECT_EQ(ParseLine("@a= X")->Tag("a"), "");
  EXPECT_EQ(ParseLine("@a=b\\ X")->Tag("a"), "b");
}

TEST(FormatLineTest, WhatItWritesIsReadAgain) {
  const std::vector<std::vector<std::string>> all = {{},        {"a"},       {"a", "b c"},
                                                     {"a", ""}, {"a", ":b"}, {"a", "b:c"}};
  for (const auto& params : all) {
    const auto again = ParseLine(FormatLine("X", params));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->params, params);
  }
}

TEST(FormatLineTest, NothingBreaksOutOfItsParameter) {
  EXPECT_EQ(FormatLine("PRIVMSG", {"#a b", "x\r\nQUIT"}), "PRIVMSG #ab xQUIT");
  EXPECT_EQ(FormatLine("PRIVMSG", {":a", "x"}), "PRIVMSG a x");
}

TEST(LineBufferTest, BytesComeInAnyPieces) {
  LineBuffer lines;
  lines.Add("one\r");
  EXPECT_FALSE(lines.Next());
  lines.Add("\n\r\n\ntwo\nthr");
  EXPECT_EQ(lines.Next(), "one");
  EXPECT_EQ(lines.Next(), "two");
  EXPECT_FALSE(lines.Next());
  lines.Add("ee\n");
  EXPECT_EQ(lines.Next(), "three");
}

TEST(LineBufferTest, ALineWithoutEndIsLeftOutAndTakesNoRoom) {
  LineBuffer lines;
  for (int i = 0; i < 100; ++i) {
    lines.Add(std::string(1000, 'x'));
    EXPECT_FALSE(lines.Next());
  }
  lines.Add("the end of it\nnext\n");
  EXPECT_EQ(lines.Next(), "next");
  lines.Add(std::string(20'000, 'x'));
  lines.Add("\nlast\n");
  EXPECT_EQ(lines.Next(), "last");
}

TEST(FeaturesTest, NamesCompareAsTheServerSays) {
  Features features;
  EXPECT_EQ(features.Fold("#Lab[]\\^"), "#lab{}|~");
  features.Learn(*ParseLine(":s 005 hub CASEMAPPING=strict-rfc1459 :are supported"));
  EXPECT_EQ(features.Fold("A]^"), "a}^");
  features.Learn(*ParseLine(":s 005 hub CASEMAPPING=ascii CHANTYPES=#!% :are supported"));
  EXPECT_EQ(features.Fold("AZ[]"), "az[]");
  EXPECT_TRUE(features.IsChannel("%x"));
  EXPECT_FALSE(features.IsChannel("&x"));
  EXPECT_FALSE(features.IsChannel(""));
}

TEST(FeaturesTest, NumbersThatMakeNoSenseAreNotLearned) {
  Features features;
  features.Learn(*ParseLine(":s 005 hub NICKLEN=0 LINELEN=9 TOPICLEN=x PREFIX=(qaohv)~&@%+ :ok"));
  EXPECT_EQ(features.nick_length(), 30u);
  EXPECT_EQ(features.line_length(), 512u);
  EXPECT_EQ(features.topic_length(), 0u);
  EXPECT_EQ(features.WithoutRank("~@ada"), "ada");
  EXPECT_EQ(features.WithoutRank("@"), "");
}

TEST(FloodGateTest, ABurstPassesThenOneInEachInterval) {
  FloodGate gate(3, Moment(1000));
  Moment now{100'000};
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(gate.IsOpen(now));
    gate.Passed(10, now);
  }
  EXPECT_FALSE(gate.IsOpen(now));
  EXPECT_EQ(gate.OpensAt(), now + Moment(1000));
  gate.Passed(500, gate.OpensAt());
  EXPECT_EQ(gate.OpensAt(), now + Moment(4000));
  EXPECT_TRUE(gate.IsOpen(now + Moment(4000)));
}

TEST(ReconnectTest, WaitsLongerEachTimeAndNeverAsLongAsOthers) {
  double chance = 0;
  Reconnect reconnect([&] { return chance; });
  EXPECT_EQ(reconnect.Failed(), Moment(1'000));
  chance = 1;
  EXPECT_EQ(reconnect.Failed(), Moment(1'000));
  chance = 0;
  EXPECT_EQ(reconnect.Failed(), Moment(4'000));
  for (int i = 0; i < 20; ++i) EXPECT_LE(reconnect.Failed(), Moment(300'000));
  EXPECT_EQ(reconnect.Failed(), Moment(300'000));
  reconnect.Held();
  EXPECT_EQ(reconnect.Failed(), Moment(1'000));
  EXPECT_EQ(reconnect.Refused(), Moment(300'000));
}

TEST(NetsplitTest, TwoServersAreAReasonAndNothingElseIs) {
  EXPECT_TRUE(Netsplit::IsReason("a.example b.example"));
  EXPECT_TRUE(Netsplit::IsReason("*.net *.split"));
  for (const std::string reason :
       {"", "bye", "a.example", "a.example b.example c.example", "Quit: a.example b.example",
        "see http://a.b c.d", "well. done."}) {
    EXPECT_FALSE(Netsplit::IsReason(reason)) << reason;
  }
}

TEST(Base64Test, ThreeBytesAreFourCharacters) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("f"), "Zg==");
  EXPECT_EQ(Base64("fo"), "Zm8=");
  EXPECT_EQ(Base64("foo"), "Zm9v");
  EXPECT_EQ(Base64("foob\xff"), "Zm9vYv8=");
}

}  // namespace
}  // namespace chathub::irc
