// A plugin that the configuration knows: once it has proved its key, it is a handler.
#pragma once

#include <memory>
#include <string>

#include "hub/gateway/legacy_handler.h"
#include "hub/gateway/talk.h"

namespace chathub::botcomet {

struct PluginOptions {
  std::string alias;
  std::string public_pem;
  // What it waits for.
  std::string pattern;
};

// As long as the plugin is connected and proved.
class Plugin : public LegacyHandler::Bot {
 public:
  Plugin(const PluginOptions& options, std::string id, Talk& talk, Hub& hub, Loop& loop);

  // LegacyHandler::Bot: each conversation is a comet of its own to the plugin.
  void Deliver(const Guests::Guest& guest, bool fresh, const v1::Delivery& delivery) override;

  absl::Status Answer(const std::string& comet, const std::string& text) {
    return handler_.Answer(comet, text);
  }
  void Sweep() { handler_.Sweep(); }

 private:
  const std::string id_;  // of the node
  Talk& talk_;
  LegacyHandler handler_;
};

}  // namespace chathub::botcomet
