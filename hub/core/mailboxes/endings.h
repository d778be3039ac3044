// Steps that end something: done at once or, while the engine can keep nothing, as soon as it can.
#pragma once

#include <deque>

#include "hub/base/loop.h"
#include "hub/engine/engine.h"

namespace chathub {

// Whoever ends a delivery or an order may forget it: nobody else will take it, and its duties are
// held until the engine has heard of the end. Holds no more steps than there were entries. Owned by
// the Hub.
class Endings {
 public:
  Endings(Loop& loop, Engine& engine) : loop_(loop), engine_(engine) {}

  // A step that could never be done (see Engine::Apply) is not for here: it ends and puts, and
  // writes without conditions.
  void Do(Step&& step);

 private:
  bool TryOne(Step& step);
  void TryAgain();

  Loop& loop_;
  Engine& engine_;

  std::deque<Step> waiting_;  // in order
  Timer again_;
};

}  // namespace chathub
