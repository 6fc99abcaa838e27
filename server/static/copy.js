// Copies the words of a paragraph with their citation, or its address. Without this script the link beside the buttons
// leads to the same address.
const said = document.getElementById("copied");
const wordsOf = (clause) => {
  const words = clause.querySelector(".words").cloneNode(true);
  words.querySelectorAll(".label, sup").forEach((mark) => mark.remove());
  return words.textContent.replace(/\s+/g, " ").trim();
};
const copy = async (button) => {
  const cited = button.classList.contains("cites");
  const copied = cited ? `${wordsOf(button.closest(".clause"))}\n\n${button.value}` : button.value;
  await navigator.clipboard.writeText(copied);
  said.textContent = cited ? "Copied the words with their citation" : `Copied ${button.value}`;
  const named = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = named), 2000);
};
// The tools of a paragraph, and the index beside a text, are one stop of the Tab key each: arrows go on from there, as in
// a toolbar.
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const rove = (bar) => {
  const tools = () => [...bar.querySelectorAll("button, a")].filter((tool) => tool.checkVisibility());
  tools().slice(1).forEach((tool) => (tool.tabIndex = -1));
  bar.addEventListener("keydown", (event) => {
    const all = tools(), here = all.indexOf(document.activeElement), by = KEYS[event.key];
    if (!by || here < 0) return;
    event.preventDefault();
    all[(here + by + all.length) % all.length].focus();
  });
};
if (navigator.clipboard) {
  document.documentElement.classList.add("copies");
  document.addEventListener("click", ({ target }) => target.matches("button.copy") && copy(target));
}
for (const bar of document.querySelectorAll(".tools")) {
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", bar.dataset.label);
  rove(bar);
}
document.querySelectorAll(".index").forEach(rove);
// From the number of a paragraph the arrows go to the next and the one before; the Tab key passes over sub-paragraphs.
const labels = [...document.querySelectorAll("article.text .label")];
labels.forEach((label, at) => {
  if (!label.closest(".level-0") && label.closest(".clause")) label.tabIndex = -1;
  label.addEventListener("keydown", (event) => {
    const next = labels[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
});
