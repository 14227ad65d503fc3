const { fork } = require("child_process");
const end = (word) => {
  console.log(word);
  process.exit(0);
};
try {
  const child = fork(__filename, [], { execArgv: ["-e", "0"] });
  child.on("error", () => end("refused"));
  child.on("spawn", () => end("spawned"));
} catch (error) {
  end("refused");
}
