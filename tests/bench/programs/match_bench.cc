// What matching costs by the hub's table of routes, and by RE2 one by one.
//
// match-bench typical|hostile ROUTES   says `ready`; then for each line `table` or `one by one` an
//                                      object of JSON: {"ns": per text, "rate": texts a second}
#include <re2/re2.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/programs/route_workload.h"

namespace chathub {
namespace {

constexpr int kTexts = 1'000;
// Of one measurement, at least; and never less than so many texts.
constexpr double kLeastSeconds = 0.1;
constexpr int kTextsAtOnce = 10;

// What this thread has worked: others on the machine hardly disturb it.
double WorkedSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

class Scene {
 public:
  Scene(bool hostile, int routes)
      : texts_(hostile ? HostileTexts(kTexts) : TypicalTexts(kTexts, routes)) {
    const auto patterns = hostile ? HostilePatterns(routes) : TypicalPatterns(routes);
    table_ = RouteTable::Build(CompileSets(patterns));
    for (const std::string& pattern : patterns) {
      one_by_one_.push_back(std::make_unique<const re2::RE2>(pattern));
    }
  }

  std::size_t ByTable(const std::string& text) const {
    return table_->Match({.text = text}).size();
  }

  // With the groups, which a handler gets.
  std::size_t OneByOne(const std::string& text) const {
    constexpr int kMost = 4;
    re2::StringPiece groups[kMost];
    std::size_t matches = 0;
    for (const auto& each : one_by_one_) {
      const int count = std::min(kMost, each->NumberOfCapturingGroups() + 1);
      matches += each->Match(text, 0, text.size(), re2::RE2::UNANCHORED, groups, count) ? 1 : 0;
    }
    return matches;
  }

  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
  std::shared_ptr<const RouteTable> table_;
  std::vector<std::unique_ptr<const re2::RE2>> one_by_one_;
};

// Of all texts or, where that takes too long, of some. Then RE2 has learnt what it can, too.
void CheckThatBothFindTheSame(const Scene& scene) {
  const double end = WorkedSeconds() + 2;
  for (const std::string& text : scene.texts()) {
    if (WorkedSeconds() > end) return;
    const std::size_t by_table = scene.ByTable(text);
    const std::size_t one_by_one = scene.OneByOne(text);
    if (by_table == one_by_one) continue;
    std::cerr << by_table << " matches by the table, " << one_by_one << " one by one: " << text
              << "\n";
    std::exit(1);
  }
}

// Measures on as many texts as fill the time, and goes on where it ended.
class Course {
 public:
  explicit Course(const std::vector<std::string>& texts) : texts_(texts) {}

  template <typename Match>
  void Run(const Match& match) {
    double count = 0;
    double seconds = 0;
    const double start = WorkedSeconds();
    while (seconds < kLeastSeconds) {
      for (int i = 0; i < kTextsAtOnce; ++i) match(texts_[next_++ % texts_.size()]);
      count += kTextsAtOnce;
      seconds = WorkedSeconds() - start;
    }
    std::printf("{\"ns\": %.1f, \"rate\": %.1f}\n", seconds / count * 1e9, count / seconds);
    std::fflush(stdout);
  }

 private:
  const std::vector<std::string>& texts_;
  std::size_t next_ = 0;
};

void Serve(const Scene& scene) {
  Course by_table(scene.texts());
  Course one_by_one(scene.texts());
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "table") {
      by_table.Run([&](const std::string& text) { return scene.ByTable(text); });
    } else {
      one_by_one.Run([&](const std::string& text) { return scene.OneByOne(text); });
    }
  }
}

}  // namespace
}  // namespace chathub

int main(int count, char** words) {
  if (count != 3) {
    std::cerr << "see the top of match_bench.cc\n";
    return 2;
  }
  const chathub::Scene scene(std::string(words[1]) == "hostile", std::stoi(words[2]));
  chathub::CheckThatBothFindTheSame(scene);
  chathub::Serve(scene);
}
