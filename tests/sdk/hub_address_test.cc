#include "chathub/hub_address.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/sdk/temporary_folder.h"

namespace chathub {
namespace {

using Outcome = FoundHub::Outcome;

// Without what the environment of the test itself says.
class HubAddressTest : public testing::Test {
 protected:
  HubAddressTest() {
    for (const char* name : {"CHATHUB_ADDRESS", "CHATHUB_TOKEN", "CHATHUB_DATA"}) unsetenv(name);
  }

  // As a hub that runs.
  void Run() {
    folder_.Write("endpoints", "unix:/run/hub.sock\n127.0.0.1:6196\n");
    folder_.Write("owner-token", "0123abcd\n");
  }

  FoundHub Find() { return FindHub({.data_folder = folder_.path()}); }

  TemporaryFolder folder_;
};

TEST_F(HubAddressTest, ARunningHubIsFoundByItsFirstEndpointAndItsOwnersToken) {
  Run();
  const FoundHub hub = Find();
  ASSERT_TRUE(hub) << hub.problem;
  EXPECT_EQ(hub.address.target, "unix:/run/hub.sock");
  EXPECT_EQ(hub.address.token, "0123abcd");
}

TEST_F(HubAddressTest, TheEnvironmentOverridesTheFolderAndOptionsOverrideBoth) {
  Run();
  setenv("CHATHUB_ADDRESS", "10.0.0.1:1", 1);
  setenv("CHATHUB_TOKEN", "from-environment", 1);
  EXPECT_EQ(Find().address.target, "10.0.0.1:1");
  EXPECT_EQ(Find().address.token, "from-environment");
  const FoundHub hub = FindHub({.address = "h:2", .token = "t", .data_folder = folder_.path()});
  EXPECT_EQ(hub.address.target, "h:2");
  EXPECT_EQ(hub.address.token, "t");
}

TEST_F(HubAddressTest, NoEndpointsMeanThatNoHubRunsThere) {
  folder_.Write("owner-token", "0123abcd\n");
  const FoundHub hub = Find();
  EXPECT_EQ(hub.outcome, Outcome::kNotRunning);
  EXPECT_EQ(hub.problem,
            "no hub is running in " + folder_.path() + " (start one with: chathub serve)");
}

TEST_F(HubAddressTest, AKnownAddressWithoutAnyTokenIsAMistakeOfTheUser) {
  const FoundHub hub = FindHub({.address = "h:2", .data_folder = folder_.path()});
  EXPECT_EQ(hub.outcome, Outcome::kMisconfigured);
  EXPECT_NE(hub.problem.find("CHATHUB_TOKEN"), std::string::npos);
}

TEST_F(HubAddressTest, ATokenThatCannotBeOneIsRefusedWithoutBeingShown) {
  const FoundHub hub = FindHub({.address = "h:2", .token = "se cret\n"});
  EXPECT_EQ(hub.outcome, Outcome::kMisconfigured);
  EXPECT_EQ(hub.problem.find("cret"), std::string::npos);
}

TEST_F(HubAddressTest, TheDataFolderIsTheGivenOneElseTheEnvironments) {
  setenv("HOME", "/home/ada", 1);
  unsetenv("XDG_DATA_HOME");
  EXPECT_EQ(DataFolder(), "/home/ada/.local/share/chathub");
  setenv("XDG_DATA_HOME", "/xdg", 1);
  EXPECT_EQ(DataFolder(), "/xdg/chathub");
  setenv("CHATHUB_DATA", "/data", 1);
  EXPECT_EQ(DataFolder(), "/data");
  EXPECT_EQ(DataFolder("/given"), "/given");
}

}  // namespace
}  // namespace chathub
