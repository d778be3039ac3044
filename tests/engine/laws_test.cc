#include "tests/engine/laws.h"

#include <memory>

#include "gtest/gtest.h"
#include "hub/engine/memory/memory_engine.h"
#include "tests/engine/failing_engine.h"
#include "tests/engine/sqlite_home.h"
#include "tests/engine/survival_laws.h"

namespace chathub {
namespace {

class MemoryHome : public EngineHome {
 public:
  std::unique_ptr<Engine> Open(Loop& loop) override { return std::make_unique<MemoryEngine>(loop); }
};

const EngineMaker kMemory{"memory", [] { return std::make_unique<MemoryHome>(); }};
// One that does not fail at present.
class FailingHome : public EngineHome {
 public:
  std::unique_ptr<Engine> Open(Loop& loop) override {
    return std::make_unique<FailingEngine>(home_.Open(loop));
  }
  void Kill() override { home_.Kill(); }

 private:
  SqliteHome home_;
};

const EngineMaker kFailing{"failing", [] { return std::make_unique<FailingHome>(); }};
const EngineMaker kSqlite{"sqlite", [] { return std::make_unique<SqliteHome>(); }};

INSTANTIATE_TEST_SUITE_P(Memory, EngineLaws, testing::Values(kMemory));
INSTANTIATE_TEST_SUITE_P(Sqlite, EngineLaws, testing::Values(kSqlite));
INSTANTIATE_TEST_SUITE_P(Failing, EngineLaws, testing::Values(kFailing));
INSTANTIATE_TEST_SUITE_P(Sqlite, SurvivalLaws, testing::Values(kSqlite));
INSTANTIATE_TEST_SUITE_P(Failing, SurvivalLaws, testing::Values(kFailing));

}  // namespace
}  // namespace chathub
