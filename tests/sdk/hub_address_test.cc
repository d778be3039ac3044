#include "chathub/hub_address.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/sdk/temporary_folder.h"

namespace chathub {
namespace {

using Outcome = FoundHub::Outcome;

// Without what the environment of the test itself says.
class HubAddressTest : public testing::Test {
 protected:
  HubAddressTest() {
    for (const char* name : {"CHATHUB_ADDRESS", "CHATHUB_TOKEN", "CHATHUB_DATA", "CHATHUB_CA",
                             "CHATHUB_CERTIFICATE", "CHATHUB_KEY"})
      unsetenv(name);
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
  setenv("CHATHUB_ADDRESS", "127.0.0.1:1", 1);
  setenv("CHATHUB_TOKEN", "from-environment", 1);
  EXPECT_EQ(Find().address.target, "127.0.0.1:1");
  EXPECT_EQ(Find().address.token, "from-environment");
  const FoundHub hub =
      FindHub({.address = "localhost:2", .token = "t", .data_folder = folder_.path()});
  EXPECT_EQ(hub.address.target, "localhost:2");
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
  const FoundHub hub = FindHub({.address = "localhost:2", .data_folder = folder_.path()});
  EXPECT_EQ(hub.outcome, Outcome::kMisconfigured);
  EXPECT_NE(hub.problem.find("CHATHUB_TOKEN"), std::string::npos);
}

TEST_F(HubAddressTest, ATokenThatCannotBeOneIsRefusedWithoutBeingShown) {
  const FoundHub hub = FindHub({.address = "localhost:2", .token = "se cret\n"});
  EXPECT_EQ(hub.outcome, Outcome::kMisconfigured);
  EXPECT_EQ(hub.problem.find("cret"), std::string::npos);
}

TEST_F(HubAddressTest, ATokenDoesNotLeaveTheMachineInTheClear) {
  for (const std::string target : {"10.0.0.1:1", "dns:///hub.example:6196", "ipv4:192.0.2.1:80",
                                   "127.0.0.1.example.com:80", "[2001:db8::1]:6196"}) {
    const FoundHub hub = FindHub({.address = target, .token = "t"});
    EXPECT_EQ(hub.outcome, Outcome::kMisconfigured) << target;
    EXPECT_NE(hub.problem.find("CHATHUB_CA"), std::string::npos) << target;
  }
  for (const std::string target : {"unix:/run/hub.sock", "127.0.0.1:1", "localhost:1", "[::1]:1",
                                   "dns:///localhost:1", "ipv4:127.0.0.1:1"}) {
    EXPECT_TRUE(FindHub({.address = target, .token = "t"})) << target;
  }
}

TEST_F(HubAddressTest, TheAuthoritysCertificateMakesItTls) {
  folder_.Write("ca.pem", "a certificate");
  setenv("CHATHUB_CA", (folder_.path() + "/ca.pem").c_str(), 1);
  const FoundHub hub = FindHub({.address = "hub.example:6196", .token = "t"});
  ASSERT_TRUE(hub) << hub.problem;
  EXPECT_EQ(hub.address.ca, folder_.path() + "/ca.pem");
  unsetenv("CHATHUB_CA");
  const FoundHub missing =
      FindHub({.address = "hub.example:6196", .token = "t", .ca = folder_.path() + "/none.pem"});
  EXPECT_EQ(missing.outcome, Outcome::kMisconfigured);
  EXPECT_NE(missing.problem.find("none.pem"), std::string::npos);
}

TEST_F(HubAddressTest, AKeyThatOthersMayReadIsRefused) {
  for (const char* name : {"ca.pem", "certificate.pem", "key.pem"}) folder_.Write(name, "text");
  const std::string path = folder_.path();
  const HubOptions options{.address = "hub.example:6196",
                           .token = "t",
                           .ca = path + "/ca.pem",
                           .certificate = path + "/certificate.pem",
                           .key = path + "/key.pem"};
  std::filesystem::permissions(options.key, std::filesystem::perms(0644));
  EXPECT_NE(FindHub(options).problem.find("chmod 600"), std::string::npos);
  std::filesystem::permissions(options.key, std::filesystem::perms(0600));
  EXPECT_TRUE(FindHub(options)) << FindHub(options).problem;
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
