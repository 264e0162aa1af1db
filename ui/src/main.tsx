import "./noEval.js";

// A chunk of its own, so that nothing of the contract is evaluated before the line above: bundlers hoist shared chunks.
void import("./page.js");
