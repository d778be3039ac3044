#include "hub/engine/memory/memory_engine.h"

#include <memory>

#include "gtest/gtest.h"
#include "tests/engine/laws.h"

namespace chathub {
namespace {

INSTANTIATE_TEST_SUITE_P(Memory, EngineLaws,
                         testing::Values(MakeEngine([](Loop& loop) -> std::unique_ptr<Engine> {
                           return std::make_unique<MemoryEngine>(loop);
                         })));

TEST(MemoryEngineTest, ItSaysThatItSurvivesNothing) {
  const VirtualLoop loop;
  const MemoryEngine engine(loop);
  EXPECT_FALSE(engine.properties().survives_crash);
  EXPECT_FALSE(engine.properties().survives_power_loss);
}

}  // namespace
}  // namespace chathub
