// The whole program between two pipes, against a fake hub.
#include "adapters/shell/pipe.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <future>
#include <string>

#include "adapters/shell/options.h"
#include "tests/sdk/fake_hub.h"

namespace chathub::shell {
namespace {

// stdin and stdout of this process are files while it lives.
class Pipes {
 public:
  Pipes(const TemporaryFolder& folder, const std::string& input) : output_(folder.path() + "/out") {
    folder.Write("in", input);
    Replace(STDIN_FILENO, open((folder.path() + "/in").c_str(), O_RDONLY));
    Replace(STDOUT_FILENO, open(output_.c_str(), O_CREAT | O_WRONLY, 0600));
  }
  ~Pipes() {
    std::fflush(stdout);
    for (const auto& [descriptor, saved] : saved_) {
      dup2(saved, descriptor);
      close(saved);
    }
  }
  Pipes(const Pipes&) = delete;
  Pipes& operator=(const Pipes&) = delete;

  std::string Output() const {
    std::ifstream file(output_);
    return {std::istreambuf_iterator<char>(file), {}};
  }

 private:
  void Replace(int descriptor, int by) {
    std::fflush(stdout);
    saved_.emplace_back(descriptor, dup(descriptor));
    dup2(by, descriptor);
    close(by);
  }

  const std::string output_;
  std::vector<std::pair<int, int>> saved_;
};

class PipeTest : public testing::Test {
 protected:
  Options Private() {
    Options options;
    options.hub = hub_.options();
    options.user = "ada";
    return options;
  }

  void Run(const std::string& input, const Options& options) {
    pipes_.emplace(folder_, input);
    running_ = std::async(std::launch::async, [=] { return TalkThroughPipes(options); });
  }

  // The status and what was printed.
  std::pair<int, std::string> Ended() {
    const int status = running_.get();
    const std::string output = pipes_->Output();
    pipes_.reset();
    return {status, output};
  }

  AdapterStream& Greet() {
    AdapterStream& stream = hub_.NextAdapter();
    hello_ = stream.Next().hello();
    stream.Say("hello_ok { hub: 'h' }");
    return stream;
  }

  TemporaryFolder folder_;
  FakeHub hub_;
  std::optional<Pipes> pipes_;
  std::future<int> running_;
  v1::AdapterHello hello_;
};

using Ending = std::pair<int, std::string>;

TEST_F(PipeTest, EachLineIsAMessageAndEachReplyALine) {
  Options options = Private();
  options.at_once = 2;
  Run("echo hello\n\n  \nhelp", options);
  AdapterStream& stream = Greet();
  EXPECT_EQ(hello_.name(), "shell");
  EXPECT_EQ(hello_.own_user_id(), "shell/hub");
  EXPECT_EQ(hello_.mention_names(0), "hub");
  const v1::Event first = stream.Next().event().event();
  EXPECT_EQ(first.message().content().text(), "echo hello");
  EXPECT_EQ(first.conversation().user(), "shell/ada");
  EXPECT_FALSE(first.user().authenticated()) << "anybody can say that he is ada";
  EXPECT_EQ(stream.Next().event().event().message().content().text(), "help");
  EXPECT_EQ(stream.Next().await_settled().up_to(), 2u);
  stream.Say("order { key: 'k1' actions { send { content { text: 'hello' } } } }");
  EXPECT_EQ(stream.Next().done().results(0).platform_ids_size(), 1);
  stream.Say("order { key: 'k2' actions { send { content { text: 'one\\ntwo' } } } }");
  EXPECT_EQ(stream.Next().done().key(), "k2");
  stream.Say("settled { up_to: 2 }");
  EXPECT_TRUE(stream.Next().has_leaving());
  stream.End();
  EXPECT_EQ(Ended(), (Ending{0, "hello\none\\ntwo\n"}));
}

TEST_F(PipeTest, ALineWaitsUntilTheOneBeforeItIsSettled) {
  Run("one\ntwo\n", Private());
  AdapterStream& stream = Greet();
  EXPECT_EQ(stream.Next().event().event().message().content().text(), "one");
  EXPECT_EQ(stream.Next().await_settled().up_to(), 1u);
  stream.Say("ping { nonce: 1 }");
  EXPECT_TRUE(stream.Next().has_pong()) << "the second line was said too early";
  stream.Say("settled { up_to: 1 }");
  EXPECT_EQ(stream.Next().event().event().message().content().text(), "two");
  EXPECT_EQ(stream.Next().await_settled().up_to(), 2u);
  stream.Say("settled { up_to: 2 }");
  EXPECT_TRUE(stream.Next().has_leaving());
  stream.End();
  EXPECT_EQ(Ended(), (Ending{0, ""}));
}

TEST_F(PipeTest, ALineTooLongForTheWireIsLeftOutAndTheNextOnesAreSaid) {
  Run(std::string(300'000, 'x') + "\necho after\n", Private());
  AdapterStream& stream = Greet();
  EXPECT_EQ(stream.Next().event().event().message().content().text(), "echo after");
  EXPECT_EQ(stream.Next().await_settled().up_to(), 1u);
  stream.Say("settled { up_to: 1 }");
  EXPECT_TRUE(stream.Next().has_leaving());
  stream.End();
  EXPECT_EQ(Ended(), (Ending{0, ""}));
}

TEST_F(PipeTest, WhatNeverSettlesEndsWithOne) {
  Options options = Private();
  options.settle_timeout = std::chrono::seconds(0);
  Run("echo hello\n", options);
  EXPECT_EQ(Ended(), (Ending{1, ""}));
}

TEST_F(PipeTest, ARefusalEndsWithOne) {
  Run("echo hello\n", Private());
  hub_.NextAdapter().End(grpc::StatusCode::ALREADY_EXISTS, "another shell lives");
  EXPECT_EQ(Ended(), (Ending{1, ""}));
}

TEST_F(PipeTest, InARoomTheMessagesBelongToTheRoom) {
  Options options = Private();
  options.room = "lobby";
  Run("@hub echo x\n", options);
  AdapterStream& stream = Greet();
  EXPECT_EQ(stream.Next().event().event().conversation().room(), "shell/lobby");
  stream.Next();
  stream.Say("settled { up_to: 1 }");
  stream.Next();
  stream.End();
  EXPECT_EQ(Ended().first, 0);
}

}  // namespace
}  // namespace chathub::shell
