#include "tests/bench/programs/route_workload.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace chathub {
namespace {

constexpr std::size_t kTextBytes = 100;
constexpr std::size_t kHostileWords = 50;
constexpr int kOneMeantIn = 5;

constexpr std::array<const char*, 20> kStems = {"deploy",  "karma",   "remind", "weather", "ticket",
                                                "build",   "status",  "oncall", "define",  "image",
                                                "lunch",   "review",  "merge",  "release", "logs",
                                                "restart", "silence", "graph",  "poll",    "quote"};
constexpr std::array<const char*, 24> kTalk = {
    "did",   "anybody", "see",  "the",   "new",      "figures", "from", "last",
    "night", "they",    "look", "odd",   "to",       "me",      "and",  "maybe",
    "we",    "should",  "wait", "until", "somebody", "has",     "time", "again"};

// Not with +, which makes GCC 12 warn of what cannot be.
std::string Numbered(const char* stem, std::size_t number) {
  return std::string(stem).append(std::to_string(number));
}

std::string WordOf(int number) {
  const auto index = static_cast<std::size_t>(number);
  return Numbered(kStems[index % kStems.size()], index);
}

std::string PatternOf(int number) {
  const std::string word = WordOf(number);
  switch (number % 10) {
    case 5:
    case 6:
      return "\\b" + word + "\\b";
    case 7:
      return "(?i)\\b" + word + " please";
    case 8:
      return "(?:show|list|get) " + word + "\\b";
    case 9:
      return word + " #?(?P<number>\\d+)";
    default:
      return "^" + word + "(?:\\s+(?P<what>\\S+))?(?:\\s+(?P<more>.*))?$";
  }
}

std::string CallOf(int number) {
  const std::string word = WordOf(number);
  switch (number % 10) {
    case 5:
    case 6:
      return "why not ask " + word;
    case 7:
      return "now " + word + " Please";
    case 8:
      return "now list " + word;
    case 9:
      return "look at " + word + " #42 and";
    default:
      return word + " production now";
  }
}

std::string Filled(std::string text, std::mt19937& random) {
  while (text.size() < kTextBytes)
    text.append(text.empty() ? "" : " ").append(kTalk[random() % kTalk.size()]);
  text.resize(kTextBytes);
  return text;
}

std::string HostileWord(std::size_t number) { return Numbered("word", number); }

}  // namespace

std::vector<std::string> TypicalPatterns(int count) {
  std::vector<std::string> patterns;
  for (int i = 0; i < count; ++i) patterns.push_back(PatternOf(i));
  return patterns;
}

std::vector<std::string> HostilePatterns(int count) {
  std::vector<std::string> patterns;
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    patterns.push_back(HostileWord(i % kHostileWords) + ".*" +
                       HostileWord(i / kHostileWords + kHostileWords));
  }
  return patterns;
}

std::vector<std::string> TypicalTexts(int count, int patterns) {
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    const int called = static_cast<int>(random() % static_cast<unsigned>(patterns));
    texts.push_back(Filled(i % kOneMeantIn == 0 ? CallOf(called) : "", random));
  }
  return texts;
}

std::vector<std::string> HostileTexts(int count) {
  std::mt19937 random(1);
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) {
    const std::string first = HostileWord(random() % kHostileWords);
    const std::string second = HostileWord(random() % 20 + kHostileWords);
    const bool matches = i % kOneMeantIn == 0;
    texts.push_back(
        Filled((matches ? first : second) + " and then " + (matches ? second : first), random));
  }
  return texts;
}

std::vector<std::shared_ptr<const RouteSet>> CompileSets(const std::vector<std::string>& patterns) {
  std::vector<std::shared_ptr<const RouteSet>> sets;
  for (std::size_t begin = 0; begin < patterns.size(); begin += kMostRoutes) {
    google::protobuf::RepeatedPtrField<v1::Route> routes;
    for (std::size_t i = begin; i < std::min(patterns.size(), begin + kMostRoutes); ++i) {
      v1::Route* route = routes.Add();
      route->set_id(Numbered("r", i));
      route->set_pattern(patterns[i]);
    }
    auto set = RouteSet::Compile(Numbered("h", sets.size()), 0, routes);
    if (!set.ok()) {
      std::fprintf(stderr, "%s\n", std::string(set.status().message()).c_str());
      std::exit(1);
    }
    sets.push_back(*std::move(set));
  }
  return sets;
}

}  // namespace chathub
