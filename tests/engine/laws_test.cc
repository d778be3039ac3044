#include "tests/engine/laws.h"

#include <memory>

#include "gtest/gtest.h"
#include "hub/engine/memory/memory_engine.h"
#include "tests/engine/sqlite_home.h"
#include "tests/engine/survival_laws.h"

namespace chathub {
namespace {

class MemoryHome : public EngineHome {
 public:
  std::unique_ptr<Engine> Open(Loop& loop) override { return std::make_unique<MemoryEngine>(loop); }
};

const EngineMaker kMemory{"memory", [] { return std::make_unique<MemoryHome>(); }};
const EngineMaker kSqlite{"sqlite", [] { return std::make_unique<SqliteHome>(); }};

INSTANTIATE_TEST_SUITE_P(Memory, EngineLaws, testing::Values(kMemory));
INSTANTIATE_TEST_SUITE_P(Sqlite, EngineLaws, testing::Values(kSqlite));
INSTANTIATE_TEST_SUITE_P(Sqlite, SurvivalLaws, testing::Values(kSqlite));

}  // namespace
}  // namespace chathub
