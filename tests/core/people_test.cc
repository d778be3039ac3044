// Users and rooms: what adapters tell, what is kept, where the bot is to be.
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "hub/core/people/room_book.h"
#include "hub/core/people/user_book.h"
#include "tests/core/small_hub.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

template <class Item>
Strings Ids(const std::vector<Item>& items) {
  Strings ids;
  for (const Item& item : items) ids.push_back(item.id());
  return ids;
}

class UserBookTest : public testing::Test {
 protected:
  absl::Status Tell(UserBook& book, const std::string& users, const std::string& adapter = "chat") {
    return book.Told(adapter, Parse<v1::UsersChanged>(users).users());
  }
  std::uint64_t Revision(const std::string& id) {
    const auto entry = engine_->Find("hub.users", id);
    return entry.has_value() ? entry->revision : 0;
  }

  VirtualLoop loop_;
  const std::unique_ptr<Engine> engine_ = *OpenEngine({.kind = "memory"}, loop_);
  UserBook book_{3, *engine_};
};

TEST_F(UserBookTest, NamesThatAreLeftOutAreTheNextBest) {
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/u/1' } users { id: 'chat/2' name: 'Bo' }").ok());
  EXPECT_EQ(book_.Get("chat/u/1")->name(), "u/1");
  EXPECT_EQ(book_.Get("chat/u/1")->mention_name(), "u/1");
  EXPECT_EQ(book_.Get("chat/2")->mention_name(), "Bo");
  EXPECT_EQ(ReasonOf(book_.Get("chat/3").status()), Reason::kNoSuchPeer);
}

TEST_F(UserBookTest, FindsByNameAndMentionNameInAnyCaseAndForgetsFormerNames) {
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/1' name: 'Alice B' mention_name: 'al' }").ok());
  EXPECT_EQ(Ids(book_.Find("ALICE b", "")), Strings{"chat/1"});
  EXPECT_EQ(Ids(book_.Find("AL", "chat")), Strings{"chat/1"});
  EXPECT_TRUE(book_.Find("al", "irc").empty());
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/1' name: 'Carol' mention_name: 'ca' }").ok());
  EXPECT_TRUE(book_.Find("al", "").empty());
  EXPECT_EQ(Ids(book_.Find("carol", "")), Strings{"chat/1"});
}

TEST_F(UserBookTest, WritesOnlyWhatChanged) {
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/1' name: 'Alice' }").ok());
  const std::uint64_t first = Revision("chat/1");
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/1' name: 'Alice' }").ok());
  book_.Saw("chat", Parse<v1::User>("id: 'chat/1'"));
  EXPECT_EQ(Revision("chat/1"), first);
  EXPECT_EQ(book_.Get("chat/1")->name(), "Alice");
  book_.Saw("chat", Parse<v1::User>("id: 'chat/1' bot: true"));
  EXPECT_NE(Revision("chat/1"), first);
  EXPECT_TRUE(book_.Get("chat/1")->bot());
}

TEST_F(UserBookTest, OnePastTheLimitTheOneSeenLongestAgoGoesAndNoNeighbour) {
  ASSERT_TRUE(Tell(book_, "users { id: 'irc/x' }", "irc").ok());
  ASSERT_TRUE(
      Tell(book_, "users { id: 'chat/1' } users { id: 'chat/2' } users { id: 'chat/3' }").ok());
  book_.Saw("chat", Parse<v1::User>("id: 'chat/1'"));
  book_.Saw("chat", Parse<v1::User>("id: 'chat/4'"));
  EXPECT_EQ(Ids(book_.List("", "", 10)), (Strings{"chat/1", "chat/3", "chat/4", "irc/x"}));
  EXPECT_EQ(Revision("chat/2"), 0u);
}

