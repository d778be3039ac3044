#include "hub/config.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"

namespace chathub {
namespace {

using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// The lines of what is wrong; empty if nothing is.
std::string MistakesIn(std::string_view text) {
  const auto config = ParseConfig(text, "chathub.toml");
  return config.ok() ? "" : std::string(config.status().message());
}

std::vector<std::string> AdapterNames(const Config& config) {
  std::vector<std::string> names;
  for (const AdapterConfig& adapter : config.adapters) names.push_back(adapter.name);
  return names;
}

TEST(ConfigTest, AnEmptyFileMeansTheDefaults) {
  const auto config = ParseConfig("", "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->name, "hub");
  EXPECT_EQ(config->adapter, "shell");
  EXPECT_THAT(AdapterNames(*config), ElementsAre("shell"));
  EXPECT_THAT(AdapterNames(Config{}), ElementsAre("shell"));
  EXPECT_EQ(config->command_prefix, "!");
  EXPECT_EQ(config->listen.address, "127.0.0.1:6196");
  EXPECT_TRUE(config->listen.tcp);
  EXPECT_TRUE(config->listen.unix_socket);
  EXPECT_EQ(config->engine.kind, EngineKind::kSqlite);
  EXPECT_EQ(config->limits.handler_mailbox, 10'000u);
  EXPECT_EQ(config->limits.order_mailbox, 10'000u);
  EXPECT_EQ(config->log.level, LogLevel::kInfo);
}

TEST(ConfigTest, EveryKeyIsHeard) {
  const auto config = ParseConfig(R"(
    adapter = "irc"
    adapters = ["shell", "mail"]
    command_prefix = "~"
    [hub]
    name = "ada"
    [listen]
    address = "[::1]:0"
    tcp = true
    unix = false
    [engine]
    kind = "memory"
    [limits]
    handler_mailbox = 1
    order_mailbox = 1_000_000
    [log]
    level = "debug"
  )",
                                  "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->name, "ada");
  EXPECT_EQ(config->adapter, "irc");
  EXPECT_THAT(AdapterNames(*config), ElementsAre("irc", "shell", "mail"));
  EXPECT_EQ(config->command_prefix, "~");
  EXPECT_EQ(config->listen.address, "[::1]:0");
  EXPECT_TRUE(config->listen.tcp);
  EXPECT_FALSE(config->listen.unix_socket);
  EXPECT_EQ(config->engine.kind, EngineKind::kMemory);
  EXPECT_EQ(config->limits.handler_mailbox, 1u);
  EXPECT_EQ(config->limits.order_mailbox, 1'000'000u);
  EXPECT_EQ(config->log.level, LogLevel::kDebug);
}

TEST(ConfigTest, AnAdapterMayHaveATableOfItsOwn) {
  const auto config = ParseConfig(R"(
    adapter = "shell"
    [adapters.irc]
    in_doubt = "drop"
    [adapters.mail]
    [adapters.shell]
    in_doubt = "resend"
  )",
                                  "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_THAT(config->adapters,
              ElementsAre(Field(&AdapterConfig::name, "shell"), Field(&AdapterConfig::name, "irc"),
                          Field(&AdapterConfig::name, "mail")));
  EXPECT_EQ(config->adapters[0].in_doubt, InDoubt::kResend);
  EXPECT_EQ(config->adapters[1].in_doubt, InDoubt::kDrop);
  EXPECT_EQ(config->adapters[2].in_doubt, InDoubt::kResend);
}

TEST(ConfigTest, ThePrefixMayBeNone) {
  const auto config = ParseConfig(R"(command_prefix = "")", "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->command_prefix, "");
}

TEST(ConfigTest, EveryMistakeIsToldWithItsLineFromTheTopDown) {
  EXPECT_EQ(MistakesIn("command_prefix = 1\n"
                       "adaptor = \"irc\"\n"
                       "\n"
                       "[listen]\n"
                       "tcp = \"yes\"\n"
                       "[hub]\n"
                       "name = \"a b\"\n"
                       "[limits]\n"
                       "handler_mailbox = 0\n"),
            "chathub.toml:1: command_prefix must be a text in quotes\n"
            "chathub.toml:2: adaptor is not known; did you mean adapter?\n"
            "chathub.toml:5: listen.tcp must be true or false\n"
            "chathub.toml:7: hub.name must be a name of at most 64 letters, digits, '.', '_' and "
            "'-', not \"a b\"\n"
            "chathub.toml:9: limits.handler_mailbox must be a whole number from 1 to 1000000");
}

TEST(ConfigTest, ATextThatIsNotTomlIsToldWithItsLine) {
  EXPECT_THAT(MistakesIn("adapter = \"shell\"\n[listen\n"), StartsWith("chathub.toml:2: "));
  EXPECT_THAT(MistakesIn("adapter = shell"), StartsWith("chathub.toml:1: "));
  EXPECT_THAT(MistakesIn("\nadapter = \"a\"\nadapter = \"b\""), StartsWith("chathub.toml:3: "));
  EXPECT_THAT(MistakesIn("adapter = \"\xff\""), StartsWith("chathub.toml:1: "));
  EXPECT_THAT(MistakesIn(std::string("a\0b", 3)), StartsWith("chathub.toml:1: "));
}

TEST(ConfigTest, AnUnknownKeyIsMetWithTheNearestKnownOne) {
  EXPECT_THAT(MistakesIn("[listen]\nadress = \"x\""),
              HasSubstr(":2: listen.adress is not known; did you mean listen.address?"));
  EXPECT_THAT(MistakesIn("[adapters.irc]\nindoubt = \"drop\""),
              HasSubstr(":2: adapters.irc.indoubt is not known; did you mean "
                        "adapters.irc.in_doubt?"));
  EXPECT_THAT(MistakesIn("[lisen]\ntcp = true"),
              HasSubstr(":1: lisen is not known; did you mean listen?"));
}

TEST(ConfigTest, AKeyInTheWrongTableIsShownTheRightOne) {
  EXPECT_THAT(MistakesIn("level = \"info\""),
              HasSubstr(":1: level is not known; did you mean log.level?"));
  EXPECT_THAT(MistakesIn("[hub]\nadapter = \"irc\""),
              HasSubstr(":2: hub.adapter is not known; did you mean adapter? It stands above every "
                        "[table]."));
}

TEST(ConfigTest, AnUnknownTableIsOneMistakeWhateverIsInIt) {
  EXPECT_EQ(MistakesIn("[weather]\ncity = \"Paris\"\n[weather.units]\nt = \"K\""),
            "chathub.toml:1: weather is not known");
}

TEST(ConfigTest, ATableIsNotAKeyAndAKeyIsNotATable) {
  EXPECT_EQ(MistakesIn("listen = \"127.0.0.1:6196\""),
            "chathub.toml:1: listen is a table, written [listen]");
  EXPECT_EQ(MistakesIn("[adapter]\nname = \"irc\""),
            "chathub.toml:1: adapter must be a text in quotes\n"
            "chathub.toml:2: adapter.name is not known; did you mean hub.name?");
  EXPECT_EQ(MistakesIn("[[adapters]]\nname = \"irc\""),
            "chathub.toml:1: adapters must be a text in quotes");
}

TEST(ConfigTest, AValueThatIsNoneOfTheWordsIsToldTheWords) {
  EXPECT_EQ(MistakesIn("[engine]\nkind = \"paper\""),
            "chathub.toml:2: engine.kind must be \"memory\" or \"sqlite\", not \"paper\"");
  EXPECT_EQ(MistakesIn("[adapters.irc]\nin_doubt = \"maybe\""),
            "chathub.toml:2: adapters.irc.in_doubt must be \"resend\" or \"drop\", not \"maybe\"");
  EXPECT_THAT(MistakesIn("[log]\nlevel = \"INFO\""), HasSubstr(":2: log.level must be \"debug\""));
}

TEST(ConfigTest, ANumberOutOfRangeOrOfAnotherKindIsRefused) {
  for (const char* value : {"0", "-1", "1000001", "1.5", "\"10\"", "true", "1979-05-27"}) {
    EXPECT_EQ(MistakesIn("[limits]\norder_mailbox = " + std::string(value)),
              "chathub.toml:2: limits.order_mailbox must be a whole number from 1 to 1000000")
        << value;
  }
}

TEST(ConfigTest, AnAddressThatTheNetworkCanReachNeedsTls) {
  EXPECT_EQ(MistakesIn("[listen]\naddress = \"0.0.0.0:6196\""),
            "chathub.toml:2: listen.address is not on loopback (127.0.0.1, [::1], localhost): "
            "there it needs TLS, set tls_certificate and tls_key");
  const auto config = ParseConfig(
      "[listen]\naddress = \"0.0.0.0:6196\"\ntls_certificate = \"/c.pem\"\ntls_key = \"/k.pem\"\n"
      "tls_client_ca = \"/a.pem\"",
      "chathub.toml");
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->listen.tls_certificate, "/c.pem");
  EXPECT_EQ(config->listen.tls_key, "/k.pem");
  EXPECT_EQ(config->listen.tls_client_ca, "/a.pem");
}

TEST(ConfigTest, CertificateAndKeyGoTogether) {
  EXPECT_EQ(MistakesIn("[listen]\ntls_certificate = \"/c.pem\""),
            "chathub.toml:2: listen.tls_certificate needs tls_key beside it");
  EXPECT_EQ(MistakesIn("[listen]\n\ntls_key = \"/k.pem\""),
            "chathub.toml:3: listen.tls_key needs tls_certificate beside it");
  EXPECT_EQ(MistakesIn("[listen]\ntls_client_ca = \"/a.pem\""),
            "chathub.toml:2: listen.tls_client_ca needs tls_certificate and tls_key beside it");
  EXPECT_EQ(MistakesIn("[listen]\ntls_key = \"k.pem\""),
            "chathub.toml:2: listen.tls_key must be an absolute path");
}

TEST(ConfigTest, AHubThatListensNowhereIsRefused) {
  EXPECT_EQ(MistakesIn("\n[listen]\ntcp = false\nunix = false"),
            "chathub.toml:2: listen leaves nothing to listen on: set tcp or unix to true");
}

TEST(ConfigTest, EachItemOfAListIsCheckedOnItsOwnLine) {
  EXPECT_EQ(MistakesIn("adapters = [\n\"irc\",\n\"a/b\",\n7,\n\"irc\",\n]"),
            "chathub.toml:3: adapters must be a name of at most 64 letters, digits, '.', '_' and "
            "'-', not \"a/b\"\n"
            "chathub.toml:4: adapters must be a text in quotes\n"
            "chathub.toml:5: adapters has \"irc\" twice");
  EXPECT_THAT(MistakesIn("adapters = \"irc\""), HasSubstr(":1: adapters must be a list of names"));
}

TEST(ConfigTest, AnAdaptersTableMustBeNamedLikeAPeer) {
  EXPECT_THAT(MistakesIn("[adapters.\"a b\"]\nin_doubt = \"drop\""),
              StartsWith("chathub.toml:1: adapters.a b is not named like an adapter"));
  EXPECT_EQ(MistakesIn("[adapters]\nirc = true"),
            "chathub.toml:2: adapters.irc must be a table [adapters.NAME]");
}

TEST(ConfigTest, APrefixWithASpaceOrTooLongIsRefused) {
  for (const char* value : {"a b", "\\n", "12345678901234567"}) {
    EXPECT_EQ(MistakesIn("command_prefix = \"" + std::string(value) + "\""),
              "chathub.toml:1: command_prefix must be at most 16 bytes without a space");
  }
}

TEST(ConfigTest, AMistakeCannotWriteALineOfItsOwn) {
  EXPECT_EQ(MistakesIn("\"a\\nchathub.toml:9: b\" = 1"),
            "chathub.toml:1: a\\x0achathub.toml:9: b is not known");
}

class ConfigFileTest : public ::testing::Test {
 protected:
  ConfigFileTest() {
    std::string pattern = testing::TempDir() + "chathub-config-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~ConfigFileTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_;
};

TEST_F(ConfigFileTest, AFileIsReadAndNamedInItsMistakes) {
  const std::string path = folder_ / "my.toml";
  std::ofstream(path) << "adapter = \"irc\"\n";
  const auto config = LoadConfig(path);
  ASSERT_TRUE(config.ok()) << config.status();
  EXPECT_EQ(config->adapter, "irc");

  std::ofstream(path) << "\nadapter = 1\n";
  const auto wrong = LoadConfig(path);
  EXPECT_EQ(wrong.status().message(), path + ":2: adapter must be a text in quotes");
  EXPECT_EQ(ReasonOf(wrong.status()), Reason::kBadFrame);
}

TEST_F(ConfigFileTest, AFileThatCannotBeReadIsSaidSo) {
  const std::string missing = folder_ / "none.toml";
  EXPECT_EQ(LoadConfig(missing).status().message(),
            missing + ": cannot be read: No such file or directory");
  EXPECT_EQ(LoadConfig(folder_).status().message(),
            folder_.string() + ": cannot be read: it is a folder");
}

TEST(DefaultConfigPathTest, LiesWhereTheDesktopPutsConfiguration) {
  const std::string home = std::getenv("HOME") == nullptr ? "" : std::getenv("HOME");
  setenv("XDG_CONFIG_HOME", "/etc/xdg-of-mine", 1);
  EXPECT_EQ(DefaultConfigPath(), "/etc/xdg-of-mine/chathub/chathub.toml");
  unsetenv("XDG_CONFIG_HOME");
  setenv("HOME", "/home/ada", 1);
  EXPECT_EQ(DefaultConfigPath(), "/home/ada/.config/chathub/chathub.toml");
  unsetenv("HOME");
  EXPECT_EQ(DefaultConfigPath(), "");
  setenv("HOME", home.c_str(), 1);
}

}  // namespace
}  // namespace chathub
