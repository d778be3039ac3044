#include <fstream>
#include <optional>

#include "gmock/gmock.h"
#include "tests/cli/command_line_case.h"

namespace chathub::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ServeTest : public CommandLineCase {
 protected:
  ServeTest() {
    runner_.serve = [this](const Config& config, DataFolder& folder) {
      served_ = config;
      folder_ = folder.path();
      locked_ = !DataFolder::Open(folder.path()).ok();
      return 17;
    };
  }

  std::string WriteConfig(const std::string& text) {
    const fs::path path = root_ / "my.toml";
    std::ofstream(path) << text;
    return path;
  }

  std::optional<Config> served_;
  fs::path folder_;
  bool locked_ = false;
};

TEST_F(ServeTest, WithoutFlagsTheDefaultsAreServedInTheUsersFolder) {
  EXPECT_EQ(Run({"serve"}), 17);
  ASSERT_TRUE(served_.has_value());
  EXPECT_EQ(served_->adapter, "shell");
  EXPECT_EQ(served_->listen.address, "127.0.0.1:6196");
  EXPECT_TRUE(served_->listen.tcp);
  EXPECT_EQ(folder_, data_);
  EXPECT_TRUE(locked_);
  EXPECT_EQ(err_, "");
}

TEST_F(ServeTest, FlagsOverrideTheFile) {
  const std::string path = WriteConfig(
      "adapter = \"irc\"\n[listen]\naddress = \"127.0.0.1:1\"\n[log]\nlevel = \"error\"\n");
  EXPECT_EQ(Run({"serve", "--config", path, "--listen", "localhost:0", "--log-level", "debug",
                 "--engine", "memory", "--data", (root_ / "other").string()}),
            17);
  EXPECT_EQ(served_->adapter, "irc");
  EXPECT_EQ(served_->listen.address, "localhost:0");
  EXPECT_EQ(served_->engine.kind, EngineKind::kMemory);
  EXPECT_EQ(served_->log.level, LogLevel::kDebug);
  EXPECT_EQ(folder_, root_ / "other");
}

TEST_F(ServeTest, ListenTurnsTcpOnAndNoTcpTurnsItOff) {
  EXPECT_EQ(
      Run({"serve", "--config", WriteConfig("[listen]\ntcp = false"), "--listen", "127.0.0.1:0"}),
      17);
  EXPECT_TRUE(served_->listen.tcp);
  EXPECT_EQ(Run({"serve", "--no-tcp"}), 17);
  EXPECT_FALSE(served_->listen.tcp);
}

TEST_F(ServeTest, AHubThatWouldListenNowhereIsRefused) {
  EXPECT_EQ(Run({"serve", "--config", WriteConfig("[listen]\nunix = false"), "--no-tcp"}), kUsage);
  EXPECT_THAT(err_, HasSubstr("nothing to listen on"));
  EXPECT_FALSE(served_.has_value());
}

TEST_F(ServeTest, AConfigurationWithMistakesIsToldAndNotServed) {
  const std::string path = WriteConfig("a = 1\nb = 2\n");
  EXPECT_EQ(Run({"serve", "--config", path}), kUsage);
  EXPECT_EQ(err_, path + ":1: a is not known\n" + path + ":2: b is not known\n");
  EXPECT_FALSE(served_.has_value());
}

TEST_F(ServeTest, ASecondHubInTheFolderIsRefused) {
  const auto first = DataFolder::Open(data_);
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(Run({"serve"}), kFailed);
  EXPECT_THAT(err_, HasSubstr("chathub: a hub is already running in " + data_.string()));
  EXPECT_FALSE(served_.has_value());
}

TEST_F(ServeTest, AFolderThatCannotBeUsedIsToldInOneLine) {
  std::ofstream(root_ / "file") << "";
  EXPECT_EQ(Run({"serve", "--data", (root_ / "file").string()}), kFailed);
  EXPECT_EQ(err_, "chathub: " + (root_ / "file").string() +
                      " is not a folder; choose another data folder with --data\n");
}

}  // namespace
}  // namespace chathub::cli
