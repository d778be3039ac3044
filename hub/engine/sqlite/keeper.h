// Gets pending steps onto the disk, in order, whatever the disk does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "hub/base/loop.h"
#include "hub/base/workshop.h"
#include "hub/engine/engine_options.h"
#include "hub/engine/sqlite/disk.h"
#include "hub/engine/sqlite/pending_steps.h"

namespace chathub::sqlite {

// One batch at a time goes to the disk thread, which is a workshop of its own. A batch that fails
// is tried again until it is kept; nothing that came after it overtakes it.
class Keeper {
 public:
  Keeper(KeepingOptions options, Loop& loop, EndedIds& ended_ids,
         std::unique_ptr<Workshop> disk_thread, std::unique_ptr<Disk> disk);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  // Keeps what is pending, unless the disk refuses for a time, and closes the store.
  ~Keeper();

  PendingSteps& pending() { return pending_; }
  // After something was added to what is pending.
  void Added(std::size_t bytes);

  // See Engine.
  std::string Trouble() const;
  // Too much waits in memory; nothing more may be added.
  bool overflowing() const { return bytes_behind_ > options_.most_pending; }
  // Likewise, or it has waited too long: only what ends something may be added.
  bool full() const;
  // The disk does not keep up: what is added should be counted.
  bool behind() const;
  // In batches that are kept.
  std::uint64_t entries_written() const { return entries_written_; }

 private:
  void Schedule();
  void Flush();
  void Send();
  void Returned(Disk::Outcome outcome);
  void Release(Cut cut);
  void KeepAtTheEnd(const Batch& batch, TimePoint until);

  const KeepingOptions options_;
  Loop& loop_;
  PendingSteps pending_;
  std::unique_ptr<Disk> disk_;  // used by the disk thread's jobs

  // What is on its way; its batch is shared with the disk thread, which only reads it.
  std::unique_ptr<Cut> under_way_;
  std::shared_ptr<const Batch> batch_;
  TimePoint sent_;
  std::string trouble_;
  Milliseconds wait_{0};  // before the batch is tried again
  std::size_t bytes_behind_ = 0;
  std::uint64_t entries_written_ = 0;
  bool flush_posted_ = false;
  Timer timer_;
  // What is posted back after our end finds it gone.
  std::shared_ptr<Keeper*> alive_ = std::make_shared<Keeper*>(this);
  std::unique_ptr<Workshop> disk_thread_;
};

}  // namespace chathub::sqlite
