// Remembers ids of ended entries for a time, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "hub/base/loop.h"
#include "hub/engine/fingerprint.h"

namespace chathub {

// About 50 bytes each. Beyond the most it holds, those go first whose time would be over first, by
// the second. Two come and two go with every message, far from what the cache holds: so the table
// is of small numbers, and what is ended or forgotten together lies together.
class EndedIds {
 public:
  explicit EndedIds(std::size_t most) : most_(most) {}
  EndedIds(const EndedIds&) = delete;
  EndedIds& operator=(const EndedIds&) = delete;

  void Add(const Fingerprint& id, TimePoint until);
  bool Contains(const Fingerprint& id, TimePoint now) const;

  // The disk has it in the row of this number.
  void SetRow(const Fingerprint& id, std::uint64_t row);
  // Forgets what is over. Gives the rows of all that was forgotten since the last call.
  std::vector<std::uint64_t> Forget(TimePoint now);

 private:
  using Place = std::uint32_t;  // among memories_
  static constexpr Place kNowhere = UINT32_MAX;

  struct Memory {
    Fingerprint id;
    TimePoint until = TimePoint::min();
    std::uint64_t row = 0;  // 0: none
    Place next = kNowhere;  // of the same second, or that is free
  };
  // Places are found by the id that lies there, which is a hash already.
  struct IdAt {
    using is_transparent = void;

    const Fingerprint& Of(const Fingerprint& id) const { return id; }
    const Fingerprint& Of(Place place) const { return (*memories)[place].id; }
    template <class T>
    std::size_t operator()(const T& of) const {
      return Of(of).first;
    }
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
      return Of(a) == Of(b);
    }

    const std::vector<Memory>* memories;
  };

  Place TakeFree();
  // Its time is over then.
  void List(Place place, TimePoint until);
  void ForgetFirst();

  const std::size_t most_;
  std::vector<Memory> memories_;
  Place free_ = kNowhere;
  absl::flat_hash_set<Place, IdAt, IdAt> known_{0, IdAt{&memories_}, IdAt{&memories_}};
  // By the second in which their time is over; an id whose time was made longer is listed again
  // when that second comes.
  std::map<std::int64_t, Place> order_;
  std::vector<std::uint64_t> forgotten_rows_;
};

}  // namespace chathub
