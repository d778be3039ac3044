#include "hub/engine/sqlite/pending_steps.h"

#include <algorithm>
#include <utility>

#include "hub/engine/shelves.h"

namespace chathub::sqlite {
namespace {

constexpr std::size_t kLargestBatch = 1'000'000;  // bytes; the hub thread writes it into rows

bool Unfinished(const HeldPtr& held) { return held->ended_in == 0; }

bool CommitsMore(const PendingStep& step) {
  return !step.values.empty() ||
         std::any_of(step.ended.begin(), step.ended.end(),
                     [](const Ended& ended) { return ended.held->row != Held::Row::kNone; });
}

bool NeedNotBeWritten(const Held& held, std::uint64_t last, bool commits_more) {
  if (held.ended_in == 0) return false;
  return held.ended_in <= last || held.ended_purely || (held.answerable && !commits_more);
}

// Of the oldest, which nothing comes before that might still be written.
bool LeavesNothing(const PendingStep& step) {
  const bool only_entries =
      step.changed == nullptr && step.gone.empty() && step.forgotten.empty() && step.duties.empty();
  return only_entries && !CommitsMore(step) &&
         std::all_of(step.put.begin(), step.put.end(),
                     [](const HeldPtr& held) { return NeedNotBeWritten(*held, 0, false); });
}

}  // namespace

bool PendingStep::empty() const { return put.empty() && ended.empty() && LeavesNothing(*this); }

std::size_t PendingStep::bytes() const {
  std::size_t sum = 0;
  for (const HeldPtr& held : put) {
    if (Unfinished(held)) sum += held->entry->envelope.ByteSizeLong();
  }
  for (const ValueRow& row : values) sum += row.key.size() + row.value.size();
  return sum;
}

std::vector<Duty> Cut::Settle() {
  std::vector<Duty> ended = std::move(duties);
  for (const HeldPtr& held : entries) {
    held->row = Held::Row::kThere;
    ended.push_back(std::move(held->entry->unkept));
  }
  return ended;
}

void PendingSteps::Add(PendingStep&& step) {
  step.number = ++last_number_;
  if (step.urgent) urgent_through_ = step.number;
  if (!step.empty()) steps_.push_back(std::move(step));
  while (!steps_.empty() && LeavesNothing(steps_.front())) steps_.pop_front();
}

std::size_t PendingSteps::CountDue(TimePoint until) const {
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (const PendingStep& step : steps_) {
    if (step.at > until && step.number > urgent_through_) break;
    if (bytes >= kLargestBatch) break;
    bytes += step.bytes();
    ++count;
  }
  return count;
}

Cut PendingSteps::Take(TimePoint until) {
  Cut cut;
  std::size_t count = CountDue(until);
  if (count == 0) return cut;
  cut.oldest = steps_.front().at;
  const std::uint64_t last = steps_[count - 1].number;
  for (; count > 0; --count) {
    PendingStep step = std::move(steps_.front());
    steps_.pop_front();
    TakeStep(std::move(step), last, cut);
  }
  if (urgent_through_ <= last) urgent_through_ = 0;
  value_places_.clear();
  return cut;
}

void PendingSteps::TakeStep(PendingStep step, std::uint64_t last, Cut& cut) {
  const bool commits_more = CommitsMore(step);
  for (const HeldPtr& held : step.put) {
    if (!NeedNotBeWritten(*held, last, commits_more)) TakeEntry(held, cut);
  }
  if (step.changed != nullptr && Unfinished(step.changed)) TakeEntry(step.changed, cut);
  TakeEnds(step, cut.batch);
  TakeValues(std::move(step.values), cut.batch);
  std::vector<std::uint64_t>& gone = cut.batch.ended_places;
  gone.insert(gone.end(), step.gone.begin(), step.gone.end());
  std::vector<std::uint64_t>& forgotten = cut.batch.forgotten;
  forgotten.insert(forgotten.end(), step.forgotten.begin(), step.forgotten.end());
  for (Duty& duty : step.duties) cut.duties.push_back(std::move(duty));
}

void PendingSteps::TakeEntry(const HeldPtr& held, Cut& cut) {
  const internal::Envelope& envelope = held->entry->envelope;
  cut.batch.entries.push_back({.place = held->place,
                               .mailbox = envelope.to(),
                               .id = IdOf(envelope),
                               .envelope = envelope.SerializeAsString()});
  held->row = Held::Row::kUnderway;
  cut.entries.push_back(held);
}

// What was never written leaves no trace, unless the store was written with its end.
void PendingSteps::TakeEnds(const PendingStep& step, Batch& batch) {
  for (const Ended& ended : step.ended) {
    const bool written = ended.held->row != Held::Row::kNone;
    if (written) batch.ended_places.push_back(ended.held->place);
    if (!written && step.values.empty()) continue;
    batch.ended.push_back({.number = ++last_ended_row_,
                           .id = EndedKeyOf(ended.held->entry->envelope),
                           .until = ended.until});
    ended_ids_.SetRow(ended.held->id, last_ended_row_);
  }
}

// Of several versions of a key the last is enough.
void PendingSteps::TakeValues(std::vector<ValueRow> values, Batch& batch) {
  for (ValueRow& row : values) {
    batch.last_revision = std::max(batch.last_revision, row.revision);
    const auto [place, is_new] =
        value_places_.try_emplace(row.space + '\0' + row.key, batch.values.size());
    if (is_new) {
      batch.values.push_back(std::move(row));
    } else {
      batch.values[place->second] = std::move(row);
    }
  }
}

}  // namespace chathub::sqlite