TEST_F(UserBookTest, AnotherAdaptersUserIsRefused) {
  EXPECT_EQ(ReasonOf(Tell(book_, "users { id: 'irc/1' }")), Reason::kBadFrame);
  EXPECT_EQ(ReasonOf(Tell(book_, "users { id: 'chat' }")), Reason::kBadFrame);
  EXPECT_EQ(ReasonOf(Tell(book_, "users { id: 'chat/' }")), Reason::kBadFrame);
  book_.Saw("chat", Parse<v1::User>("id: 'irc/1'"));
  EXPECT_TRUE(book_.List("", "", 10).empty());
}

TEST_F(UserBookTest, ANewHubKnowsWhomTheOldOneKnew) {
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/2' name: 'Bo' } users { id: 'chat/1' }").ok());
  UserBook later(1000, *engine_);
  EXPECT_EQ(Ids(later.List("chat", "", 10)), (Strings{"chat/1", "chat/2"}));
  EXPECT_EQ(Ids(later.Find("bo", "")), Strings{"chat/2"});
}

TEST_F(UserBookTest, ListsBehindAnIdAndOfOneAdapter) {
  ASSERT_TRUE(Tell(book_, "users { id: 'chat/1' } users { id: 'chat/2' }").ok());
  ASSERT_TRUE(Tell(book_, "users { id: 'chat2/1' }", "chat2").ok());
  EXPECT_EQ(Ids(book_.List("chat", "", 10)), (Strings{"chat/1", "chat/2"}));
  EXPECT_EQ(Ids(book_.List("chat", "chat/1", 10)), Strings{"chat/2"});
  EXPECT_EQ(Ids(book_.List("", "chat/2", 1)), Strings{"chat2/1"});
}

class RoomsTest : public SmallHub {
 protected:
  RoomsTest() {
    adapter_.Hangup();
    Restart("i1");
  }

  // The adapter "chat" as another process, or the same again; it can join rooms.
  FakeAdapter& Restart(const std::string& incarnation) {
    if (!lives_.empty()) lives_.back()->Hangup();
    lives_.push_back(std::make_unique<FakeAdapter>(hub_));
    lives_.back()->Hear("hello { name: 'chat' epoch: 'e' incarnation: '" + incarnation +
                        "' own_user_id: 'chat/bot' capabilities { join: true } }");
    loop_.Run();
    return *lives_.back();
  }
  FakeAdapter& adapter() { return *lives_.back(); }
  void Ask(const std::string& action, const std::string& room) {
    v1::Conversation conversation;
    conversation.set_room(room);
    ++asked_;
    EXPECT_TRUE(hub_.chat()
                    .Do(Pass::Owner().As({PeerKind::kHandler, "x"}), std::to_string(asked_),
                        conversation, Parse<v1::Action>(action), nullptr)
                    .ok());
    loop_.Run();
  }
  // The rooms of the orders to join that the adapter has.
  Strings Joins() {
    Strings rooms;
    for (const v1::Order& order : adapter().orders) {
      if (order.actions(0).has_join()) rooms.push_back(order.conversation().room());
    }
    return rooms;
  }
  Strings Joined() { return Ids(hub_.rooms().List("", true, "", 10)); }

  std::deque<std::unique_ptr<FakeAdapter>> lives_;
  int asked_ = 0;
};

TEST_F(RoomsTest, WhatEventsAndTheAdapterTellOfRoomsIsKnown) {
  adapter().Event(
      "conversation { room: 'chat/ops' } room { id: 'chat/ops' name: 'Ops' } "
      "user { id: 'chat/al' name: 'Al' } topic { topic: 'calm' }");
  EXPECT_EQ(hub_.rooms().Get("chat/ops")->name(), "Ops");
  EXPECT_EQ(hub_.rooms().Get("chat/ops")->topic(), "calm");
  EXPECT_FALSE(hub_.rooms().Get("chat/ops")->joined());
  EXPECT_EQ(hub_.users().Get("chat/al")->name(), "Al");
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  EXPECT_EQ(Joined(), Strings{"chat/lab"});
  EXPECT_EQ(Ids(hub_.rooms().Find("OPS", "")), Strings{"chat/ops"});
}

