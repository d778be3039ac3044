// The gateway's keys in the configuration file.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/config.h"

namespace chathub {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string MistakesIn(std::string_view text) {
  const auto config = ParseConfig(text, "chathub.toml");
  return config.ok() ? "" : std::string(config.status().message());
}

TEST(GatewayConfigTest, WithoutKeysItListensOnLoopback) {
  const auto config = ParseConfig("", "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_TRUE(config->gateway.on);
  EXPECT_EQ(config->gateway.address, "127.0.0.1:6197");
  EXPECT_FALSE(config->gateway.address_is_named);
  EXPECT_TRUE(config->gateway.wnet_accounts);
  EXPECT_EQ(config->gateway.connections, 10'000u);
  EXPECT_EQ(config->gateway.connections_per_address, 500u);
  EXPECT_EQ(config->gateway.frames_per_second, 1'000u);
}

TEST(GatewayConfigTest, EveryKeyOfTheDoorwayIsHeard) {
  const auto config = ParseConfig(R"(
    [gateway]
    on = false
    address = "127.0.0.1:7000"
    certificate = "/c.pem"
    key = "/k.pem"
    connections = 3
    connections_per_address = 2
    frames_per_second = 7
    origins = ["https://a.example", "https://b.example"]
  )",
                                  "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  const GatewayConfig& gateway = config->gateway;
  EXPECT_FALSE(gateway.on);
  EXPECT_EQ(gateway.address, "127.0.0.1:7000");
  EXPECT_TRUE(gateway.address_is_named);
  EXPECT_EQ(gateway.certificate, "/c.pem");
  EXPECT_EQ(gateway.key, "/k.pem");
  EXPECT_EQ(gateway.connections, 3u);
  EXPECT_EQ(gateway.connections_per_address, 2u);
  EXPECT_EQ(gateway.frames_per_second, 7u);
  EXPECT_THAT(gateway.origins, ElementsAre("https://a.example", "https://b.example"));
}

TEST(GatewayConfigTest, EveryKeyOfTheProtocolsIsHeard) {
  const auto config = ParseConfig(R"toml(
    [gateway.wnet]
    accounts = false
    expose = ["*"]
    [gateway.botcomet.lookup]
    key = "/p.pem"
    pattern = "look (.+)"
    [gateway.botica.worker-1]
    pattern = "forecast"
  )toml",
                                  "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  const GatewayConfig& gateway = config->gateway;
  EXPECT_FALSE(gateway.wnet_accounts);
  EXPECT_THAT(gateway.wnet_expose, ElementsAre("*"));
  ASSERT_EQ(gateway.comet_plugins.size(), 1u);
  EXPECT_EQ(gateway.comet_plugins[0].alias, "lookup");
  EXPECT_EQ(gateway.comet_plugins[0].key, "/p.pem");
  EXPECT_EQ(gateway.comet_plugins[0].pattern, "look (.+)");
  ASSERT_EQ(gateway.botica_bots.size(), 1u);
  EXPECT_EQ(gateway.botica_bots[0].id, "worker-1");
  EXPECT_EQ(gateway.botica_bots[0].pattern, "forecast");
}

TEST(GatewayConfigTest, ACertificateHasItsKeyBesideIt) {
  EXPECT_EQ(MistakesIn("[gateway]\ncertificate = \"/c.pem\""),
            "chathub.toml:2: gateway.certificate needs key beside it");
  EXPECT_EQ(MistakesIn("[gateway]\n\nkey = \"/k.pem\""),
            "chathub.toml:3: gateway.key needs certificate beside it");
  EXPECT_THAT(MistakesIn("[gateway]\ncertificate = \"c.pem\"\nkey = \"/k.pem\""),
              HasSubstr(":2: gateway.certificate must be an absolute path"));
}

TEST(GatewayConfigTest, BeyondLoopbackThereIsTls) {
  EXPECT_THAT(MistakesIn("[gateway]\naddress = \"0.0.0.0:6197\""),
              HasSubstr(":2: gateway.address is not on loopback"));
  EXPECT_EQ(MistakesIn("[gateway]\naddress = \"0.0.0.0:6197\"\non = false"), "");
  EXPECT_EQ(MistakesIn("[gateway]\naddress = \"0.0.0.0:6197\"\ncertificate = \"/c.pem\"\n"
                       "key = \"/k.pem\""),
            "");
}

TEST(GatewayConfigTest, MistakesAreToldWithTheirLine) {
  EXPECT_EQ(MistakesIn("[gateway]\nconnections = 0\nconnections_per_address = \"all\"\n"
                       "frames_per_second = 1_000_001\norigins = \"https://a.example\""),
            "chathub.toml:2: gateway.connections must be a whole number from 1 to 1000000\n"
            "chathub.toml:3: gateway.connections_per_address must be a whole number from 1 to "
            "1000000\n"
            "chathub.toml:4: gateway.frames_per_second must be a whole number from 1 to 1000000\n"
            "chathub.toml:5: gateway.origins must be a list of texts");
  EXPECT_THAT(MistakesIn("[gateway]\nport = 1"), HasSubstr(":2: gateway.port is not known"));
}

}  // namespace
}  // namespace chathub
