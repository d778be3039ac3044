#include "hub/listen_address.h"

#include "gtest/gtest.h"
#include "hub/base/errors.h"

namespace chathub {
namespace {

TEST(ListenAddressTest, LoopbackIsThisMachineAlone) {
  for (const char* address :
       {"127.0.0.1:6196", "127.0.0.1:0", "127.9.9.9:65535", "localhost:1", "[::1]:6196"}) {
    EXPECT_TRUE(CheckListenAddress(address).ok()) << address;
    EXPECT_TRUE(IsLoopbackAddress(address)) << address;
  }
}

TEST(ListenAddressTest, TheRestOfTheNetworkIsNot) {
  for (const char* address : {"0.0.0.0:6196", "192.168.1.1:6196", "example.com:6196", "[::]:6196",
                              "1.127.0.0:1", "127.0.0.1.example.com:80", "127.1:80", "unix:80"}) {
    EXPECT_TRUE(CheckListenAddress(address).ok()) << address;
    EXPECT_FALSE(IsLoopbackAddress(address)) << address;
  }
}

TEST(ListenAddressTest, SomethingElseIsNoAddress) {
  for (const char* address :
       {"", ":", ":6196", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1",
        "127.0.0.1:http", "127.0.0.1:+1", "127.0.0.1: 1", "127.0.0.1:99999999999999999999"}) {
    EXPECT_EQ(ReasonOf(CheckListenAddress(address)), Reason::kBadFrame) << address;
  }
}

}  // namespace
}  // namespace chathub
