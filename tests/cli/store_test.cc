#include <filesystem>
#include <string>

#include "gmock/gmock.h"
#include "hub/base/errors.h"
#include "hub/data_folder.h"
#include "tests/cli/command_line_case.h"

namespace chathub::cli {
namespace {

using ::testing::HasSubstr;

class StoreTest : public CommandLineCase {
 protected:
  StoreTest() {
    std::filesystem::create_directories(data_);
    runner_.check_store = [this](const std::filesystem::path& folder) {
      asked_ = folder;
      return answer_;
    };
  }

  std::filesystem::path asked_;
  absl::StatusOr<std::string> answer_ = std::string("all is fine");
};

TEST_F(StoreTest, ACheckSaysWhatIsThere) {
  EXPECT_EQ(Run({"store", "check"}), kOk);
  EXPECT_EQ(out_, "all is fine\n");
  EXPECT_EQ(asked_, data_);
}

TEST_F(StoreTest, ACheckSaysWhatIsWrong) {
  answer_ = Fail(Reason::kOurFault, "row 7 is damaged");
  EXPECT_EQ(Run({"store", "check", "--data", data_.string()}), kFailed);
  EXPECT_EQ(err_, "chathub: row 7 is damaged\n");
}

TEST_F(StoreTest, AHubThatRunsIsLeftAlone) {
  const auto hub = DataFolder::Open(data_);
  ASSERT_TRUE(hub.ok()) << hub.status();
  EXPECT_EQ(Run({"store", "check"}), kFailed);
  EXPECT_THAT(err_, HasSubstr("a hub is already running in " + data_.string()));
  EXPECT_EQ(asked_, "");
}

TEST_F(StoreTest, AFolderThatIsNotThereIsNotMade) {
  const auto folder = root_ / "mistyped";
  EXPECT_EQ(Run({"store", "check", "--data", folder.string()}), kFailed);
  EXPECT_EQ(err_, "chathub: there is no folder " + folder.string() + "\n");
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(StoreTest, WithoutCheckItIsUsage) { EXPECT_EQ(Run({"store"}), kUsage); }

}  // namespace
}  // namespace chathub::cli
