require("v8").setFlagsFromString("--max-old-space-size=4096");
const hog = [];
for (let i = 0; i < 600; i++) hog.push(new Array(131072).fill(i + 0.5));
console.log("600 MB");
