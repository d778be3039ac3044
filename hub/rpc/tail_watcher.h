// Who calls chathub.v1.Admin.Tail.
#pragma once

#include "chathub/v1/admin.pb.h"
#include "hub/core/tail.h"
#include "hub/rpc/server_stream.h"

namespace chathub {

// One that does not keep up misses entries; nobody waits for it.
class TailWatcher final : public Tail::Watcher, public Source<v1::TailResponse> {
 public:
  TailWatcher(Tail& tail, Outlet& outlet);
  ~TailWatcher() override;

  void Saw(const v1::TailEntry& entry) override;

  // Source
  bool Next(v1::TailResponse& response) override;
  void Written(bool) override {}

 private:
  static constexpr int kMostWaiting = 1000;

  Tail& tail_;
  Outlet& outlet_;
  v1::TailResponse waiting_;
};

}  // namespace chathub
