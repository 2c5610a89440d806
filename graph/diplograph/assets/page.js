"use strict";
// The start of the page, what is chosen, and what the other scripts share.
// Text of the graph reaches the page through textContent only.
const root = document.documentElement;
const element = id => document.getElementById(id);
const fault = text => { root.dataset.error = `${root.dataset.error ? `${root.dataset.error} | ` : ""}${text}`; };
addEventListener("error", event => fault(event.message || "error"));
addEventListener("unhandledrejection", event => fault(String(event.reason)));
document.addEventListener("securitypolicyviolation", event => fault(`${event.effectiveDirective} ${event.blockedURI}`));

// vis-network adds style sheets for parts that are not used here; the page's policy admits only its own.
const append = document.head.appendChild;
document.head.appendChild = node => (node.nodeName === "STYLE" ? node : append.call(document.head, node));

const state = {
  hidden: { classes: new Set(), lines: new Set(), stages: new Set(), grades: new Set(), sources: new Set() },
  mode: "all", day: null, from: -Infinity, to: Infinity,
  node: null, tie: null, start: null, path: null, folded: new Set(), open: null,
  over: null, overNode: null, found: null, cursor: null,
};
let data, view;

const make = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};
const pressable = (text, action, className = "") => {
  const button = make("button", className, text);
  button.type = "button";
  button.addEventListener("click", action);
  return button;
};
const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const folded = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const say = text => { element("said").textContent = text; };

const waiting = new Map();
function later(action, delay) {
  clearTimeout(waiting.get(action));
  waiting.set(action, setTimeout(action, delay));
}
