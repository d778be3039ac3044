// Whose order goes out next.
#include "hub/core/mailboxes/order_turns.h"

#include <deque>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace chathub {
namespace {

using Strings = std::vector<std::string>;

class OrderTurnsTest : public testing::Test {
 protected:
  PendingOrder& Add(const std::string& author, const std::string& key) {
    PendingOrder& order = orders_.emplace_back();
    order.entry = std::make_shared<Entry>();
    order.entry->envelope.set_from(author);
    order.entry->envelope.set_id(key);
    turns_.Enter(order);
    return order;
  }
  PendingOrder& AddWaiting(const std::string& author, const std::string& key) {
    PendingOrder& order = Add(author, key);
    turns_.Wait(order);
    return order;
  }
  // At most so many.
  Strings SendOut(std::size_t most = 1'000) {
    Strings keys;
    for (PendingOrder* next = turns_.Next(); next != nullptr && keys.size() < most;
         next = turns_.Next()) {
      turns_.GoOut(*next);
      keys.push_back(next->entry->id());
    }
    return keys;
  }

  OrderTurns turns_;
  std::deque<PendingOrder> orders_;
};

TEST_F(OrderTurnsTest, AnAuthorsOrdersGoOutAsTheyCame) {
  for (const char* key : {"1", "2", "3"}) AddWaiting("karma", key);
  EXPECT_EQ(SendOut(), (Strings{"1", "2", "3"}));
  EXPECT_EQ(turns_.waiting(), 0u);
  EXPECT_EQ(turns_.out(), 3u);
}

TEST_F(OrderTurnsTest, AuthorsHaveTurns) {
  for (const char* key : {"f1", "f2", "f3"}) AddWaiting("flood", key);
  AddWaiting("karma", "k1");
  AddWaiting("help", "h1");
  AddWaiting("karma", "k2");
  EXPECT_EQ(SendOut(), (Strings{"f1", "k1", "h1", "f2", "k2", "f3"}));
}

TEST_F(OrderTurnsTest, WhoHasHadItsTurnWaitsForAllOthersThatWait) {
  for (const char* key : {"f1", "f2", "f3"}) AddWaiting("flood", key);
  EXPECT_EQ(SendOut(1), Strings{"f1"});
  AddWaiting("karma", "k1");
  EXPECT_EQ(SendOut(), (Strings{"f2", "k1", "f3"}));
}

TEST_F(OrderTurnsTest, NobodyHasMoreThanItsShareOut) {
  for (std::size_t i = 0; i < OrderTurns::kShare + 2; ++i) AddWaiting("flood", "f");
  EXPECT_EQ(SendOut().size(), OrderTurns::kShare);
  EXPECT_FALSE(turns_.MayPass(Add("flood", "f")));
  EXPECT_TRUE(turns_.MayPass(Add("karma", "k")));
  turns_.Exit(orders_[0]);
  EXPECT_EQ(SendOut().size(), 1u);
  EXPECT_EQ(turns_.waiting(), 1u);
}

TEST_F(OrderTurnsTest, WhereSeveralWaitNothingIsLeftForOthers) {
  constexpr std::size_t kMany = 2 * OrderTurns::kShare;
  for (std::size_t i = 0; i < kMany; ++i) {
    AddWaiting("flood", "f");
    AddWaiting("karma", "k");
  }
  EXPECT_EQ(SendOut().size(), 2 * kMany);
}

TEST_F(OrderTurnsTest, NobodyPassesAnEarlierOrderOfItsAuthor) {
  AddWaiting("karma", "1");
  EXPECT_FALSE(turns_.MayPass(Add("karma", "2")));
}

TEST_F(OrderTurnsTest, WhatComesBackGoesBeforeTheYounger) {
  PendingOrder& first = AddWaiting("karma", "1");
  PendingOrder& second = AddWaiting("karma", "2");
  SendOut();
  AddWaiting("karma", "3");
  for (PendingOrder* order : {&second, &first}) {
    turns_.ComeBack(*order);
    turns_.Wait(*order);
  }
  EXPECT_EQ(turns_.out(), 0u);
  EXPECT_EQ(SendOut(), (Strings{"1", "2", "3"}));
}

TEST_F(OrderTurnsTest, WhatEndsWhileItWaitsHasNoTurn) {
  PendingOrder& first = AddWaiting("karma", "1");
  AddWaiting("help", "2");
  turns_.Exit(first);
  EXPECT_EQ(turns_.open("karma"), 0u);
  EXPECT_EQ(turns_.open("help"), 1u);
  EXPECT_EQ(SendOut(), Strings{"2"});
}

}  // namespace
}  // namespace chathub
