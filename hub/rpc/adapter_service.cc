#include "hub/rpc/adapter_service.h"

namespace chathub {

void ServeAdapters(AdapterService& service, Desk& desk) {
  Stream<AdapterKind>::Accept(service, desk);
}

}  // namespace chathub
