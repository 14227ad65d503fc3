const net = require("net");
const end = (word) => {
  console.log(word);
  process.exit(0);
};
const line = net.connect(@port@, "127.0.0.1");
line.on("connect", () => end("connected"));
line.on("error", () => end("refused"));
