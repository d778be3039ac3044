// What both ways of talking have in common: an adapter whose orders are shown.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "adapters/shell/options.h"
#include "adapters/shell/talk.h"
#include "chathub/adapter.h"

namespace chathub::shell {

AdapterOptions AdapterOptionsOf(const Options& options);

// Any thread.
class Shell {
 public:
  // Shows one message, with where it comes from if that is not here. False: it could not.
  using Show = std::function<bool(const std::string& where, const std::string& text)>;

  Shell(const Options& options, AdapterOptions adapter_options, Show show);

  Adapter& adapter() { return adapter_; }
  // Sends it to the bot. Empty, or why it cannot.
  std::string Say(std::string_view line);
  void EnterRoom(const std::string& room);
  std::string room();

 private:
  void Do(const v1::Order& order, OrderResult& result);

  const Show show_;
  std::mutex mutex_;
  Talk talk_;  // guarded by mutex_
  Adapter adapter_;
};

}  // namespace chathub::shell
