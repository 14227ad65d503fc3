const crypto = require("crypto");
const fs = require("fs/promises");
const os = require("os");
const zlib = require("zlib");
const { EventEmitter } = require("events");
const { promisify, inspect } = require("util");

async function main() {
  console.log(crypto.createHash("md5").update("x").digest("hex").slice(0, 6), crypto.randomBytes(4).length);
  const packed = await promisify(zlib.gzip)("hello");
  console.log(zlib.gunzipSync(packed).toString(), os.cpus().length >= 0, (12345.5).toLocaleString("en-US"));
  await fs.writeFile("x.txt", "ক");
  console.log((await fs.stat("x.txt")).size, inspect({ a: [1, { b: 2 }] }));
  const bell = new EventEmitter();
  bell.on("ring", (n) => console.log("rang", n));
  bell.emit("ring", 3);
  console.log(new Intl.NumberFormat("bn-BD").format(12345));
}

main();
