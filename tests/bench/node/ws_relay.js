// A WebSocket relay with the package ws: from /load to /echo and back. node ws_relay.js PORT
import { WebSocketServer } from "ws";

const peers = {};
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.argv[2]),
  perMessageDeflate: false,
});
server.on("listening", () => console.log("ready"));
server.on("connection", (socket, request) => {
  socket._socket.setNoDelay(true);
  peers[request.url] = socket;
  const target = request.url === "/load" ? "/echo" : "/load";
  socket.on("message", (bytes, isBinary) => peers[target]?.send(bytes, { binary: isBinary }));
});
