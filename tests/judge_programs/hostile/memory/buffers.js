const hog = [];
try {
  for (let i = 0; i < 600; i++) hog.push(Buffer.alloc(1 << 20, 1));
  console.log("600 MB");
} catch (error) {
  console.log("refused");
}
