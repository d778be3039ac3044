#include "hub/data_folder.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "hub/base/errors.h"

namespace chathub {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string TextOf(const fs::path& path) {
  std::ifstream file(path);
  return std::string((std::istreambuf_iterator<char>(file)), {});
}

mode_t ModeOf(const fs::path& path) {
  struct stat found {};
  EXPECT_EQ(stat(path.c_str(), &found), 0) << path;
  return found.st_mode & 07777;
}

// Leaves a socket file behind, as a hub that was killed does.
void LeaveSocket(const fs::path& path) {
  const int socket_file = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  EXPECT_EQ(bind(socket_file, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  close(socket_file);
}

class DataFolderTest : public ::testing::Test {
 protected:
  DataFolderTest() {
    std::string pattern = testing::TempDir() + "chathub-data-XXXXXX";
    root_ = mkdtemp(pattern.data());
    path_ = root_ / "data";
  }
  ~DataFolderTest() override { fs::remove_all(root_); }

  // A folder that is there before the hub.
  void MakeFolder(mode_t mode) {
    EXPECT_EQ(mkdir(path_.c_str(), 0700), 0);
    EXPECT_EQ(chmod(path_.c_str(), mode), 0);
  }

  void WriteToken(const std::string& text, mode_t mode) {
    std::ofstream(path_ / "owner-token") << text;
    EXPECT_EQ(chmod((path_ / "owner-token").c_str(), mode), 0);
  }

  // Why it cannot be opened.
  absl::Status Refusal() { return DataFolder::Open(path_).status(); }

  fs::path root_;
  fs::path path_;
};

TEST_F(DataFolderTest, AFirstStartMakesAFolderForTheUserAlone) {
  path_ = root_ / "a" / "b" / "data";
  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ((*folder)->path(), path_);
  EXPECT_EQ(ModeOf(path_), 0700u);
  EXPECT_EQ(ModeOf(root_ / "a"), 0700u);
  EXPECT_EQ(ModeOf(path_ / "owner-token"), 0600u);
  EXPECT_EQ(ModeOf(path_ / "lock"), 0600u);
}

TEST_F(DataFolderTest, TheOwnersTokenIsSixtyFourDigitsAndANewline) {
  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_THAT((*folder)->owner_token(), MatchesRegex("[0-9a-f]{64}"));
  EXPECT_EQ(TextOf(path_ / "owner-token"), (*folder)->owner_token() + "\n");
}

TEST_F(DataFolderTest, TheTokenStaysTheSameAndIsAnotherInEveryFolder) {
  const std::string first = (*DataFolder::Open(path_))->owner_token();
  EXPECT_EQ((*DataFolder::Open(path_))->owner_token(), first);
  EXPECT_NE((*DataFolder::Open(root_ / "other"))->owner_token(), first);
}

TEST_F(DataFolderTest, NothingIsLeftBesideTheFilesThatBelongThere) {
  { const auto folder = DataFolder::Open(path_); }
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) names.push_back(entry.path().filename());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("lock", "owner-token"));
}

TEST_F(DataFolderTest, ADraftLeftByAKilledHubIsNoObstacle) {
  MakeFolder(0700);
  std::ofstream(path_ / "owner-token.new") << "half";
  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_THAT((*folder)->owner_token(), MatchesRegex("[0-9a-f]{64}"));
}

TEST_F(DataFolderTest, ASecondHubInTheFolderIsToldWhoWasFirst) {
  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE(folder.ok()) << folder.status();
  const absl::Status refusal = Refusal();
  EXPECT_EQ(ReasonOf(refusal), Reason::kNameTaken);
  EXPECT_THAT(std::string(refusal.message()),
              HasSubstr("a hub is already running in " + path_.string() + " (pid " +
                        std::to_string(getpid()) + ")"));
}

TEST_F(DataFolderTest, ARefusedHubTakesNothingAwayFromTheRunningOne) {
  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE((*folder)->WriteEndpoints(std::vector<std::string>{"127.0.0.1:6196"}).ok());
  EXPECT_FALSE(Refusal().ok());
  EXPECT_EQ(TextOf(path_ / "endpoints"), "127.0.0.1:6196\n");
}

TEST_F(DataFolderTest, AKilledHubLeavesNoLock) {
  const pid_t child = fork();
  if (child == 0) {
    auto folder = DataFolder::Open(path_);
    const bool told = folder.ok() && (*folder)->WriteEndpoints(std::vector<std::string>{"x"}).ok();
    if (told) raise(SIGKILL);
    _exit(1);
  }
  int outcome = 0;
  ASSERT_EQ(waitpid(child, &outcome, 0), child);
  ASSERT_TRUE(WIFSIGNALED(outcome));
  ASSERT_TRUE(fs::exists(path_ / "endpoints"));

  const auto folder = DataFolder::Open(path_);
  ASSERT_TRUE(folder.ok()) << folder.status();
  // Or clients would ask at a door with nobody behind it.
  EXPECT_FALSE(fs::exists(path_ / "endpoints"));
}

TEST_F(DataFolderTest, TheFolderIsGivenBackAtTheEnd) {
  { ASSERT_TRUE(DataFolder::Open(path_).ok()); }
  EXPECT_TRUE(DataFolder::Open(path_).ok());
}

TEST_F(DataFolderTest, EndpointsAreThereFromTheTellingToTheEnd) {
  {
    const auto folder = DataFolder::Open(path_);
    ASSERT_TRUE(folder.ok()) << folder.status();
    EXPECT_FALSE(fs::exists(path_ / "endpoints"));
    const std::vector<std::string> targets = {"unix:/x/hub.sock", "127.0.0.1:6196"};
    ASSERT_TRUE((*folder)->WriteEndpoints(targets).ok());
    EXPECT_EQ(TextOf(path_ / "endpoints"), "unix:/x/hub.sock\n127.0.0.1:6196\n");
    EXPECT_EQ(ModeOf(path_ / "endpoints"), 0600u);
  }
  EXPECT_FALSE(fs::exists(path_ / "endpoints"));
}

TEST_F(DataFolderTest, AnOldSocketMakesWayAndTheNewOneIsTakenAlong) {
  {
    const auto folder = DataFolder::Open(path_);
    ASSERT_TRUE(folder.ok()) << folder.status();
    LeaveSocket(path_ / "hub.sock");
    const auto socket_path = (*folder)->ClaimSocket();
    ASSERT_TRUE(socket_path.ok()) << socket_path.status();
    EXPECT_EQ(*socket_path, path_ / "hub.sock");
    EXPECT_FALSE(fs::exists(path_ / "hub.sock"));
    LeaveSocket(path_ / "hub.sock");
  }
  EXPECT_FALSE(fs::exists(path_ / "hub.sock"));
}

TEST_F(DataFolderTest, SomethingElseInTheSocketsPlaceIsNotRemoved) {
  const auto folder = DataFolder::Open(path_);
  std::ofstream(path_ / "hub.sock") << "precious";
  EXPECT_THAT(std::string((*folder)->ClaimSocket().status().message()),
              HasSubstr("hub.sock is in the way"));
  EXPECT_EQ(TextOf(path_ / "hub.sock"), "precious");
}

TEST_F(DataFolderTest, APathTooLongForASocketIsSaidSo) {
  // 107 bytes fit: the longest folder that does, and one byte more.
  const std::size_t room = 107 - std::string("/hub.sock").size() - root_.string().size() - 1;
  const auto fits = DataFolder::Open(root_ / std::string(room, 'a'));
  EXPECT_TRUE((*fits)->ClaimSocket().ok());
  const auto long_one = DataFolder::Open(root_ / std::string(room + 1, 'a'));
  const auto refusal = (*long_one)->ClaimSocket().status();
  EXPECT_EQ(ReasonOf(refusal), Reason::kTooLarge);
  EXPECT_THAT(std::string(refusal.message()), HasSubstr("has 108 bytes, the system takes 107"));
}

TEST_F(DataFolderTest, ARelativePathIsMadeAbsoluteForTheClients) {
  const fs::path before = fs::current_path();
  fs::current_path(root_);
  const auto folder = DataFolder::Open("./data/");
  fs::current_path(before);
  ASSERT_TRUE(folder.ok()) << folder.status();
  EXPECT_EQ((*folder)->path(), path_);
}

TEST_F(DataFolderTest, AFolderThatOthersMayReadWillDo) {
  MakeFolder(0755);
  EXPECT_TRUE(DataFolder::Open(path_).ok());
}

TEST_F(DataFolderTest, AFolderThatOthersMayWriteToIsRefused) {
  MakeFolder(0770);
  EXPECT_EQ(ReasonOf(Refusal()), Reason::kNotAllowed);
  EXPECT_THAT(std::string(Refusal().message()), HasSubstr("chmod 700 " + path_.string()));
}

TEST_F(DataFolderTest, AnotherUsersFolderIsRefused) {
  if (geteuid() != 0) GTEST_SKIP() << "only root can give a folder away";
  MakeFolder(0700);
  ASSERT_EQ(chown(path_.c_str(), 12345, 12345), 0);
  EXPECT_EQ(ReasonOf(Refusal()), Reason::kNotAllowed);
}

TEST_F(DataFolderTest, ATokenThatOthersMayHaveReadIsRefused) {
  MakeFolder(0700);
  const std::string token(64, 'a');
  for (const mode_t mode : {0644, 0640, 0604, 0620}) {
    WriteToken(token + "\n", mode);
    const absl::Status refusal = Refusal();
    EXPECT_EQ(ReasonOf(refusal), Reason::kNotAllowed) << mode;
    EXPECT_THAT(std::string(refusal.message()), HasSubstr((path_ / "owner-token").string()));
    EXPECT_THAT(std::string(refusal.message()), HasSubstr("chmod 600"));
  }
}

TEST_F(DataFolderTest, ATokenOfTheWrongShapeIsRefusedWithoutShowingIt) {
  MakeFolder(0700);
  const std::string good(64, 'a');
  for (const std::string& text : {std::string(), good.substr(1), good + "a", good + "\n\n",
                                  good.substr(1) + "g", "\n" + good, std::string(1000, 'a')}) {
    WriteToken(text, 0600);
    const absl::Status refusal = Refusal();
    EXPECT_EQ(ReasonOf(refusal), Reason::kBadFrame) << text;
    EXPECT_THAT(std::string(refusal.message()), HasSubstr((path_ / "owner-token").string()));
    EXPECT_THAT(std::string(refusal.message()), Not(HasSubstr("aaaa")));
    EXPECT_EQ(TextOf(path_ / "owner-token"), text);
  }
}

TEST_F(DataFolderTest, ATokenThatIsNotAPlainFileIsRefused) {
  MakeFolder(0700);
  std::ofstream(root_ / "elsewhere") << std::string(64, 'a') << "\n";
  ASSERT_EQ(chmod((root_ / "elsewhere").c_str(), 0600), 0);
  fs::create_symlink(root_ / "elsewhere", path_ / "owner-token");
  EXPECT_EQ(ReasonOf(Refusal()), Reason::kNotAllowed);
  fs::remove(path_ / "owner-token");
  ASSERT_EQ(mkfifo((path_ / "owner-token").c_str(), 0600), 0);
  EXPECT_EQ(ReasonOf(Refusal()), Reason::kNotAllowed);
}

TEST_F(DataFolderTest, APathThatCannotBeAFolderIsSaidSo) {
  std::ofstream(root_ / "file") << "";
  path_ = root_ / "file";
  EXPECT_THAT(std::string(Refusal().message()), HasSubstr(path_.string() + " is not a folder"));
  path_ = root_ / "file" / "data";
  EXPECT_THAT(std::string(Refusal().message()),
              HasSubstr("cannot make the folder " + path_.string()));
  path_ = "";
  EXPECT_FALSE(Refusal().ok());
}

}  // namespace
}  // namespace chathub
