const hog = [];
try {
  for (let i = 0; i < 60; i++) {
    const memory = new WebAssembly.Memory({ initial: 160 });
    new Uint8Array(memory.buffer).fill(1);
    hog.push(memory);
  }
  console.log("600 MB");
} catch (error) {
  console.log("refused");
}
