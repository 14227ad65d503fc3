const readline = require("readline");

async function main() {
  let total = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) total += Number(line);
  await new Promise((resolve) => setTimeout(resolve, 10));
  console.log(total);
}

main();
