#include "hub/engine/open.h"

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/support/virtual_loop.h"

namespace chathub {
namespace {

TEST(OpenTest, AMemoryEngineIsThere) {
  VirtualLoop loop;
  const auto engine = OpenEngine({.kind = "memory"}, loop);
  ASSERT_TRUE(engine.ok());
  EXPECT_EQ((*engine)->properties().kind, "memory");
}

TEST(OpenTest, AnUnknownKindIsRefusedByName) {
  VirtualLoop loop;
  const auto engine = OpenEngine({.kind = "punchcards"}, loop);
  EXPECT_EQ(ReasonOf(engine.status()), Reason::kUnsupported);
  EXPECT_NE(engine.status().message().find("punchcards"), absl::string_view::npos);
}

}  // namespace
}  // namespace chathub
