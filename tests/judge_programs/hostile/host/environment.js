const fs = require("fs");
const word = [..."@drow@"].reverse().join("");
const got = Object.entries(process.env).filter((pair) => pair.join("").includes(word));
for (const pid of fs.existsSync("/proc") ? fs.readdirSync("/proc") : []) {
  try {
    if (fs.readFileSync(`/proc/${pid}/environ`, "latin1").includes(word)) got.push(pid);
  } catch (error) {}
}
console.log(got.length ? got : "refused");
