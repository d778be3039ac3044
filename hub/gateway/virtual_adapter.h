// An adapter inside the hub: those who speak a legacy protocol are the users of its chat service.
#pragma once

#include <memory>
#include <string>

#include "chathub/v1/adapters.pb.h"
#include "hub/base/loop.h"
#include "hub/core/hub.h"
#include "hub/core/links.h"

namespace chathub {

// Attached as long as it lives, through the same seam as every adapter.
class VirtualAdapter : public AdapterLink {
 public:
  // Whoever writes to the programs.
  class Service {
   public:
    virtual ~Service() = default;
    // Only sends, with their text; the problem, if it could not be said.
    virtual absl::Status Post(const v1::Conversation& conversation, const std::string& text) = 0;
  };

  // `service_name` is for people, for example "WNet".
  VirtualAdapter(std::string name, std::string service_name, Hub& hub, Loop& loop,
                 Service& service);
  ~VirtualAdapter() override;

  // A private text of the user `<name>/<native id>`; `thread` tells its talks apart.
  void Text(v1::User user, const std::string& thread, const std::string& text);
  // The same, for one handler alone. False: no route of it matches.
  bool TextFor(const Addressee& only_for, v1::User user, const std::string& thread,
               const std::string& text);

  const std::string& name() const { return name_; }

  // AdapterLink
  void Say(const v1::AdapterCommand& command) override;
  void Close(const absl::Status& why) override;

 private:
  void Attach();
  void Answer(v1::AdapterItem item);
  v1::Done Do(const v1::Order& order);
  v1::AdapterEvent MakeEvent(v1::User&& user, const std::string& thread, const std::string& text);

  const std::string name_;
  const std::string service_name_;
  Hub& hub_;
  Loop& loop_;
  Service& service_;

  std::unique_ptr<AdapterSession> session_;
  std::uint64_t seq_ = 0;
  std::uint64_t posted_ = 0;
  Timer again_;
  // Asked by what was posted.
  const std::shared_ptr<VirtualAdapter*> self_;
};

}  // namespace chathub
