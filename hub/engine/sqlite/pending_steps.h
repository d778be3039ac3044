// Steps that were applied and are not yet kept, and which of it need not be written at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "hub/base/loop.h"
#include "hub/engine/ended_ids.h"
#include "hub/engine/held.h"
#include "hub/engine/sqlite/rows.h"

namespace chathub::sqlite {

// An entry that ended, and until when that is remembered.
struct Ended {
  HeldPtr held;
  std::int64_t until = 0;  // milliseconds since 1970
};

// What a step left to be kept.
struct PendingStep {
  TimePoint at;
  std::uint64_t number = 0;
  bool urgent = false;  // somebody waits for it
  absl::InlinedVector<HeldPtr, 1> put;
  HeldPtr changed;
  absl::InlinedVector<Ended, 1> ended;  // but for what causes nothing and was not written
  std::vector<ValueRow> values;
  std::vector<std::uint64_t> gone;       // places of rows that nothing in memory stands for
  std::vector<std::uint64_t> forgotten;  // numbers of ended rows
  std::vector<Duty> duties;              // let go of when it is kept

  bool empty() const;
  std::size_t bytes() const;  // roughly what it would write
};

// A part of it on its way to the disk.
struct Cut {
  Batch batch;
  std::vector<HeldPtr> entries;  // of the batch
  std::vector<Duty> duties;
  TimePoint oldest;

  // The batch is kept, or nothing had to be: gives the duties that end with it.
  std::vector<Duty> Settle();
};

// In order. A cut takes the oldest steps, whole, and leaves out entries that have come and gone:
//  - that ended within the cut, or ended without causing anything;
//  - whose event nobody was told to be accepted, unless the same step commits more than them. What
//    their end caused holds that duty now, so the event will come again if it is not kept.
// Every other entry is written, and its row deleted by the step that ended it. So the end of an
// entry never gets to the disk before what it caused. The oldest steps go without a cut as soon as
// nothing of them is to be written: where everything ends at once nothing waits here.
class PendingSteps {
 public:
  explicit PendingSteps(EndedIds& ended_ids) : ended_ids_(ended_ids) {}

  std::uint64_t next_number() const { return last_number_ + 1; }
  void Add(PendingStep&& step);

  bool empty() const { return steps_.empty(); }
  bool urgent() const { return urgent_through_ != 0; }
  TimePoint oldest() const { return steps_.front().at; }  // unless empty

  // Those up to that time, and up to the last that somebody waits for; not much more than a
  // megabyte.
  Cut Take(TimePoint until);

  void GoOnBehind(std::uint64_t ended_row) { last_ended_row_ = ended_row; }

 private:
  std::size_t CountDue(TimePoint until) const;
  void TakeStep(PendingStep step, std::uint64_t last, Cut& cut);
  void TakeEnds(const PendingStep& step, Batch& batch);
  void TakeEntry(const HeldPtr& held, Cut& cut);
  void TakeValues(std::vector<ValueRow> values, Batch& batch);

  EndedIds& ended_ids_;

  std::deque<PendingStep> steps_;
  std::uint64_t last_number_ = 0;
  std::uint64_t urgent_through_ = 0;  // 0: nobody waits
  std::uint64_t last_ended_row_ = 0;
  absl::flat_hash_map<std::string, std::size_t> value_places_;  // in the batch being cut
};

}  // namespace chathub::sqlite
