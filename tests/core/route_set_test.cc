#include "hub/core/routing/route_set.h"

#include "gtest/gtest.h"
#include "hub/base/errors.h"
#include "tests/core/route_texts.h"

namespace chathub {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

absl::Status StatusOf(const google::protobuf::RepeatedPtrField<v1::Route>& routes) {
  return RouteSet::Compile("karma", 1, routes).status();
}

bool Says(const absl::Status& status, std::string_view part) {
  return std::string(status.message()).find(part) != std::string::npos;
}

TEST(RouteSetTest, DefaultsAreFilledIn) {
  const auto set = SetFrom("karma", R"pb(
    routes {
      id: "b"
      command { word: "karma" }
    }
    routes { id: "a" event: EVENT_KIND_JOINED }
    routes {
      id: "c"
      event: EVENT_KIND_MESSAGE
      linger {}
      maximum_attempts: 1
    }
  )pb");
  ASSERT_EQ(set->routes().size(), 3u);
  EXPECT_EQ(set->routes()[0].id(), "a");
  EXPECT_EQ(set->routes()[0].max_age, hours(24));
  const CompiledRoute& command = set->routes()[1];
  EXPECT_EQ(command.max_age, seconds(60));
  EXPECT_EQ(command.linger, seconds(60));
  EXPECT_EQ(command.deadline, seconds(30));
  EXPECT_EQ(command.maximum_attempts, 3u);
  EXPECT_EQ(set->routes()[2].max_age, seconds(60));
  EXPECT_EQ(set->routes()[2].linger, seconds(0));
  EXPECT_EQ(set->routes()[2].maximum_attempts, 1u);
}

TEST(RouteSetTest, DurationsAreTakenToTheMillisecond) {
  const auto set = SetFrom("karma", R"pb(
    routes {
      id: "a"
      pattern: "abc"
      max_age { seconds: 2 nanos: 500000000 }
      linger { nanos: 1 }
      deadline { seconds: 900 }
    }
  )pb");
  EXPECT_EQ(set->routes()[0].max_age, milliseconds(2500));
  EXPECT_EQ(set->routes()[0].linger, milliseconds(1));
  EXPECT_EQ(set->routes()[0].deadline, kLongestDeadline);
}

TEST(RouteSetTest, ARouteIsFoundByItsId) {
  const auto set =
      SetFrom("karma", "routes { id: 'b' pattern: 'bb' } routes { id: 'a' pattern: 'aa' }");
  ASSERT_NE(set->Find("b"), nullptr);
  EXPECT_EQ(set->Find("b")->id(), "b");
  EXPECT_EQ(set->Find("ab"), nullptr);
  EXPECT_EQ(set->Find("c"), nullptr);
}

TEST(RouteSetTest, AWrongRouteIsRefusedWithHandlerRouteAndReason) {
  struct Case {
    const char* route;
    const char* reason;
  };
  for (const auto& [route, reason] : std::initializer_list<Case>{
           {"id: 'up' pattern: 'a(b'", "at byte 1"},
           {"id: 'up' command { word: 'a b' }", "more than one word"},
           {"id: 'up'", "no trigger"},
           {"id: 'up' event: EVENT_KIND_UNSPECIFIED", "event kind 0"},
           {"id: 'up' pattern: 'abc' max_age { seconds: -1 }", "max_age is negative"},
           {"id: 'up' pattern: 'abc' max_age { nanos: -1 }", "max_age is negative"},
           {"id: 'up' pattern: 'abc' max_age {}", "max_age is 0"},
           {"id: 'up' pattern: 'abc' deadline {}", "deadline is 0"},
           {"id: 'up' pattern: 'abc' deadline { seconds: 901 }", "deadline is longer than 900 s"},
           {"id: 'up' pattern: 'abc' deadline { seconds: 900 nanos: 1 }", "deadline is longer"},
           {"id: 'up' pattern: 'abc' linger { seconds: 9223372036854775807 }", "linger is longer"},
           {"id: 'up' pattern: 'abc' maximum_attempts: 101", "maximum_attempts"},
           {"id: 'up' pattern: 'abc' required_groups: ''", "group"},
       }) {
    const absl::Status status = StatusOf(RoutesFrom("routes {" + std::string(route) + "}"));
    ASSERT_FALSE(status.ok()) << route;
    EXPECT_EQ(ReasonOf(status), Reason::kBadRoute);
    EXPECT_TRUE(Says(status, "handler karma, route \"up\": ")) << status;
    EXPECT_TRUE(Says(status, reason)) << status;
  }
}

TEST(RouteSetTest, IdsAreNamesAndUnique) {
  EXPECT_TRUE(Says(StatusOf(RoutesFrom("routes { id: 'a/b' pattern: 'abc' }")), "\"a/b\": its id"));
  EXPECT_TRUE(Says(StatusOf(RoutesFrom("routes { pattern: 'abc' }")), "its id"));
  EXPECT_TRUE(Says(StatusOf(RoutesFrom("routes { id: 'a' pattern: 'abc' }"
                                       "routes { id: 'a' pattern: 'def' }")),
                   "twice"));
}

TEST(RouteSetTest, UnknownEnumValuesAreRefused) {
  auto routes = RoutesFrom("routes { id: 'a' event: EVENT_KIND_JOINED }");
  routes[0].set_event(static_cast<v1::EventKind>(99));
  EXPECT_TRUE(Says(StatusOf(routes), "event kind 99"));
  routes[0].set_event(v1::EVENT_KIND_LEFT);
  routes[0].set_precedence(static_cast<v1::Precedence>(99));
  EXPECT_TRUE(Says(StatusOf(routes), "precedence 99"));
}

TEST(RouteSetTest, AHandlerHasALegalName) {
  EXPECT_FALSE(RouteSet::Compile("a/b", 1, {}).ok());
  EXPECT_TRUE(RouteSet::Compile("karma", 1, {}).ok());
}

TEST(RouteSetTest, TooManyRoutesAreTooMuch) {
  google::protobuf::RepeatedPtrField<v1::Route> routes;
  const auto add = [&routes](const std::string& pattern) {
    v1::Route* route = routes.Add();
    route->set_id(std::to_string(routes.size()));
    route->set_pattern(pattern);
  };
  for (int i = 0; i < kMostRoutes; ++i) add("abc");
  EXPECT_TRUE(StatusOf(routes).ok());
  add("abc");
  EXPECT_EQ(ReasonOf(StatusOf(routes)), Reason::kTooMuch);
}

TEST(RouteSetTest, TooManyPatternsWithoutALiteralAreTooMuch) {
  google::protobuf::RepeatedPtrField<v1::Route> routes;
  for (std::size_t i = 0; i <= kMostPatternsWithoutLiteral; ++i) {
    if (i == kMostPatternsWithoutLiteral) {
      EXPECT_EQ(
          SetFrom("karma", "routes { id: 'a' pattern: '.*' } routes { id: 'b' pattern: 'bb' }")
              ->without_literal(),
          1u);
      EXPECT_TRUE(StatusOf(routes).ok());
    }
    v1::Route* route = routes.Add();
    route->set_id(std::to_string(i));
    route->set_pattern(".*");
  }
  EXPECT_EQ(ReasonOf(StatusOf(routes)), Reason::kTooMuch);
}

TEST(RouteSetTest, PatternsThatAreTooLargeTogetherAreTooMuch) {
  google::protobuf::RepeatedPtrField<v1::Route> routes;
  for (int i = 0; i < 200; ++i) {
    v1::Route* route = routes.Add();
    route->set_id(std::to_string(i));
    route->set_pattern("abca{1000}b{1000}");
  }
  EXPECT_EQ(ReasonOf(StatusOf(routes)), Reason::kTooMuch);
}

TEST(RouteSetTest, SetsAreTheSameWhateverTheirOrderAndWhetherDefaultsAreSpeltOut) {
  const auto spelt = SetFrom("karma", R"pb(
    routes {
      id: "a"
      pattern: "aa"
      max_age { seconds: 60 }
      maximum_attempts: 3
    }
    routes {
      id: "b"
      command { word: "b" }
      linger { seconds: 60 }
      deadline { seconds: 30 }
    }
  )pb");
  const auto unset = SetFrom("other", R"pb(
    routes {
      id: "b"
      command { word: "b" }
    }
    routes { id: "a" pattern: "aa" }
  )pb");
  EXPECT_TRUE(spelt->SameRoutes(*unset));
  EXPECT_TRUE(unset->SameRoutes(*spelt));
}

TEST(RouteSetTest, SetsDifferInAnythingThatARouteSays) {
  const auto set = SetFrom("karma", "routes { id: 'a' pattern: 'aa' }");
  for (const char* other : {
           "",
           "routes { id: 'b' pattern: 'aa' }",
           "routes { id: 'a' pattern: 'ab' }",
           "routes { id: 'a' pattern: 'aa' bots: true }",
           "routes { id: 'a' pattern: 'aa' linger { seconds: 1 } }",
           "routes { id: 'a' pattern: 'aa' help { usage: 'x' } }",
           "routes { id: 'a' pattern: 'aa' } routes { id: 'b' pattern: 'bb' }",
       }) {
    EXPECT_FALSE(set->SameRoutes(*SetFrom("karma", other))) << other;
  }
}

}  // namespace
}  // namespace chathub
