#include "gmock/gmock.h"
#include "hub/cli/commands.h"
#include "tests/cli/command_line_case.h"

namespace chathub::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class UsageTest : public CommandLineCase {};

TEST_F(UsageTest, WithoutArgumentsTheHelpIsAnError) {
  EXPECT_EQ(Run({}), kUsage);
  EXPECT_EQ(out_, "");
  EXPECT_THAT(err_, HasSubstr("Usage: chathub"));
}

TEST_F(UsageTest, HelpNamesEveryCommandAndTheExitCodes) {
  EXPECT_EQ(Run({"--help"}), kOk);
  for (const CommandEntry& entry : Commands()) {
    EXPECT_THAT(out_, HasSubstr("\n  " + std::string(entry.name) + " "));
    EXPECT_THAT(out_, HasSubstr(entry.summary));
  }
  EXPECT_THAT(out_, HasSubstr("3 the hub is not reachable"));
  EXPECT_EQ(err_, "");
}

TEST_F(UsageTest, EveryCommandHasHelpOfItsOwn) {
  for (const CommandEntry& entry : Commands()) {
    EXPECT_EQ(Run({entry.name, "--help"}), kOk);
    EXPECT_THAT(out_, HasSubstr("Usage: chathub " + std::string(entry.name)));
  }
}

TEST_F(UsageTest, AMisspeltCommandIsMetWithTheNearest) {
  EXPECT_EQ(Run({"stauts", "--json"}), kUsage);
  EXPECT_EQ(err_,
            "chathub: there is no command \"stauts\"; did you mean status? (chathub --help lists "
            "them)\n");
  EXPECT_EQ(Run({"\x1b[2Jfrobnicate"}), kUsage);
  EXPECT_EQ(err_,
            "chathub: there is no command \"\\x1b[2Jfrobnicate\" (chathub --help lists them)\n");
  EXPECT_EQ(Run({""}), kUsage);
}

TEST_F(UsageTest, WrongArgumentsAreOneLineThatNamesTheHelp) {
  const std::vector<std::vector<std::string>> wrong = {
      {"status", "--jsn"},
      {"status", "more"},
      {"send"},
      {"send", "irc/#ops"},
      {"send", "ops", "hello"},
      {"why"},
      {"why", "hello", "--user", "ada"},
      {"peers", "--wait", "a b"},
      {"peers", "--wait", "echo,"},
      {"peers", "--wait", "robot/echo"},
      {"peers", "--timeout", "3"},
      {"peers", "--wait", "echo", "--timeout", "soon"},
      {"peers", "--wait", "echo", "--timeout", "-1"},
      {"peers", "--wait", "echo", "--timeout", "nan"},
      {"serve", "--engine", "paper"},
      {"serve", "--listen", "0.0.0.0:6196"},
      {"serve", "--listen", "127.0.0.1:1", "--no-tcp"},
      {"serve", "--log-level", "loud"},
      {"check", "--config"},
  };
  for (const auto& arguments : wrong) {
    EXPECT_EQ(Run(arguments), kUsage) << arguments.front();
    EXPECT_THAT(
        err_, MatchesRegex("chathub: [^\n]* \\(see chathub " + arguments.front() + " --help\\)\n"));
    EXPECT_EQ(out_, "");
  }
}

TEST_F(UsageTest, TheVersionIsSaidEitherWay) {
  EXPECT_EQ(Run({"version"}), kOk);
  EXPECT_THAT(out_, MatchesRegex("chathub [0-9]+\\.[0-9]+\\.[0-9]+\n"));
  const std::string version = out_;
  EXPECT_EQ(Run({"--version"}), kOk);
  EXPECT_EQ(out_, version);
}

}  // namespace
}  // namespace chathub::cli
