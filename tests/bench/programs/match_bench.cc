// What matching costs, beside RE2 one by one, and what a new snapshot of the routes costs.
//
// match-bench match typical|hostile ROUTES ROUNDS   a JSON object: ns per text, by round
// match-bench build ROUTES                          likewise: ms to build, bytes per route, and how
//                                                   long a match took meanwhile
#include <re2/re2.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/programs/route_workload.h"

namespace chathub {
namespace {

constexpr int kTexts = 1'000;
// Of one measurement, at least.
constexpr double kLeastSeconds = 0.05;

// What this thread has worked: others on the machine hardly disturb it.
double WorkedSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// What matching is measured on.
struct Scene {
  Scene(bool hostile, int routes)
      : patterns(hostile ? HostilePatterns(routes) : TypicalPatterns(routes)),
        texts(hostile ? HostileTexts(kTexts) : TypicalTexts(kTexts, routes)),
        table(RouteTable::Build(CompileSets(patterns))) {
    for (const std::string& pattern : patterns) {
      one_by_one.push_back(std::make_unique<const re2::RE2>(pattern));
    }
  }

  std::vector<std::string> patterns;
  std::vector<std::string> texts;
  std::shared_ptr<const RouteTable> table;
  std::vector<std::unique_ptr<const re2::RE2>> one_by_one;
};

std::size_t MatchByTable(const Scene& scene, const std::string& text) {
  return scene.table->Match({.text = text}).size();
}

// With its groups, as a handler gets them.
std::size_t MatchOneByOne(const Scene& scene, const std::string& text) {
  constexpr int kMost = 4;
  re2::StringPiece groups[kMost];
  std::size_t matches = 0;
  for (const auto& each : scene.one_by_one) {
    const int count = std::min(kMost, each->NumberOfCapturingGroups() + 1);
    matches += each->Match(text, 0, text.size(), re2::RE2::UNANCHORED, groups, count) ? 1 : 0;
  }
  return matches;
}

// ns per text, of as many texts as fill the time; every measurement goes on where the last ended.
template <typename Match>
double Measure(const Scene& scene, std::size_t& next, const Match& match) {
  std::size_t texts = 0;
  const double start = WorkedSeconds();
  double seconds = 0;
  while (seconds < kLeastSeconds) {
    for (int i = 0; i < 10; ++i) {
      match(scene, scene.texts[next++ % scene.texts.size()]);
      ++texts;
    }
    seconds = WorkedSeconds() - start;
  }
  return seconds / static_cast<double>(texts) * 1e9;
}

void CheckThatBothFindTheSame(const Scene& scene) {
  for (const std::string& text : scene.texts) {
    const std::size_t by_table = MatchByTable(scene, text);
    const std::size_t one_by_one = MatchOneByOne(scene, text);
    if (by_table == one_by_one) continue;
    std::fprintf(stderr, "%zu matches by the table, %zu one by one: %s\n", by_table, one_by_one,
                 text.c_str());
    std::exit(1);
  }
}

void Print(const char* name, const std::vector<double>& values, const char* end) {
  std::printf("\"%s\": [", name);
  for (std::size_t i = 0; i < values.size(); ++i)
    std::printf(i == 0 ? "%.1f" : ", %.1f", values[i]);
  std::printf("]%s", end);
}

void MeasureMatching(bool hostile, int routes, int rounds) {
  const Scene scene(hostile, routes);
  CheckThatBothFindTheSame(scene);  // and RE2 has learnt what it can
  std::vector<double> table;
  std::vector<double> one_by_one;
  std::size_t next_of_table = 0;
  std::size_t next_one_by_one = 0;
  for (int i = 0; i < rounds; ++i) {
    table.push_back(Measure(scene, next_of_table, MatchByTable));
    one_by_one.push_back(Measure(scene, next_one_by_one, MatchOneByOne));
  }
  std::printf("{");
  Print("table_ns", table, ", ");
  Print("one_by_one_ns", one_by_one, "}\n");
}

// --- building

// Of this process, in bytes.
double ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  double size = 0;
  double resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// Times every match while another thread builds, and gives all but one in a thousand.
double MatchWhile(const Scene& scene, const std::atomic<bool>& building) {
  std::vector<double> took;
  for (std::size_t i = 0; building; ++i) {
    const auto start = std::chrono::steady_clock::now();
    MatchByTable(scene, scene.texts[i % scene.texts.size()]);
    took.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(took.begin(), took.end());
  return took.empty() ? 0 : took[took.size() * 999 / 1000];
}

void MeasureBuilding(int routes) {
  const std::vector<std::string> patterns = TypicalPatterns(routes);
  const std::vector<std::string> texts = TypicalTexts(kTexts, routes);
  const double before = ResidentBytes();
  double start = WorkedSeconds();
  const auto sets = CompileSets(patterns);
  const double compiling = WorkedSeconds() - start;
  start = WorkedSeconds();
  const auto table = RouteTable::Build(sets);
  const double building = WorkedSeconds() - start;
  for (const std::string& text : texts) table->Match({.text = text});
  const double bytes = (ResidentBytes() - before) / routes;

  const Scene scene(false, routes);
  std::atomic<bool> at_work = true;
  std::thread builder([&] {
    RouteTable::Build(CompileSets(patterns));
    at_work = false;
  });
  const double match = MatchWhile(scene, at_work);
  builder.join();
  std::printf(
      "{\"compile_ms\": %.2f, \"table_ms\": %.2f, \"bytes_per_route\": %.0f, "
      "\"match_meanwhile_us\": %.1f}\n",
      compiling * 1e3, building * 1e3, bytes, match * 1e6);
}

}  // namespace
}  // namespace chathub

int main(int count, char** words) {
  const std::string what = count > 1 ? words[1] : "";
  if (what == "match" && count == 5) {
    chathub::MeasureMatching(std::string(words[2]) == "hostile", std::stoi(words[3]),
                             std::stoi(words[4]));
  } else if (what == "build" && count == 3) {
    chathub::MeasureBuilding(std::stoi(words[2]));
  } else {
    std::fprintf(stderr, "see the top of match_bench.cc\n");
    return 2;
  }
}
