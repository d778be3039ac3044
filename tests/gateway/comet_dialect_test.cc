// BotComet's parts that no transcript can show: what is relayed, byte by byte, and who is cut off.
#include "hub/gateway/botcomet/comet_dialect.h"

#include <gtest/gtest.h>

#include <random>

#include "hub/gateway/botcomet/padlock.h"
#include "hub/gateway/botcomet/readdress.h"
#include "hub/gateway/json.h"

namespace chathub::botcomet {
namespace {

TEST(ReaddressTest, AddressesAreSetAndEveryOtherByteStays) {
  EXPECT_EQ(Readdress(R"({"src":1,"n":1.0e2,"dst":"x"})", "a", "b"),
            R"({"src":"a","n":1.0e2,"dst":"b"})");
  EXPECT_EQ(Readdress(R"( { "dst" : {"src":[1,"}"]} , "k":"\"" , "src":null } )", "a", "b"),
            R"({ "dst" : "b" , "k":"\"" , "src":"a" } )");
}

TEST(ReaddressTest, WhatIsMissingIsAdded) {
  EXPECT_EQ(Readdress("{}", "a", "b"), R"({"src":"a","dst":"b"})");
  EXPECT_EQ(Readdress(R"({"src":0,"x":1})", "a", "b"), R"({"dst":"b","src":"a","x":1})");
}

TEST(ReaddressTest, NoSpellingOfAKeyKeepsAForgedAddress) {
  EXPECT_EQ(Readdress(R"({"src":"evil","s\u0072c":"evil","src":"evil","dst":0})", "a", "b"),
            R"({"src":"a","s\u0072c":"a","src":"a","dst":"b"})");
}

// A random value; what is in it must not confuse the search for addresses.
std::string RandomJson(std::mt19937& random, int depth) {
  const char* const leaves[] = {"1e2", "\"src\"", "\"}\\\"{\"", "null", "-0.5", "\"\\\\\"", "true"};
  const auto choice = random() % (depth > 3 ? 7 : 9);
  if (choice < 7) return leaves[choice];
  std::string text = choice == 7 ? "[" : "{";
  for (unsigned i = random() % 4; i > 0; --i) {
    if (choice == 8) text += "\"dst\" : ";
    text += RandomJson(random, depth + 1);
    if (i > 1) text += " ,";
  }
  return text + (choice == 7 ? "]" : "}");
}

TEST(ReaddressTest, OfWhateverIsAnObjectItMakesOneWithTheseAddresses) {
  std::mt19937 random(20'230'409);
  for (int i = 0; i < 20'000; ++i) {
    const std::string members = "\"a\":" + RandomJson(random, 0) +
                                (i % 2 != 0 ? ",\"src\":" : ",\"x\":") + RandomJson(random, 0) +
                                " , \"z\":" + RandomJson(random, 0);
    const std::string text = " {" + members + "} ";
    ASSERT_TRUE(ParseObject(text).has_value()) << text;
    const auto object = ParseObject(Readdress(text, "me", "you"));
    ASSERT_TRUE(object.has_value()) << text;
    EXPECT_EQ(FindString(*object, "src"), "me") << text;
    EXPECT_EQ(FindString(*object, "dst"), "you") << text;
    EXPECT_EQ(object->at("z"), ParseObject(text)->at("z"));
  }
}

TEST(CometDialectTest, WhoeverSendsNothingButNonsenseIsCutOff) {
  CometDialect dialect;
  for (int i = 1; i < kMostBadMessages; ++i) EXPECT_FALSE(dialect.Hear("nonsense").close) << i;
  const Outcome last = dialect.Hear("nonsense");
  ASSERT_TRUE(last.close.has_value());
  EXPECT_EQ(last.close->code, 1007);
}

TEST(CometDialectTest, AliasesOfTheStationAreTheStation) {
  CometDialect dialect;
  for (const char* to : {"0", "\"0\"", "-0", "0.0", "\"STATION\"", "\"CONNECTION\""}) {
    const Outcome outcome =
        dialect.Hear(R"({"type":"adapter_event","dst":)" + std::string(to) + "}");
    ASSERT_EQ(outcome.to_hub.size(), 1) << to;
    EXPECT_EQ(std::get<Native>(outcome.to_hub[0]).to, "0") << to;
  }
}

TEST(CometDialectTest, AnythingIsSurvived) {
  std::mt19937 random(1);
  CometDialect dialect;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = R"({"type":"plugin_connect","dst":0,"data":{"address":"x"}})";
    for (int changes = 0; changes < 3; ++changes) {
      text[random() % text.size()] = static_cast<char>(random() % 256);
    }
    dialect.Hear(text);
  }
}

TEST(PadlockTest, WhoHasTheKeyAnswersAndNobodyElse) {
  const auto mine = MakeKeyPair();
  const auto other = MakeKeyPair();
  ASSERT_TRUE(mine && other);
  // More than one block.
  const std::string text(340, 'x');
  const auto challenge = Lock(mine->public_pem, text);
  ASSERT_TRUE(challenge.has_value());
  const auto answer = Unlock(mine->private_pem, *challenge);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(Open(mine->public_pem, *answer), text);
  EXPECT_FALSE(Unlock(other->private_pem, *challenge).has_value());
  EXPECT_NE(Open(other->public_pem, *answer), text);
}

TEST(PadlockTest, WhatIsNoKeyAndNoChallengeIsRefused) {
  const auto key = MakeKeyPair();
  ASSERT_TRUE(key.has_value());
  EXPECT_FALSE(Lock("not a key", "text").has_value());
  EXPECT_FALSE(PairOf("not a key").has_value());
  const std::vector<std::string> nonsense = {"", "!", "QUJD", std::string(10'000, 'A')};
  for (const std::string& challenge : nonsense) {
    EXPECT_FALSE(Unlock(key->private_pem, challenge).has_value());
    EXPECT_FALSE(Open(key->public_pem, challenge).has_value());
  }
  EXPECT_EQ(PairOf(key->private_pem)->public_pem, key->public_pem);
  EXPECT_EQ(AddressOf(key->public_pem).size(), 64);
}

}  // namespace
}  // namespace chathub::botcomet
