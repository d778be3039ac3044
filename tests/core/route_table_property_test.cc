// Whatever the patterns and texts: the table finds exactly what RE2 finds one by one.
#include <random>

#include "gtest/gtest.h"
#include "hub/core/routing/route_table.h"

namespace chathub {
namespace {

constexpr int kTables = 40;
constexpr int kTextsPerTable = 40;
constexpr int kRoutesPerTable = 60;

// Few letters, so that much matches; the odd ones fold to each other or to nothing.
constexpr const char* kLetters[] = {"a",      "b",      "k",      "s",         "K",      "S",
                                    "1",      " ",      " ",      "\n",        "-",      "\u212A",
                                    "\u017F", "\u00E4", "\u00C4", "\u0438",    "\u0418", "\u1C82",
                                    "\u043E", "\u03C3", "\u03A3", "\u03C2",    "\u0130", "\u0131",
                                    "\u597D", "\u00DF", "\u1E9E", "\U0001F600"};
constexpr const char* kWords[] = {"karma",
                                  "deploy",
                                  "Kiss",
                                  "roll",
                                  "gr\u00FC\u00DFe",
                                  "\u043F\u043E\u0438\u0441\u043A",
                                  "\u4F60\u597D",
                                  "prod",
                                  "as",
                                  "\u03C3\u03BF\u03C6\u03CC\u03C2"};

std::string Joined(std::initializer_list<std::string> pieces) {
  std::string joined;
  for (const std::string& piece : pieces) joined += piece;
  return joined;
}

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t Below(std::size_t count) { return random_() % count; }

  template <typename T, std::size_t count>
  const T& Pick(const T (&values)[count]) {
    return values[Below(count)];
  }

  std::string Text() {
    std::string text;
    for (std::size_t i = Below(12); i > 0; --i) {
      text += Below(2) == 0 ? std::string(Pick(kWords)) : std::string(Pick(kLetters));
      if (Below(3) == 0) text += " ";
    }
    return text;
  }

  std::string Pattern() {
    std::string pattern;
    if (Below(4) == 0) pattern += "(?i)";
    if (Below(5) == 0) pattern += "^";
    pattern += Sequence(3);
    if (Below(6) == 0) pattern += "$";
    return pattern;
  }

 private:
  std::string Sequence(int depth) {
    std::string sequence;
    for (std::size_t i = 1 + Below(3); i > 0; --i) sequence += Piece(depth);
    return sequence;
  }

  std::string Piece(int depth) {
    constexpr const char* kClasses[] = {
        "[ab]", "[^k]", "\\w", "\\d",    ".",  "[a-s]", "\\p{Greek}", "[\u0430-\u0440]",
        "\\b",  "\\s+", ".*",  "(?s:.)", "\\W"};
    constexpr const char* kCounts[] = {"?", "*", "+", "{2}", "{0,2}", "+?"};
    switch (Below(depth > 0 ? 8 : 4)) {
      case 0:
      case 1:
        return Pick(kWords);
      case 2:
        return Pick(kLetters);
      case 3:
        return Pick(kClasses);
      case 4:
        return Joined({"(", Sequence(depth - 1), "|", Sequence(depth - 1), ")"});
      case 5:
        return Joined({"(?:", Sequence(depth - 1), ")", Pick(kCounts)});
      case 6:
        return Joined({"(?i:", Sequence(depth - 1), ")"});
      default:
        return Joined({"(", Sequence(depth - 1), ").*", Piece(0)});
    }
  }

  std::mt19937 random_;
};

std::shared_ptr<const RouteSet> RandomSet(Dice& dice) {
  google::protobuf::RepeatedPtrField<v1::Route> routes;
  for (int i = 0; i < kRoutesPerTable; ++i) {
    v1::Route* route = routes.Add();
    route->set_id(Joined({"r", std::to_string(i)}));
    do {
      route->set_pattern(dice.Pattern());
    } while (!Pattern::Compile(route->pattern()).ok());  // Now and then one is too large.
  }
  auto set = RouteSet::Compile("h", 0, routes);
  EXPECT_TRUE(set.ok()) << set.status();
  return set.ok() ? *set : nullptr;
}

using Found = std::vector<std::pair<std::string, Pieces>>;

Found OneByOne(const RouteSet& set, std::string_view text) {
  Found found;
  for (const CompiledRoute& route : set.routes()) {
    Pieces groups;
    if (route.pattern->Match(text, groups)) found.emplace_back(route.route.pattern(), groups);
  }
  return found;
}

Found ByTable(const RouteTable& table, std::string_view text) {
  Found found;
  for (const Match& match : table.Match({.text = text})) {
    found.emplace_back(match.route->route.pattern(), match.groups);
  }
  return found;
}

TEST(RouteTablePropertyTest, TheTableFindsWhatRe2FindsOneByOne) {
  std::size_t matches = 0;
  std::size_t with_literals = 0;
  for (int i = 0; i < kTables; ++i) {
    Dice dice(static_cast<unsigned>(i));
    const auto set = RandomSet(dice);
    ASSERT_NE(set, nullptr);
    with_literals += set->routes().size() - set->without_literal();
    const auto table = RouteTable::Build({set});
    for (int j = 0; j < kTextsPerTable; ++j) {
      const std::string text = dice.Text();
      const Found expected = OneByOne(*set, text);
      ASSERT_EQ(ByTable(*table, text), expected) << "table " << i << ", text: " << text;
      matches += expected.size();
    }
  }
  // Else the test would prove little.
  EXPECT_GT(matches, 1000u);
  EXPECT_GT(with_literals, static_cast<std::size_t>(kTables * kRoutesPerTable / 3));
}

}  // namespace
}  // namespace chathub
