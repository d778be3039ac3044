// What a new snapshot of the routes costs, from patterns that nobody has compiled before.
//
// build-bench ROUTES   an object of JSON: {"ms": to compile and build, "table_ms": of that the
//                      table alone, "bytes": resident per route when it has matched, "pause_us":
//                      how long matching stood still meanwhile, "of_build": the same as a part of
//                      it}
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/programs/route_workload.h"

namespace chathub {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTexts = 1'000;

double SecondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Of this process, in bytes.
double Resident() {
  std::ifstream statm("/proc/self/statm");
  double size = 0;
  double resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// The longest match while another thread builds. A thread that is not run by the system for a while
// is no matter of ours: the longest but one in a thousand.
double LongestMatch(const RouteTable& table, const std::vector<std::string>& texts,
                    const std::atomic<bool>& building) {
  std::vector<double> took;
  for (std::size_t i = 0; building; ++i) {
    const auto start = Clock::now();
    table.Match({.text = texts[i % texts.size()]});
    took.push_back(SecondsSince(start));
  }
  std::sort(took.begin(), took.end());
  return took.empty() ? 1e9 : took[took.size() * 999 / 1000];
}

void Measure(int routes) {
  const std::vector<std::string> patterns = TypicalPatterns(routes);
  const std::vector<std::string> texts = TypicalTexts(kTexts, routes);
  const double before = Resident();
  const auto start = Clock::now();
  const auto sets = CompileSets(patterns);
  const double compiling = SecondsSince(start);
  const auto table = RouteTable::Build(sets);
  const double all = SecondsSince(start);
  for (const std::string& text : texts) table->Match({.text = text});
  const double bytes = (Resident() - before) / routes;

  std::atomic<bool> building = true;
  std::thread builder([&] {
    RouteTable::Build(CompileSets(patterns));
    building = false;
  });
  const double pause = LongestMatch(*table, texts, building);
  builder.join();
  std::printf(
      "{\"ms\": %.2f, \"table_ms\": %.2f, \"bytes\": %.0f, \"pause_us\": %.2f, \"of_build\": "
      "%.6f}\n",
      all * 1e3, (all - compiling) * 1e3, bytes, pause * 1e6, pause / all);
}

}  // namespace
}  // namespace chathub

int main(int count, char** words) {
  if (count != 2) {
    std::fprintf(stderr, "see the top of build_bench.cc\n");
    return 2;
  }
  chathub::Measure(std::stoi(words[1]));
}
