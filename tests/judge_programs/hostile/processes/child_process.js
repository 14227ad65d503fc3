const { spawnSync, execSync } = require("child_process");
const shell = spawnSync("/bin/sh", ["-c", "echo got a shell"], { encoding: "utf8" });
let second = "";
try {
  second = execSync("echo got a shell", { encoding: "utf8", stdio: "pipe" });
} catch (error) {}
console.log(shell.stdout || second || "refused");
