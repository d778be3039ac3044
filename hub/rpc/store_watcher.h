// Who calls chathub.v1.Store.Watch.
#pragma once

#include <cstddef>
#include <deque>
#include <string>

#include "chathub/v1/store.pb.h"
#include "hub/core/store/plugin_store.h"
#include "hub/rpc/server_stream.h"

namespace chathub {

// Says what is there, if it is to, page by page; then an answer without changes, by which the
// caller knows that it watches; then every change. One that does not keep up with the changes is
// cut.
class StoreWatcher final : public PluginStore::Watcher, public Source<v1::StoreWatchResponse> {
 public:
  StoreWatcher(PluginStore& store, std::string peer, const v1::StoreWatchRequest& request,
               Outlet& outlet);
  ~StoreWatcher() override;

  // PluginStore::Watcher
  void Changed(const v1::StoreChange& change) override;

  // Source
  bool Next(v1::StoreWatchResponse& response) override;
  void Written(bool) override {}

 private:
  static constexpr std::size_t kFrameBytes = 512 * 1024;
  static constexpr std::size_t kMostWaiting = 4 * 1024 * 1024;  // bytes

  bool SayPresent(v1::StoreWatchResponse& response);

  PluginStore& store_;
  const std::string peer_;
  const std::string prefix_;
  Outlet& outlet_;

  bool saying_present_;
  bool greeted_ = false;
  std::string last_said_;  // of what is there; what comes behind it is yet to be said
  std::deque<v1::StoreChange> waiting_;
  std::size_t bytes_ = 0;  // of what waits
  bool cut_ = false;
};

}  // namespace chathub
