// The kit with which authors test their handlers.
#include <algorithm>
#include <future>
#include <stdexcept>
#include <thread>

#include "chathub/testing.h"

namespace chathub {
namespace {

using Texts = std::vector<std::string>;

Handler::Function Answering(std::string text) {
  return [text = std::move(text)](Message& message) { message.Reply(text); };
}

TEST(TestKitTest, ItHearsWhatIsAnswered) {
  HandlerTest test([](Handler& bot) {
    bot.Route(R"(^hi (?P<name>\w+)$)",
              [](Message& message) { message.Reply("hello " + message.Capture("name")); });
  });
  EXPECT_EQ(test.Say("hi Ada"), Texts{"hello Ada"});
  EXPECT_EQ(test.Say("hi Ada!"), Texts{});
}

TEST(TestKitTest, ItKnowsWhoSaysWhatWhere) {
  HandlerTest test([](Handler& bot) {
    bot.Route("x", [](Message& message) {
      message.Reply(message.User().name + " in " + message.Room().name + message.Room().id +
                    message.Conversation().thread);
    });
  });
  EXPECT_EQ(test.Say("x"), Texts{"Ada in "});
  EXPECT_EQ(test.Say("x", {.user = "Bob", .room = "attic", .thread = "7"}),
            Texts{"Bob in attictest/attic7"});
}

TEST(TestKitTest, InARoomTheBotMustBeMeant) {
  HandlerTest test([](Handler& bot) { bot.Command("ping", Answering("pong")); });
  EXPECT_EQ(test.Say("ping"), Texts{"pong"});
  EXPECT_EQ(test.Say("ping", {.room = "lab"}), Texts{});
  for (const char* text : {"hub: ping", "@hub ping", "!ping"}) {
    EXPECT_EQ(test.Say(text, {.room = "lab"}), Texts{"pong"}) << text;
  }
  EXPECT_EQ(test.Say("ping", {.room = "lab", .addressed = true}), Texts{"pong"});
}

TEST(TestKitTest, RoutesAreChosenAsTheHubDoes) {
  HandlerTest test([](Handler& bot) {
    bot.Route("x", Answering("plain"));
    bot.Route("x", Answering("admins"), {.required_groups = {"admins"}});
    bot.Route("x", Answering("bots"), {.bots = true});
    bot.Route("xx", Answering("exclusive"), {.precedence = Precedence::kExclusive});
    bot.Route(".", Answering("fallback"), {.precedence = Precedence::kFallback});
  });
  const auto heard = [&test](std::string_view text, const Saying& saying = {}) {
    Texts texts = test.Say(text, saying);
    std::sort(texts.begin(), texts.end());
    return texts;
  };
  EXPECT_EQ(heard("x"), (Texts{"bots", "plain"}));
  EXPECT_EQ(heard("x", {.groups = {"admins"}}), (Texts{"admins", "bots", "plain"}));
  EXPECT_EQ(heard("x", {.bot = true}), Texts{"bots"});
  EXPECT_EQ(heard("xx"), Texts{"exclusive"});
  EXPECT_EQ(heard("y"), Texts{"fallback"});
}

TEST(TestKitTest, ArgumentsAreCheckedBeforeTheFunctionIsCalled) {
  HandlerTest test([](Handler& bot) {
    bot.Command("add",
                [](Message& message) {
                  message.Reply(message.Capture("left") + " and " + message.Capture("loud"));
                },
                {.usage = "add LEFT",
                 .arguments = {{.name = "left", .type = ArgumentType::kInteger, .required = true},
                               {.name = "loud", .type = ArgumentType::kBoolean, .option = true}}});
  });
  EXPECT_EQ(test.Say("ADD 2 --loud"), Texts{"2 and true"});
  EXPECT_EQ(test.Say("add x"), Texts{"left: \"x\" is not a whole number (usage: add LEFT)"});
}

TEST(TestKitTest, ProgressIsHeardBeforeTheAnswer) {
  HandlerTest test([](Handler& bot) {
    bot.Command("work", [](Message& message) {
      message.Say("working");
      message.React("+1");
      message.Reply("done");
    });
  });
  EXPECT_EQ(test.Say("work"), (Texts{"working", "done"}));
  EXPECT_EQ(test.Actions().size(), 3u);
}

TEST(TestKitTest, WhatIsSentElsewhereIsHeardToo) {
  HandlerTest test([](Handler& bot) {
    bot.Command("tell", [&bot](Message& message) {
      bot.chat().Send({.adapter = "irc", .room = "irc/#news"}, "it began");
      message.Reply("told");
    });
  });
  EXPECT_EQ(test.Say("tell"), (Texts{"it began", "told"}));
  ASSERT_EQ(test.Sent().size(), 1u);
  EXPECT_EQ(test.Sent().front().conversation.room, "irc/#news");
  EXPECT_EQ(test.Sent().front().text, "it began");
}

TEST(TestKitTest, AFailureIsTriedAgainThreeTimesAndNamed) {
  HandlerTest test([](Handler& bot) {
    bot.Command("fail", [](Message&) { throw std::runtime_error("broken"); });
    bot.Command("second", [](Message& message) {
      message.Attempt() == 1 ? message.Nack("not yet") : message.Reply("now");
    });
  });
  EXPECT_EQ(test.Say("fail"), Texts{"bot could not answer"});
  EXPECT_EQ(test.Failures(), Texts(3, "the function threw: broken"));
  EXPECT_EQ(test.Say("second"), Texts{"now"});
  EXPECT_EQ(test.Failures(), Texts{"not yet"});
}

TEST(TestKitTest, AnAnswerThatIsRefusedIsAFailure) {
  HandlerTest test([](Handler& bot) {
    bot.Command("count", [](Message& message) { message.StoreAdd("word", 1); },
                {.maximum_attempts = 1});
  });
  test.Put("word", "many");
  EXPECT_EQ(test.Say("count"), Texts{"bot could not answer"});
  EXPECT_EQ(test.Failures(), Texts{"the answer was refused: word is no number"});
}

TEST(TestKitTest, TheUserIsNotKeptWaiting) {
  std::promise<void> told;
  HandlerTest test([&told](Handler& bot) {
    const auto sleep = [&told](Message& message) {
      while (!message.Cancelled()) std::this_thread::yield();
      told.set_value();
    };
    bot.Command("sleep", sleep,
                {.deadline = std::chrono::milliseconds(50), .fallback_text = "too late"});
  });
  EXPECT_EQ(test.Say("sleep"), Texts{"too late"});
  EXPECT_EQ(test.Failures(), Texts{"no answer within 50 ms, the deadline of route sleep"});
  told.get_future().wait();
}

TEST(TestKitTest, AWriteIsOneWithTheAnswer) {
  HandlerTest test([](Handler& bot) {
    bot.Command("count", [](Message& message) {
      message.StoreAdd("count", 2);
      if (message.Attempt() == 1) message.Nack("not yet");
    });
  });
  test.Put("count", "40");
  EXPECT_EQ(test.Say("count"), Texts{});
  EXPECT_EQ(test.Stored("count"), "42");
  EXPECT_EQ(test.Stored("other"), std::nullopt);
}

TEST(TestKitTest, AFunctionRunsAgainWhereSomebodyElseWasQuicker) {
  HandlerTest* kit = nullptr;
  HandlerTest test([&kit](Handler& bot) {
    bot.Command("next", [&kit, &bot, runs = 0](Message& message) mutable {
      const auto read = bot.store().Get("next");
      if (++runs == 1) kit->Put("next", "7");
      const auto entry = read->value_or(StoreEntry{.value = "0"});
      const std::string next = std::to_string(std::stoi(entry.value) + 1);
      message.StorePut("next", next, entry.revision);
      message.Reply(next);
    });
  });
  kit = &test;
  EXPECT_EQ(test.Say("next"), Texts{"8"});
}

TEST(TestKitTest, TheStoreAnswersAsTheHubsDoes) {
  HandlerTest test([](Handler& bot) { bot.Command("x", Answering("y")); });
  Store& store = test.handler().store();
  for (const char* key : {"a/1", "a/2", "a/3", "b"}) ASSERT_TRUE(store.Put(key, key));
  const auto conflict = store.Put("b", "again", {.if_revision = 0});
  ASSERT_FALSE(conflict);
  EXPECT_EQ(conflict.problem().reason, Problem::Reason::kConflict);
  EXPECT_EQ(store.Add("a/1", 1).problem().reason, Problem::Reason::kBadFrame);
  ASSERT_TRUE(store.Delete("a/2"));
  const auto page = store.List("a/", {}, 1);
  EXPECT_EQ(page->entries.front().key, "a/1");
  const auto rest = store.List("a/", page->next, 1);
  EXPECT_EQ(rest->entries.front().key, "a/3");
  EXPECT_EQ(rest->next, "");
}

TEST(TestKitTest, OtherEventsAreHeardToo) {
  HandlerTest test([](Handler& bot) {
    bot.On(EventKind::kJoined,
           [](Message& message) { message.Reply("welcome " + message.User().name); });
  });
  v1::Event event;
  event.mutable_joined();
  EXPECT_EQ(test.Happen(event, {.room = "lab"}), Texts{"welcome Ada"});
}

// What the kit complains about.
std::string ComplaintOf(const std::function<void()>& does) {
  try {
    does();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing was wrong";
}

TEST(TestKitTest, ARouteThatTheHubWouldRefuseIsNamedAtOnce) {
  const std::string complaint =
      ComplaintOf([] { HandlerTest test([](Handler& bot) { bot.Route("(", Answering("")); }); });
  EXPECT_NE(complaint.find("route \"route-1\""), std::string::npos) << complaint;
}

TEST(TestKitTest, AHandlerThatHasEndedIsNamed) {
  HandlerTest test([](Handler& bot) {
    bot.Command("bye", [&bot](Message&) { bot.Stop(); });
    bot.Command("x", Answering("y"));
  });
  EXPECT_EQ(test.Say("bye"), Texts{});
  std::string complaint;
  // It ends by itself, a moment later.
  do {
    complaint = ComplaintOf([&test] { test.Say("nothing that it knows"); });
  } while (complaint == "nothing was wrong");
  EXPECT_EQ(complaint.rfind("HandlerTest: the handler has ended", 0), 0u) << complaint;
}

}  // namespace
}  // namespace chathub
