#include "hub/engine/remembered_keys.h"

#include <string>

#include "gtest/gtest.h"

namespace chathub {
namespace {

TEST(RememberedKeysTest, WhatWasAddedIsKnown) {
  RememberedKeys keys(10);
  keys.Add("a");
  EXPECT_TRUE(keys.Contains("a"));
  EXPECT_FALSE(keys.Contains("b"));
}

TEST(RememberedKeysTest, AtLeastTheCapacityIsRememberedAndAtMostTwice) {
  RememberedKeys keys(100);
  for (int i = 0; i < 1000; ++i) keys.Add(std::to_string(i));
  for (int i = 900; i < 1000; ++i) EXPECT_TRUE(keys.Contains(std::to_string(i))) << i;
  EXPECT_FALSE(keys.Contains("799"));
}

}  // namespace
}  // namespace chathub
