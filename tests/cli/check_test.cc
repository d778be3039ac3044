#include <fstream>

#include "gmock/gmock.h"
#include "tests/cli/command_line_case.h"

namespace chathub::cli {
namespace {

using ::testing::HasSubstr;

class CheckTest : public CommandLineCase {
 protected:
  std::string Write(const std::filesystem::path& path, const std::string& text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
    return path;
  }
};

TEST_F(CheckTest, AGoodFileIsFine) {
  const std::string path = Write(root_ / "good.toml", "adapter = \"irc\"\n");
  EXPECT_EQ(Run({"check", "--config", path}), kOk);
  EXPECT_EQ(out_, path + " is fine\n");
}

TEST_F(CheckTest, EveryMistakeIsALine) {
  const std::string path = Write(root_ / "bad.toml", "adaptor = 1\n[log]\nlevel = 1\n");
  EXPECT_EQ(Run({"check", "--config", path}), kUsage);
  EXPECT_EQ(out_, path + ":1: adaptor is not known; did you mean adapter?\n" + path +
                      ":3: log.level must be a text in quotes\n");
}

TEST_F(CheckTest, AFileThatIsNotThereIsAMistake) {
  const std::string path = root_ / "none.toml";
  EXPECT_EQ(Run({"check", "--config", path}), kUsage);
  EXPECT_EQ(out_, path + ": cannot be read: No such file or directory\n");
}

TEST_F(CheckTest, WithoutAFileTheDefaultsAreFineAndItsPlaceIsNamed) {
  EXPECT_EQ(Run({"check"}), kOk);
  EXPECT_EQ(out_, "there is no configuration file (it would be " +
                      (root_ / "config/chathub/chathub.toml").string() +
                      "); every key has its default\n");
}

TEST_F(CheckTest, TheUsersFileIsCheckedWhereItIs) {
  Write(root_ / "config/chathub/chathub.toml", "[");
  EXPECT_EQ(Run({"check"}), kUsage);
  EXPECT_THAT(out_, HasSubstr("config/chathub/chathub.toml:1: "));
}

}  // namespace
}  // namespace chathub::cli
