try {
  console.log(require("fs").readFileSync("@secret@", "utf8"));
} catch (error) {
  console.log("refused");
}
