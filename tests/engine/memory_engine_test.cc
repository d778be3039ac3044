#include "hub/engine/memory/memory_engine.h"

#include "gtest/gtest.h"
#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

TEST(MemoryEngineTest, ItSaysThatItSurvivesNothing) {
  const VirtualLoop loop;
  const MemoryEngine engine(loop);
  EXPECT_FALSE(engine.properties().survives_crash);
  EXPECT_FALSE(engine.properties().survives_power_loss);
}

}  // namespace
}  // namespace chathub