TEST_F(RoomsTest, TheBotsOwnComingAndGoingIsItsPresence) {
  const std::string bot = "conversation { room: 'chat/lab' } user { id: 'chat/bot' } ";
  adapter().Event(bot + "joined { }");
  EXPECT_EQ(Joined(), Strings{"chat/lab"});
  adapter().Event("conversation { room: 'chat/lab' } user { id: 'chat/al' } left { }");
  EXPECT_EQ(Joined(), Strings{"chat/lab"});
  adapter().Event(bot + "left { }");
  EXPECT_TRUE(Joined().empty());
}

TEST_F(RoomsTest, AnotherAdaptersRoomEndsTheStream) {
  adapter().Hear("rooms { rooms { id: 'irc/lab' } }");
  ASSERT_TRUE(adapter().closed.has_value());
  EXPECT_EQ(ReasonOf(*adapter().closed), Reason::kBadFrame);
}

TEST_F(RoomsTest, ANewProcessOfTheAdapterIsToldToJoinWhereTheBotWas) {
  Ask("join { }", "chat/ops");
  adapter().DoneAll();
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  Restart("i2");
  EXPECT_EQ(adapter().hello_ok->rooms_size(), 2);
  EXPECT_EQ(Joins(), (Strings{"chat/lab", "chat/ops"}));
}

TEST_F(RoomsTest, TheSameProcessIsNotToldAgain) {
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  Restart("i2");
  EXPECT_EQ(Joins(), Strings{"chat/lab"});
  adapter().DoneAll();
  Restart("i2");
  EXPECT_TRUE(Joins().empty());
}

TEST_F(RoomsTest, WhereAnOrderToJoinOrPartWaitsNoOtherIsMade) {
  Ask("join { }", "chat/ops");
  Restart("i2");
  EXPECT_EQ(Joins(), Strings{"chat/ops"});
  adapter().DoneAll();
  adapter().Hangup();
  Ask("part { }", "chat/ops");
  Restart("i3");
  EXPECT_TRUE(Joins().empty());
  adapter().DoneAll();
  Restart("i4");
  EXPECT_TRUE(Joins().empty());
  EXPECT_TRUE(Joined().empty());
}

TEST_F(RoomsTest, AnAdapterThatDiesBeforeItJoinedIsToldTheNextTimeToo) {
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  Restart("i2");
  EXPECT_EQ(Joins(), Strings{"chat/lab"});
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: false } }");
  Restart("i3");
  EXPECT_EQ(Joins(), Strings{"chat/lab"});
}

TEST_F(RoomsTest, ARoomThatCannotBeJoinedIsNotTriedForEver) {
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  Restart("i2");
  adapter().Hear("done { key: '" + adapter().orders.at(0).key() +
                 "' results { problem { reason: REASON_NOT_ALLOWED } } }");
  Restart("i3");
  EXPECT_TRUE(Joins().empty());
}

TEST_F(RoomsTest, AnAdapterThatCannotJoinOnRequestIsOnlyTold) {
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  adapter().Hangup();
  lives_.push_back(std::make_unique<FakeAdapter>(hub_));
  adapter().Hello("e", "i2");
  loop_.Run();
  EXPECT_EQ(adapter().hello_ok->rooms_size(), 1);
  EXPECT_TRUE(adapter().orders.empty());
}

TEST_F(RoomsTest, ANewHubKnowsWhereTheBotIsToBe) {
  adapter().Hear("rooms { rooms { id: 'chat/lab' joined: true } }");
  Hub later(Options(), loop_, workshop_, engine_);
  EXPECT_EQ(Ids(later.rooms().List("", true, "", 10)), Strings{"chat/lab"});
}

}  // namespace
}  // namespace chathub
