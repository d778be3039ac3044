// Routes and route sets for tests, from text.
#pragma once

#include <google/protobuf/text_format.h>

#include <memory>
#include <string>
#include <string_view>

#include "gtest/gtest.h"
#include "hub/core/routing/route_set.h"

namespace chathub {

// `text` is a text protobuf of a HandlerHello of which only the routes count.
inline google::protobuf::RepeatedPtrField<v1::Route> RoutesFrom(std::string_view text) {
  v1::HandlerHello hello;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &hello)) << text;
  return hello.routes();
}

inline std::shared_ptr<const RouteSet> SetFrom(std::string handler, std::string_view text) {
  auto set = RouteSet::Compile(std::move(handler), 0, RoutesFrom(text));
  EXPECT_TRUE(set.ok()) << set.status();
  return set.ok() ? *set : nullptr;
}

}  // namespace chathub
