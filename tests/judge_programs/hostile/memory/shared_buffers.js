const hog = [];
try {
  for (let i = 0; i < 600; i++) hog.push(new Uint8Array(new SharedArrayBuffer(1 << 20)).fill(1));
  console.log("600 MB");
} catch (error) {
  console.log("refused");
}
