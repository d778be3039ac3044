#include <fstream>
#include <iterator>
#include <string>

#include "gtest/gtest.h"
#include "hub/config.h"

namespace chathub {
namespace {

std::string Page() {
  std::ifstream file(CHATHUB_CONFIGURATION_PAGE);
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

// The text of the page's first ```toml block.
std::string Example(const std::string& page) {
  const auto start = page.find("```toml\n") + 8;
  return page.substr(start, page.find("```", start) - start);
}

TEST(ConfigurationPageTest, EveryKeyHasARowOfItsOwn) {
  const std::string page = Page();
  ASSERT_FALSE(page.empty());
  for (const std::string& key : KnownKeys()) {
    EXPECT_NE(page.find("\n| `" + key + "` |"), std::string::npos) << key;
  }
}

TEST(ConfigurationPageTest, ItsExampleIsFineAndSaysTheDefaults) {
  const auto config = ParseConfig(Example(Page()), "configuration.md");
  ASSERT_TRUE(config.ok()) << config.status();
  const Config defaults;
  EXPECT_EQ(config->name, defaults.name);
  EXPECT_EQ(config->adapter, defaults.adapter);
  EXPECT_EQ(config->command_prefix, defaults.command_prefix);
  EXPECT_EQ(config->listen.address, defaults.listen.address);
  EXPECT_EQ(config->listen.tcp, defaults.listen.tcp);
  EXPECT_EQ(config->listen.unix_socket, defaults.listen.unix_socket);
  EXPECT_EQ(config->engine.kind, defaults.engine.kind);
  EXPECT_EQ(config->limits.handler_mailbox, defaults.limits.handler_mailbox);
  EXPECT_EQ(config->limits.order_mailbox, defaults.limits.order_mailbox);
  EXPECT_EQ(config->log.level, defaults.log.level);
}

}  // namespace
}  // namespace chathub
