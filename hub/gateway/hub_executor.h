// Brings what sockets have done into the hub's turn; for the files that contain Asio.
#pragma once

#include <boost/asio/execution.hpp>
#include <boost/asio/io_context.hpp>
#include <utility>

#include "hub/base/hub_loop.h"

namespace chathub {

// An executor in Asio's sense. A handler runs at once, unless another thread thinks just now: then
// that one runs it. What is posted runs behind what was posted before.
class HubExecutor {
 public:
  explicit HubExecutor(HubLoop& loop) : loop_(&loop) {}

  template <class F>
  void execute(F&& function) const {
    later_ ? loop_->Post(std::forward<F>(function)) : loop_->turn().Run(std::forward<F>(function));
  }

  boost::asio::execution_context& query(boost::asio::execution::context_t) const noexcept {
    return loop_->context();
  }
  HubExecutor require(boost::asio::execution::blocking_t::never_t) const { return {*loop_, true}; }
  HubExecutor require(boost::asio::execution::blocking_t::possibly_t) const {
    return {*loop_, false};
  }

  friend bool operator==(const HubExecutor&, const HubExecutor&) = default;

 private:
  HubExecutor(HubLoop& loop, bool later) : loop_(&loop), later_(later) {}

  HubLoop* loop_;
  bool later_ = false;
};

}  // namespace chathub
