#include "hub/core/routing/pattern_literals.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>
#include <vector>

namespace chathub {
namespace {

// With more, asking about each atom would take too long.
constexpr std::size_t kMostAtomsTried = 64;

// An expression seen as a formula over atoms: strings that occur in every text it matches, or some
// of them do.
class Atoms {
 public:
  explicit Atoms(const re2::RE2& expression) : filtered_(0) {
    int id = 0;
    if (filtered_.Add(expression.pattern(), expression.options(), &id) != re2::RE2::NoError) return;
    std::vector<std::string> atoms;
    filtered_.Compile(&atoms);
    for (const std::string& atom : atoms) {
      literals_.emplace_back(LongestLiteral(FoldLiteral(atom)));
    }
  }

  // By number; empty where an atom holds none.
  const std::vector<std::string>& literals() const { return literals_; }

  // Numbers of those that hold a literal, shortest first.
  std::vector<int> Usable() const {
    std::vector<int> usable;
    for (int atom = 0; atom < size(); ++atom) {
      if (!LiteralOf(atom).empty()) usable.push_back(atom);
    }
    std::stable_sort(usable.begin(), usable.end(),
                     [this](int a, int b) { return LiteralOf(a).size() < LiteralOf(b).size(); });
    return usable;
  }

  bool CanMatchWithout(const std::set<int>& absent) const {
    std::vector<int> present;
    for (int atom = 0; atom < size(); ++atom) {
      if (absent.count(atom) == 0) present.push_back(atom);
    }
    std::vector<int> potential;
    filtered_.AllPotentials(present, &potential);
    return !potential.empty();
  }

 private:
  int size() const { return static_cast<int>(literals_.size()); }
  const std::string& LiteralOf(int atom) const { return literals_[static_cast<std::size_t>(atom)]; }

  re2::FilteredRE2 filtered_;
  std::vector<std::string> literals_;
};

std::vector<int> Required(const Atoms& atoms, const std::vector<int>& usable) {
  std::vector<int> required;
  for (const int atom : usable) {
    if (!atoms.CanMatchWithout({atom})) required.push_back(atom);
  }
  return required;
}

// A set of which at least one must occur, without those it can spare; the short ones go first.
std::vector<int> Alternatives(const Atoms& atoms, const std::vector<int>& usable) {
  std::set<int> alternatives(usable.begin(), usable.end());
  if (usable.empty() || atoms.CanMatchWithout(alternatives)) return {};
  if (usable.size() > kMostAtomsTried) return usable;
  for (const int atom : usable) {
    alternatives.erase(atom);
    if (atoms.CanMatchWithout(alternatives)) alternatives.insert(atom);
  }
  return {alternatives.begin(), alternatives.end()};
}

std::vector<std::string> Pick(const Atoms& atoms, const std::vector<int>& chosen) {
  std::set<std::string> picked;
  for (const int atom : chosen) picked.insert(atoms.literals()[static_cast<std::size_t>(atom)]);
  return {picked.begin(), picked.end()};
}

}  // namespace

Literals LiteralsOf(const re2::RE2& expression) {
  const Atoms atoms(expression);
  const std::vector<int> usable = atoms.Usable();
  Literals literals;
  if (usable.size() <= kMostAtomsTried) literals.all = Pick(atoms, Required(atoms, usable));
  if (literals.all.empty()) literals.any = Pick(atoms, Alternatives(atoms, usable));
  return literals;
}

}  // namespace chathub
