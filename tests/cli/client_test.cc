#include <google/protobuf/text_format.h>
#include <google/protobuf/util/json_util.h>

#include <thread>

#include "chathub/internal/rpc_status.pb.h"
#include "chathub/v1/problem.pb.h"
#include "gmock/gmock.h"
#include "tests/cli/command_line_case.h"
#include "tests/cli/fake_hub.h"

namespace chathub::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

// Each line as a message; strict, so that a line with something else on it is a failure.
template <typename Message>
std::vector<Message> FromJsonLines(const std::string& text) {
  std::vector<Message> messages;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto parsed = google::protobuf::util::JsonStringToMessage(line, &messages.emplace_back());
    EXPECT_TRUE(parsed.ok()) << line;
  }
  return messages;
}

// As a hub says it: the problem packed into the details.
grpc::Status Problem(grpc::StatusCode code, const std::string& detail) {
  v1::Problem problem;
  problem.set_detail(detail);
  internal::RpcStatus details;
  details.set_code(code);
  details.add_details()->PackFrom(problem);
  return {code, "see the details", details.SerializeAsString()};
}

class ClientTest : public CommandLineCase {
 protected:
  ClientTest() {
    hub_.peers = FromText<v1::ListPeersResponse>(R"pb(
      peers {
        name: "adapter/shell"
        attached_at { seconds: 1 }
        service: "terminal"
      }
      peers { name: "handler/echo" in_flight: 2 waiting: 3 routes: 1 }
      peers { name: "handler/old" leaving: true }
    )pb");
  }

  FakeHub hub_;
};

TEST_F(ClientTest, StatusSaysHowTheHubIs) {
  hub_.status = FromText<v1::GetStatusResponse>(R"pb(
    hub: "ada"
    version: "1.2.3"
    engine: "memory"
    uptime { seconds: 90061 nanos: 5 }
    events: 42
    waiting_orders: 7
    draining: true
    troubles: "the disk is full"
  )pb");
  hub_.Start(data_);
  EXPECT_EQ(Run({"status"}), kOk);
  EXPECT_THAT(out_, HasSubstr("ada: chathub 1.2.3, memory engine, up 1d 1h 1m 1s, going away\n"));
  EXPECT_THAT(out_, HasSubstr("events        42\n"));
  EXPECT_THAT(out_, HasSubstr("7 waiting"));
  EXPECT_THAT(out_, HasSubstr("trouble: the disk is full\n"));
  EXPECT_EQ(err_, "");
}

TEST_F(ClientTest, StatusAsJsonHasEveryFieldOnOneLine) {
  hub_.status.set_hub("ada");
  hub_.Start(data_);
  EXPECT_EQ(Run({"status", "--json"}), kOk);
  const auto lines = FromJsonLines<v1::GetStatusResponse>(out_);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].hub(), "ada");
  EXPECT_THAT(out_, HasSubstr("\"draining\":false"));
}

TEST_F(ClientTest, PeersAreATable) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"peers"}), kOk);
  EXPECT_EQ(out_,
            "PEER                   ATTACHED              HOLDS  WAITING  ROUTES  SERVICE\n"
            "adapter/shell          1970-01-01T00:00:01Z  0      0        0       terminal\n"
            "handler/echo           1970-01-01T00:00:00Z  2      3        1\n"
            "handler/old (leaving)  1970-01-01T00:00:00Z  0      0        0\n");
}

TEST_F(ClientTest, PeersAsJsonAreOneLineEach) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"peers", "--json"}), kOk);
  const auto lines = FromJsonLines<v1::Peer>(out_);
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[1].name(), "handler/echo");
  EXPECT_EQ(lines[1].waiting(), 3u);
}

TEST_F(ClientTest, WaitingEndsWhenAllAreAttachedAndSaysNothing) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"peers", "--wait", "echo,adapter/shell,handler/echo"}), kOk);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(ClientTest, WaitingGivesUpAndNamesTheMissing) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"peers", "--wait", "echo,help,adapter/irc", "--timeout", "0.1"}), kFailed);
  EXPECT_EQ(err_, "chathub: not attached after 0.1 s: handler/help, adapter/irc\n");
}

TEST_F(ClientTest, APeerThatIsLeavingIsNotWaitedForInVain) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"peers", "--wait", "old", "--timeout", "0"}), kFailed);
  EXPECT_EQ(err_, "chathub: not attached after 0 s: handler/old\n");
}

TEST_F(ClientTest, WaitingWithoutAHubSaysThatToo) {
  EXPECT_EQ(Run({"peers", "--wait", "echo", "--timeout", "0.1"}), kFailed);
  EXPECT_EQ(err_, "chathub: not attached after 0.1 s: handler/echo; no hub is running in " +
                      data_.string() + " (start one with: chathub serve)\n");
}

