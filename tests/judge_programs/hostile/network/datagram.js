const socket = require("dgram").createSocket("udp4");
const end = (word) => {
  console.log(word);
  process.exit(0);
};
socket.on("error", () => end("refused"));
socket.send("udp", @port@, "127.0.0.1", () => end("refused"));
