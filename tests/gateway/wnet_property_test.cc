// What holds in every WNet network, whatever programs say and when.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/gateway/stage.h"

namespace chathub::wnet {
namespace {

using std::chrono::milliseconds;

const std::vector<std::string> kNames = {"a", "b", "weather"};

// Programs that do at random what programs can do, and one more that looks at the result.
class Town {
 public:
  explicit Town(unsigned seed) : random_(seed), stage_({.wnet = {.accounts = false}}) {
    for (int i = 0; i < 5; ++i) OpenAgain(std::to_string(i));
    stage_.Open("observer", {.path = "/wnet/ws"});
  }

  void Step() {
    const std::string name = std::to_string(Pick(5));
    FakeProgram& program = *stage_.programs.at(name);
    switch (Pick(12)) {
      case 0:
        return OpenAgain(name);
      case 1:
        return stage_.loop.Advance(milliseconds(Pick(3'000)));
      case 2:
        program.Leaves();
        break;
      case 3:
      case 4:
        program.Says("alive");
        break;
      case 5:
        program.Says("connect@" + AnyName());
        break;
      case 6:
        program.Says("disconnect@" + AnyName());
        break;
      case 7:
        program.Says("cssend@" + AnyName() + "@hello");
        break;
      default:
        asked_[name].insert(Claim(program));
    }
    stage_.loop.Run();
  }

  // A message to a name reaches one program if it is listed, else none; and whoever it reaches has
  // asked for the name.
  void LookAtNames() {
    for (const std::string& name : kNames) {
      const std::string text = std::to_string(++looks_) + ". look";
      const bool listed = Ask("search@" + name).ends_with(name + "@" + name);
      Ask("connect@" + name);
      Ask("cssend@" + name + "@" + text);
      const std::set<std::string> heard = WhoHeard(text);
      EXPECT_EQ(heard.size(), listed ? 1 : 0) << name;
      for (const std::string& program : heard) EXPECT_TRUE(asked_[program].contains(name));
      Ask("disconnect@" + name);
    }
  }

 private:
  std::size_t Pick(std::size_t below) { return random_() % below; }
  std::string AnyName() { return kNames[Pick(kNames.size())]; }

  std::string Claim(FakeProgram& program) {
    std::string name = AnyName();
    program.Says("add@" + name);
    return name;
  }

  void OpenAgain(const std::string& name) {
    asked_[name].clear();
    stage_.Open(name, {.path = "/wnet/ws"});
  }

  std::string Ask(const std::string& command) {
    FakeProgram& observer = *stage_.programs.at("observer");
    observer.heard.clear();
    observer.Says(command);
    stage_.loop.Run();
    return observer.heard.empty() ? "" : observer.heard.front();
  }

  std::set<std::string> WhoHeard(const std::string& text) {
    std::set<std::string> who;
    for (const auto& [name, program] : stage_.programs) {
      const auto ends = [&](const std::string& frame) { return frame.ends_with(text); };
      if (std::any_of(program->heard.begin(), program->heard.end(), ends)) who.insert(name);
    }
    return who;
  }

  std::mt19937 random_;
  Stage stage_;
  std::map<std::string, std::set<std::string>> asked_;  // names, by program
  int looks_ = 0;
};

TEST(WnetPropertyTest, ANameIsOneProgramOrNobody) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    Town town(seed);
    for (int step = 0; step < 120 && !::testing::Test::HasFailure(); ++step) {
      town.Step();
      if (step % 3 == 0) town.LookAtNames();
    }
  }
}

}  // namespace
}  // namespace chathub::wnet