TEST_F(ClientTest, WaitingAlsoWaitsForTheHub) {
  std::thread later([this] { hub_.Start(data_); });
  EXPECT_EQ(Run({"peers", "--wait", "echo", "--timeout", "30"}), kOk);
  later.join();
}

TEST_F(ClientTest, WaitingDoesNotInsistOnAWrongToken) {
  hub_.Start(data_, "another-token");
  EXPECT_EQ(Run({"peers", "--wait", "echo", "--timeout", "86400"}), kFailed);
  EXPECT_THAT(err_, HasSubstr("does not know this token"));
}

TEST_F(ClientTest, RoutesAreATable) {
  hub_.routes = FromText<v1::ListKeptRoutesResponse>(R"pb(
    routes {
      handler: "echo"
      attached: true
      route {
        id: "say"
        command { word: "echo" }
        help { description: "says it again" }
      }
    }
    routes {
      handler: "hi"
      route { id: "1" pattern: "^hi\033" }
    }
    routes {
      handler: "hi"
      route { id: "2" event: EVENT_KIND_JOINED }
    }
  )pb");
  hub_.Start(data_);
  EXPECT_EQ(Run({"routes"}), kOk);
  EXPECT_EQ(out_,
            "HANDLER  ROUTE  ATTACHED  WAITS FOR                HELP\n"
            "echo     say    yes       command echo             says it again\n"
            "hi       1      no        pattern ^hi\\x1b\n"
            "hi       2      no        event EVENT_KIND_JOINED\n");
  EXPECT_EQ(Run({"routes", "--json"}), kOk);
  EXPECT_EQ(FromJsonLines<v1::RouteListing>(out_).size(), 3u);
}

TEST_F(ClientTest, RoutesOfOneHandlerAreAskedForByEitherName) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"routes"}), kOk);
  EXPECT_EQ(hub_.routes_request.handler(), "");
  for (const char* name : {"echo", "handler/echo"}) {
    EXPECT_EQ(Run({"routes", name}), kOk);
    EXPECT_EQ(hub_.routes_request.handler(), "echo");
  }
}

TEST_F(ClientTest, WhyTellsEachRoutesVerdict) {
  hub_.explained = FromText<v1::ExplainMessageResponse>(R"pb(
    addressed: true
    text: "echo hi"
    verdicts { handler: "echo" route: "say" reached: true why: "the word fits" }
    verdicts { handler: "roll" route: "roll" why: "another word" }
  )pb");
  hub_.Start(data_);
  EXPECT_EQ(Run({"why", "!echo hi"}), kOk);
  EXPECT_EQ(out_,
            "said to the bot: echo hi\n"
            "HANDLER  ROUTE  REACHED  WHY\n"
            "echo     say    yes      the word fits\n"
            "roll     roll   no       another word\n");
  EXPECT_EQ(hub_.explain_request.text(), "!echo hi");
  EXPECT_EQ(Run({"why", "x", "--json"}), kOk);
  EXPECT_EQ(FromJsonLines<v1::ExplainMessageResponse>(out_).at(0).verdicts_size(), 2);
}

TEST_F(ClientTest, WhyMayNameWhoAndWhere) {
  hub_.Start(data_);
  EXPECT_EQ(Run({"why", "x", "--user", "irc/ada", "--room", "irc/#ops/2"}), kOk);
  EXPECT_EQ(hub_.explain_request.user().id(), "irc/ada");
  EXPECT_EQ(hub_.explain_request.conversation().adapter(), "irc");
  EXPECT_EQ(hub_.explain_request.conversation().room(), "irc/#ops/2");
  EXPECT_EQ(hub_.explain_request.conversation().user(), "");
  EXPECT_EQ(Run({"why", "x", "--user", "irc/ada"}), kOk);
  EXPECT_EQ(hub_.explain_request.conversation().user(), "irc/ada");
}

TEST_F(ClientTest, SendSpeaksInARoomOrToAUser) {
  hub_.sent.set_key("k1");
  hub_.Start(data_);
  EXPECT_EQ(Run({"send", "irc/#ops", "hello there"}), kOk);
  EXPECT_EQ(out_, "kept as k1\n");
  EXPECT_EQ(hub_.send_request.conversation().room(), "irc/#ops");
  EXPECT_EQ(hub_.send_request.content().text(), "hello there");
  const std::string first = hub_.send_request.request_id();
  EXPECT_EQ(Run({"send", "--user", "irc/ada", "psst", "--json"}), kOk);
  EXPECT_EQ(FromJsonLines<v1::SendMessageResponse>(out_).at(0).key(), "k1");
  EXPECT_EQ(hub_.send_request.conversation().user(), "irc/ada");
  EXPECT_EQ(hub_.send_request.conversation().room(), "");
  EXPECT_NE(first, "");
  EXPECT_NE(hub_.send_request.request_id(), first);
}

