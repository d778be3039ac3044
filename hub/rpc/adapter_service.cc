#include "hub/rpc/adapter_service.h"

namespace chathub {

void ServeAdapters(Desk& desk) { ServePeers<AdapterKind>(desk, "/chathub.v1.Adapters/Attach"); }

}  // namespace chathub
