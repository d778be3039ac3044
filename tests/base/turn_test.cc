#include "hub/base/turn.h"

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace chathub {
namespace {

class TurnTest : public ::testing::Test {
 protected:
  Task Note(std::string what) {
    return [this, what = std::move(what)] { heard_ += what; };
  }

  // Another thread comes while somebody thinks.
  void Leave(Task task) {
    std::thread([&] { turn_.Run(std::move(task)); }).join();
  }

  int ends_ = 0;
  Task at_end_ = [] {};
  std::atomic<int> wakes_ = 0;
  Turn turn_{{.before_end =
                  [this] {
                    ++ends_;
                    at_end_();
                  },
              .wake = [this] { ++wakes_; }}};
  std::string heard_;
};

TEST_F(TurnTest, WhoFindsNobodyThinkingRunsItsTaskAtOnce) {
  turn_.Run(Note("a"));
  EXPECT_EQ(heard_, "a");
  EXPECT_EQ(ends_, 1);
  EXPECT_EQ(wakes_, 0);
}

TEST_F(TurnTest, WhoHasTheTurnRunsWhatItRunsWithinIt) {
  turn_.Run([this] {
    turn_.Run(Note("a"));
    heard_ += "b";
  });
  EXPECT_EQ(heard_, "ab");
  EXPECT_EQ(ends_, 1);
}

TEST_F(TurnTest, WhoComesMeanwhileLeavesItsTaskToWhoeverThinks) {
  ASSERT_TRUE(turn_.Take(Note("not run")));
  std::thread other([this] {
    turn_.Run(Note("a"));
    EXPECT_FALSE(turn_.Take(Note("b")));
    turn_.Post(Note("c"));
  });
  other.join();
  EXPECT_EQ(heard_, "");
  turn_.End();
  EXPECT_EQ(heard_, "abc");
  EXPECT_EQ(wakes_, 0);
}

TEST_F(TurnTest, WhatIsPostedInATurnRunsBehindItInOrderAndSoDoesWhatThatPosts) {
  ASSERT_TRUE(turn_.Take([] {}));
  turn_.Post([this] {
    heard_ += "a";
    turn_.Post(Note("c"));
  });
  turn_.Post(Note("b"));
  EXPECT_EQ(heard_, "");
  turn_.End();
  EXPECT_EQ(heard_, "abc");
}

TEST_F(TurnTest, WhatASingleTaskPostedWaitsForOthersUntilSomebodyIsWoken) {
  turn_.Run([this] { turn_.Post(Note("b")); });
  turn_.Run([this] {
    heard_ += "a";
    turn_.Post(Note("c"));
  });
  EXPECT_EQ(heard_, "a");
  EXPECT_EQ(wakes_, 1);
  turn_.Go();
  EXPECT_EQ(heard_, "abc");
}

TEST_F(TurnTest, WhoHasNotTheTurnWakesSomebodyForWhatItPostsOnce) {
  turn_.Post(Note("a"));
  turn_.Post(Note("b"));
  EXPECT_EQ(wakes_, 1);
  turn_.Go();
  EXPECT_EQ(heard_, "ab");
  turn_.Post(Note("c"));
  EXPECT_EQ(wakes_, 2);
}

TEST_F(TurnTest, WhoThinksDoesNotGoOnForEverHoweverOftenOthersLeaveIt) {
  bool go_on = true;
  at_end_ = [&] {
    if (go_on) Leave([&] { heard_ = "a"; });
  };
  turn_.Run([] {});
  EXPECT_EQ(wakes_, 1);
  ASSERT_FALSE(turn_.Take([] {})) << "somebody overtakes what was left";
  turn_.Post(Note("c"));
  heard_ = "";
  go_on = false;
  turn_.Go();
  EXPECT_EQ(heard_, "ac");
  EXPECT_EQ(wakes_, 1);
  EXPECT_TRUE(turn_.Take([] {}));
  turn_.End();
}

TEST_F(TurnTest, WhatPostsItselfAgainAndAgainLetsOthersHaveTheirTurn) {
  bool go_on = true;
  std::function<void()> again = [&] {
    if (go_on) turn_.Post(again);
  };
  ASSERT_TRUE(turn_.Take([] {}));
  turn_.Post(again);
  turn_.End();
  EXPECT_EQ(wakes_, 1);
  turn_.Run(Note("a"));
  turn_.Go();
  EXPECT_EQ(heard_, "a");
  EXPECT_EQ(wakes_, 2);
  go_on = false;
  turn_.Go();
  EXPECT_EQ(wakes_, 2);
}

TEST_F(TurnTest, BetweenTwoLapsOneMayLookElsewhere) {
  ASSERT_TRUE(turn_.Take([] {}));
  turn_.Post([this] {
    heard_ += "b";
    turn_.Post(Note("c"));
  });
  Leave(Note("a"));
  EXPECT_TRUE(turn_.GoOn());
  EXPECT_EQ(heard_, "ab");
  EXPECT_FALSE(turn_.GoOn());
  EXPECT_EQ(heard_, "abc");
  EXPECT_EQ(ends_, 0);
  turn_.End();
}

TEST_F(TurnTest, WhoeverGoesOnForLongDoesMeanwhileWhatIsDoneBeforeAnEnd) {
  std::function<void()> again = [&] {
    if (ends_ < 3) turn_.Post(again);
  };
  ASSERT_TRUE(turn_.Take([] {}));
  turn_.Post(again);
  while (turn_.GoOn()) {
  }
  EXPECT_EQ(ends_, 3);
  EXPECT_FALSE(turn_.Take([] {})) << "it is somebody's still";
  turn_.End();
}

// The sums are no atomics: they are right only if never two think.
TEST_F(TurnTest, NeverDoTwoThinkAndNothingIsLost) {
  constexpr int kTimes = 20'000;
  int runs = 0;
  int posts = 0;
  const auto run = [&] {
    for (int i = 0; i < kTimes; ++i) turn_.Run([&] { ++runs; });
  };
  const auto post = [&] {
    for (int i = 0; i < kTimes; ++i) turn_.Post([&] { ++posts; });
  };
  const auto take = [&] {
    for (int i = 0; i < kTimes; ++i) {
      if (!turn_.Take([&] { ++runs; })) continue;
      ++runs;
      turn_.Post([&] { ++posts; });
      turn_.End();
    }
  };
  {
    std::vector<std::jthread> threads;
    threads.emplace_back(run);
    threads.emplace_back(run);
    threads.emplace_back(post);
    threads.emplace_back(take);
  }
  turn_.Go();
  EXPECT_EQ(runs, 3 * kTimes);
  EXPECT_GE(posts, kTimes);
}

}  // namespace
}  // namespace chathub
