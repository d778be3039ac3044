// The gRPC connection to a hub, and what every call on it must carry.
import { Client, credentials, Metadata } from "@grpc/grpc-js";
import { pem } from "./tls.js";

const OPTIONS = {
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 5_000,
  "grpc.keepalive_permit_without_calls": 1,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 5_000,
  // One frame, in bytes.
  "grpc-node.flow_control_window": 1024 * 1024,
  // Otherwise a new client would wait out the failures of another one to the same target.
  "grpc.use_local_subchannel_pool": 1,
  // A proxy for the web must not come between a program and the hub on its own machine.
  "grpc.enable_http_proxy": 0,
  // We try again ourselves, after asking where the hub is now.
  "grpc.enable_retries": 0,
};

function credentialsFor(tls) {
  if (!tls) return credentials.createInsecure();
  return credentials.createSsl(pem(tls.ca), pem(tls.key), pem(tls.cert));
}

/** A client that connects with its first call and shares nothing with others; `tls` is findTls's. */
export function makeClient({ target, tls }) {
  const name = tls?.serverName;
  const options = name ? { ...OPTIONS, "grpc.ssl_target_name_override": name } : OPTIONS;
  return new Client(target, credentialsFor(tls), options);
}

/** `peer`, for example `handler/karma`, says who calls; streams say it in their hello. */
export function metadataFor({ token }, peer) {
  const metadata = new Metadata();
  metadata.set("authorization", `Bearer ${token}`);
  if (peer) metadata.set("chathub-peer", peer);
  return metadata;
}
