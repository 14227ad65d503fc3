for (let i = 0; i < 50000; i++) console.log("a line of output");
