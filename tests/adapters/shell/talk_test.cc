#include "adapters/shell/talk.h"

#include <gtest/gtest.h>

namespace chathub::shell {
namespace {

class TalkTest : public testing::Test {
 protected:
  Talk talk_{"shell", "ada", true, "life"};
};

TEST_F(TalkTest, ALineIsAMessageInAPrivateTalk) {
  const v1::Event event = talk_.EventOf("echo hello ");
  EXPECT_EQ(event.conversation().adapter(), "shell");
  EXPECT_EQ(event.conversation().user(), "shell/ada");
  EXPECT_EQ(event.conversation().room(), "");
  EXPECT_EQ(event.user().id(), "shell/ada");
  EXPECT_EQ(event.user().name(), "ada");
  EXPECT_TRUE(event.user().authenticated());
  EXPECT_FALSE(event.user().bot());
  EXPECT_EQ(event.message().content().text(), "echo hello ");
  EXPECT_GT(event.sent_at().seconds(), 0);
}

TEST_F(TalkTest, InARoomTheConversationIsTheRoomAndNotTheUser) {
  talk_.EnterRoom("lobby");
  const v1::Event event = talk_.EventOf("@hub echo x");
  EXPECT_EQ(event.conversation().room(), "shell/lobby");
  EXPECT_EQ(event.conversation().user(), "");
  EXPECT_EQ(event.room().name(), "lobby");
  EXPECT_EQ(event.user().id(), "shell/ada");
  talk_.EnterRoom("");
  EXPECT_EQ(talk_.EventOf("x").conversation().user(), "shell/ada");
}

TEST_F(TalkTest, EveryMessageHasAnIdOfItsOwn) {
  EXPECT_NE(talk_.EventOf("x").message().platform_id(), talk_.EventOf("x").message().platform_id());
  EXPECT_NE(talk_.NextId(), Talk("shell", "ada", true, "other life").NextId());
}

TEST_F(TalkTest, AMessageFromElsewhereSaysWhereFrom) {
  v1::Conversation lobby;
  lobby.set_adapter("shell");
  lobby.set_room("shell/lobby");
  EXPECT_EQ(talk_.WhereFrom(talk_.Here()), "");
  EXPECT_EQ(talk_.WhereFrom(lobby), "[lobby] ");
  const v1::Conversation ada = talk_.Here();
  talk_.EnterRoom("lobby");
  EXPECT_EQ(talk_.WhereFrom(lobby), "");
  EXPECT_EQ(talk_.WhereFrom(ada), "[ada] ");
}

}  // namespace
}  // namespace chathub::shell