TEST_F(ClientTest, TailShowsWhatGoesThroughUntilTheHubEnds) {
  hub_.tail = FromText<v1::TailResponse>(R"pb(
    entries {
      at { seconds: 1 }
      what: "event"
      id: "shell/1"
      from: "adapter/shell"
      text: "echo\nhi"
    }
    entries {
      at { seconds: 2 }
      what: "delivery"
      id: "d1"
      from: "adapter/shell"
      to: "handler/echo"
    }
  )pb");
  hub_.Start(data_);
  EXPECT_EQ(Run({"tail"}), kOk);
  EXPECT_EQ(out_,
            "1970-01-01T00:00:01Z event shell/1 from adapter/shell: echo\\x0ahi\n"
            "1970-01-01T00:00:02Z delivery d1 from adapter/shell to handler/echo\n");
  EXPECT_EQ(Run({"tail", "--json"}), kOk);
  EXPECT_EQ(FromJsonLines<v1::TailEntry>(out_).size(), 2u);
}

class TroubleTest : public ClientTest {
 protected:
  // All that ask the hub.
  const std::vector<std::vector<std::string>> asking_ = {
      {"status"}, {"peers"}, {"routes"}, {"why", "x"}, {"send", "irc/x", "y"}, {"tail"}};

  void ExpectAll(int code, const std::string& error) {
    for (const auto& arguments : asking_) {
      EXPECT_EQ(Run(arguments), code) << arguments.front();
      EXPECT_THAT(err_, MatchesRegex(error)) << arguments.front();
      EXPECT_THAT(err_, Not(HasSubstr("fake-token")));
    }
  }
};

TEST_F(TroubleTest, NoHubIsRunning) {
  ExpectAll(kUnreachable, "chathub: no hub is running in " + data_.string() +
                              " \\(start one with: chathub serve\\)\n");
}

TEST_F(TroubleTest, NobodyListensWhereTheHubShould) {
  setenv("CHATHUB_TOKEN", "fake-token", 1);
  setenv("CHATHUB_ADDRESS", ("unix:" + (root_ / "none.sock").string()).c_str(), 1);
  ExpectAll(kUnreachable, "chathub: no hub can be reached at unix:[^\n]*none.sock [^\n]*\n");
}

TEST_F(TroubleTest, TheTokenIsWrong) {
  hub_.Start(data_, "another-token");
  ExpectAll(
      kFailed,
      "chathub: the hub at unix:[^\n]* does not know this token; set CHATHUB_TOKEN, [^\n]*\n");
}

TEST_F(TroubleTest, ThereIsNoToken) {
  setenv("CHATHUB_ADDRESS", "127.0.0.1:1", 1);
  ExpectAll(kUsage, "chathub: no token: set CHATHUB_TOKEN[^\n]*\n");
}

TEST_F(TroubleTest, TheTokenHasNoSuchRight) {
  hub_.failure = Problem(grpc::StatusCode::PERMISSION_DENIED, "this needs the right admin");
  hub_.Start(data_);
  ExpectAll(kFailed, "chathub: this needs the right admin; [^\n]*\n");
}

TEST_F(TroubleTest, TheHubGoesAway) {
  hub_.failure = Problem(grpc::StatusCode::UNAVAILABLE, "the hub is going away");
  hub_.Start(data_);
  ExpectAll(kUnreachable, "chathub: the hub at [^\n]* is not available: the hub is going away\n");
}

TEST_F(TroubleTest, TheHubsOwnWordsAreShownOnOneLine) {
  hub_.failure = Problem(grpc::StatusCode::NOT_FOUND, "no such\nroom");
  hub_.Start(data_);
  ExpectAll(kFailed, "chathub: no such\\\\x0aroom\n");
}

TEST_F(TroubleTest, AFlagSaysWhereInsteadOfTheEnvironment) {
  const auto elsewhere = root_ / "elsewhere";
  std::filesystem::create_directory(elsewhere);
  hub_.Start(elsewhere);
  EXPECT_EQ(Run({"peers"}), kUnreachable);
  EXPECT_EQ(Run({"peers", "--data", elsewhere}), kOk);
  setenv("CHATHUB_TOKEN", "fake-token", 1);
  EXPECT_EQ(Run({"peers", "--address", "unix:" + (elsewhere / "hub.sock").string()}), kOk);
}

}  // namespace
}  // namespace chathub::cli
