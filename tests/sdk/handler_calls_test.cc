// What a handler asks of the hub by itself.

#include "tests/sdk/handler_case.h"

namespace chathub {
namespace {

class HandlerCallsTest : public HandlerCase {};

TEST_F(HandlerCallsTest, SpeakingUnaskedSurvivesAFailureWithoutSpeakingTwice) {
  hub_.unary().failures = 1;
  const auto sent = handler_.chat().Send({.room = "a/r"}, Markdown("*hi*"));
  ASSERT_TRUE(sent.ok()) << sent.problem().detail;
  ASSERT_EQ(hub_.unary().sent.size(), 2u);
  EXPECT_NE(hub_.unary().sent[0].request_id(), "");
  EXPECT_EQ(hub_.unary().sent[0].request_id(), hub_.unary().sent[1].request_id());
  EXPECT_EQ(hub_.unary().sent[1].conversation().room(), "a/r");
  EXPECT_EQ(sent->key, "key-of-" + hub_.unary().sent[1].request_id());
  EXPECT_EQ(hub_.unary().peer, "handler/test");
  EXPECT_EQ(hub_.unary().authorization, std::string("Bearer ") + FakeHub::kToken);
}

TEST_F(HandlerCallsTest, ARefusedCallGivesTheProblemAndIsNotRepeated) {
  hub_.unary().failures = 9;
  hub_.unary().failure = grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "not there");
  const auto sent = handler_.chat().Send({.room = "a/r"}, "hi");
  ASSERT_FALSE(sent.ok());
  EXPECT_EQ(sent.problem().detail, "not there");
  EXPECT_EQ(hub_.unary().sent.size(), 1u);
}

TEST_F(HandlerCallsTest, RoutesAreListedForTheUserOfTheMessage) {
  v1::RouteListing& route = *hub_.unary().routes.add_routes();
  route.set_handler("dice");
  route.mutable_route()->mutable_command()->set_word("roll");
  route.mutable_route()->mutable_help()->set_usage("roll NdM");
  handler_.Command("help", [this](Message& message) {
    const auto routes = handler_.ListRoutes(message, "ro");
    message.Reply(routes.ok() ? routes->at(0).usage + "/" + routes->at(0).trigger : "failed");
  });
  HandlerStream& stream = Attach();
  stream.Say(Delivery("d1", "help", "ro"));
  EXPECT_EQ(stream.Next().finish().actions(0).send().content().text(), "roll NdM/roll");
  EXPECT_EQ(hub_.unary().listed.at(0).user().id(), "a/ada");
  EXPECT_EQ(hub_.unary().listed.at(0).search(), "ro");
  stream.Say("finish_result { delivery: 'd1' outcome: FINISH_OUTCOME_OK }");
  EXPECT_EQ(Stop(stream), 0);
}

}  // namespace
}  // namespace chathub
