"use strict";

// The map as the text has it: stages with their touchpoints. Numbers are those of the drawings.

const element = (id) => document.getElementById(id);
const root = document.documentElement;
root.classList.add("js");

/** A text without case and accents. */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const stages = [...document.querySelectorAll("#text section[id]")].map((section) => ({
  name: section.querySelector("h3").textContent,
  touchpoints: [],
}));

const touchpoints = [...document.querySelectorAll("#text article")].map((article, number) => {
  const stage = Number(article.closest("section[id]").id.slice(1));
  stages[stage].touchpoints.push(number);
  const values = article.dataset.values.split(" ").filter(Boolean);
  let words = null;
  return {
    number,
    stage,
    article,
    marks: article.dataset.m,
    values: new Set(values.map(Number)),
    get name() {
      return article.querySelector("h4").textContent;
    },
    get words() {
      words ??= fold(article.textContent);
      return words;
    },
  };
});
