#include "hub/core/routing/mention.h"

#include "gtest/gtest.h"

namespace chathub {
namespace {

const std::vector<std::string> kNames = {"hub", "Größe", "hub two", "hub:matrix.org"};

Heard HearInRoom(std::string_view text) {
  return Hear(text, {.mention_names = kNames, .prefix = "!"});
}

TEST(MentionTest, WhatIsSaidToTheBotIsHeardWithoutItsName) {
  struct Case {
    std::string_view said;
    std::string_view heard;
  };
  for (const auto& [said, heard] : std::initializer_list<Case>{
           {"@hub roll 2d6", "roll 2d6"},
           {"hub: roll 2d6", "roll 2d6"},
           {"hub, roll 2d6", "roll 2d6"},
           {"@hub: roll 2d6", "roll 2d6"},
           {"@hub, roll 2d6", "roll 2d6"},
           {"!roll 2d6", "roll 2d6"},
           {"HUB: roll", "roll"},
           {"@Hub roll", "roll"},
           {" \t@hub \n roll  ", "roll  "},
           {"@hub", ""},
           {"hub:", ""},
           {"@hub !roll", "roll"},
           {"hub: !", "!"},
           {"@Größe x", "x"},
           {"gRöße: x", "x"},
           {"@hub two x", "x"},
           {"@hub:matrix.org x", "x"},
           {"@hub @hub x", "@hub x"},
       }) {
    EXPECT_TRUE(HearInRoom(said).addressed) << said;
    EXPECT_EQ(HearInRoom(said).text, heard) << said;
  }
}

TEST(MentionTest, WhatIsSaidAboutTheBotOrToOthersIsLeftAsItWas) {
  for (const std::string_view said :
       {"hub roll 2d6", "hub",      "hubert: x",  "@hubert x", "@hub.x", "hub:8080 is down",
        "hub,x",        "a hub: x", "ask @hub x", "grÖße: x",  "",       "  ",
        " roll ",       "@",        ":",          "@: x",      "!",      "!!",
        "!!x",          "! x",      "!\n",        "?x"}) {
    EXPECT_FALSE(HearInRoom(said).addressed) << said;
    EXPECT_EQ(HearInRoom(said).text, said);
  }
}

TEST(MentionTest, APrivateTalkIsAlwaysAddressed) {
  const auto hear = [](std::string_view text) {
    return Hear(text, {.mention_names = kNames, .prefix = "!", .private_talk = true});
  };
  for (const std::string_view said : {"roll", "hub: roll", "@hub roll", "!roll"}) {
    EXPECT_TRUE(hear(said).addressed) << said;
    EXPECT_EQ(hear(said).text, "roll") << said;
  }
  EXPECT_EQ(hear("hub roll").text, "hub roll");
}

TEST(MentionTest, TheChatServiceCanSayThatItIsForTheBot) {
  const Heard heard = Hear("roll", {.mention_names = kNames, .marked_addressed = true});
  EXPECT_TRUE(heard.addressed);
  EXPECT_EQ(heard.text, "roll");
}

TEST(MentionTest, WithoutAPrefixAnExclamationMarkIsJustOne) {
  EXPECT_FALSE(Hear("!roll", {.mention_names = kNames}).addressed);
}

TEST(MentionTest, APrefixMayBeLongerThanOneByte) {
  const Heard heard = Hear("§roll", {.mention_names = kNames, .prefix = "§"});
  EXPECT_TRUE(heard.addressed);
  EXPECT_EQ(heard.text, "roll");
}

TEST(MentionTest, ABotWithoutNamesHasNoMentions) {
  const std::vector<std::string> none = {""};
  EXPECT_FALSE(Hear("@hub x", {.mention_names = none}).addressed);
  EXPECT_FALSE(Hear(": x", {.mention_names = none}).addressed);
}

}  // namespace
}  // namespace chathub
