// Tests a handler without a hub, in a few lines.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/conversation.h"
#include "chathub/handler.h"
#include "chathub/v1/message.pb.h"

namespace chathub {

namespace sdk {
class TestHub;
}  // namespace sdk

// Who says something in a test, and where.
struct Saying {
  // Authenticated; the id is `test/<user>`.
  std::string user = "Ada";
  // Empty: in private, where everything is said to the bot. In the room of the id `test/<room>`
  // that is what begins with `hub:`, `@hub` or `!`, as at a hub whose bot is called so.
  std::string room = {};
  std::string thread = {};
  // In a room: the chat service itself says that it is said to the bot.
  bool addressed = false;
  // That the user is in.
  std::vector<std::string> groups = {};
  bool bot = false;
};

// What Handler::chat sent.
struct SentMessage {
  Conversation conversation = {};
  std::string text = {};
};

// A chat with one handler in it:
//
//   chathub::HandlerTest test([](chathub::Handler& bot) { AddRoutes(bot); });
//   EXPECT_EQ(test.Say("hi Ada"), std::vector<std::string>{"hello Ada"});
//
// The handler runs as it is, over real gRPC, against a hub of one handler in this process that
// forgets everything. Routes are matched by the code of the hub itself; it checks arguments, tries
// again, keeps a store, and takes what Handler::chat sends. Of deadlines it knows that of the
// route; a message to be tried again comes at once, and nothing expires. Store::Watch, Users, Rooms
// and ListRoutes are not there.
//
// Where a test makes no sense it throws std::runtime_error, which says why: a route that the hub
// would refuse, a handler that has ended. To be used by one thread.
class HandlerTest {
 public:
  // `set_up` gives the handler its routes; then it runs.
  explicit HandlerTest(const std::function<void(Handler&)>& set_up, std::string name = "bot");
  ~HandlerTest();
  HandlerTest(const HandlerTest&) = delete;
  HandlerTest& operator=(const HandlerTest&) = delete;

  // Says it, and waits until every function that it reached has ended or kept the user waiting for
  // longer than its route's deadline (30 s). The texts that were said in the chat meanwhile, as
  // they came: answers, progress, what Handler::chat sent (it may overtake progress, as at any
  // hub), and what the hub says when there is no answer.
  std::vector<std::string> Say(std::string_view text, const Saying& saying = {});
  // Say for any event, for example that somebody joins. What it leaves out is filled in.
  std::vector<std::string> Happen(v1::Event event, const Saying& saying = {});

  // What was done in the chat since the last Say or Happen began: also edits and reactions.
  std::vector<v1::Action> Actions() const;
  // Why there was no answer, one line for each attempt since then: what a function threw, its Nack,
  // a deadline that passed, an answer that was refused.
  std::vector<std::string> Failures() const;
  // Since the test began.
  std::vector<SentMessage> Sent() const;

  // What the handler's store holds; nothing: there is no such key.
  std::optional<std::string> Stored(std::string_view key) const;
  void Put(std::string_view key, std::string_view value);

  // The one that runs, for example for its chat().
  Handler& handler() { return *handler_; }

 private:
  const std::unique_ptr<sdk::TestHub> hub_;
  std::unique_ptr<Handler> handler_;
};

}  // namespace chathub
