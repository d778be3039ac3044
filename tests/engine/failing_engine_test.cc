#include "tests/engine/failing_engine.h"

#include <memory>
#include <utility>

#include "gtest/gtest.h"
#include "hub/engine/memory/memory_engine.h"
#include "tests/engine/engine_case.h"

namespace chathub {
namespace {

class FailingEngineTest : public testing::Test {
 protected:
  absl::Status PutAndWrite() {
    Step step;
    step.put.push_back(std::make_shared<Entry>());
    step.put[0]->envelope.set_id("1");
    step.put[0]->envelope.set_to("handler/a");
    step.put[0]->unkept = DutyThatSets(accepted_);
    step.writes.push_back({.space = "s", .key = "k", .value = "v"});
    return engine_.Apply(std::move(step)).status();
  }

  VirtualLoop loop_;
  bool accepted_ = false;
  FailingEngine engine_{std::make_unique<MemoryEngine>(loop_)};
};

TEST_F(FailingEngineTest, AStepThatFailsChangesNothing) {
  CollectingReader reader;
  engine_.Read("handler/a", &reader);
  engine_.FailFromNowOn(FailingEngine::Fails::kGrowth);
  EXPECT_EQ(ReasonOf(PutAndWrite()), Reason::kGoingAway);
  EXPECT_EQ(reader.entries.size(), 0u);
  EXPECT_FALSE(engine_.Find("s", "k").has_value());
  EXPECT_NE(engine_.Trouble(), "");
}

TEST_F(FailingEngineTest, ItHeals) {
  engine_.FailFromNowOn(FailingEngine::Fails::kAll);
  EXPECT_FALSE(PutAndWrite().ok());
  engine_.FailFromNowOn(FailingEngine::Fails::kNothing);
  EXPECT_TRUE(PutAndWrite().ok());
  EXPECT_TRUE(accepted_);
  EXPECT_EQ(engine_.Trouble(), "");
}

}  // namespace
}  // namespace chathub
