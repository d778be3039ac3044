#include "answer.h"

#include <utility>

#include "utf8.h"

namespace chathub::sdk {

v1::Finish FinishOf(const v1::Delivery& delivery, Answer answer) {
  v1::Finish finish;
  finish.set_delivery(delivery.id());
  finish.set_attempt(delivery.attempt());
  for (v1::Action& action : answer.actions) *finish.add_actions() = std::move(action);
  for (v1::StoreWrite& write : answer.store_writes) *finish.add_store_writes() = std::move(write);
  RepairUtf8(finish);
  return finish;
}

}  // namespace chathub::sdk
