#include "hub/engine/memory/memory_engine.h"

#include <memory>

#include "gtest/gtest.h"
#include "tests/engine/laws.h"

namespace chathub {
namespace {

std::unique_ptr<Engine> MakeMemoryEngine(Loop& loop) {
  return std::make_unique<MemoryEngine>(loop);
}

INSTANTIATE_TEST_SUITE_P(Memory, EngineLaws,
                         testing::Values(EngineMaker{"memory", MakeMemoryEngine}));

TEST(MemoryEngineTest, ItSaysThatItSurvivesNothing) {
  const VirtualLoop loop;
  const MemoryEngine engine(loop);
  EXPECT_FALSE(engine.properties().survives_crash);
  EXPECT_FALSE(engine.properties().survives_power_loss);
}

}  // namespace
}  // namespace chathub
