// Suggestions under a search box while one types: a combobox (ARIA 1.2) over /search/suggest. Without this script the
// box searches as before.
const WAIT = 150; // milliseconds after the last letter
const label = (words) => Object.assign(document.createElement("span"), { textContent: words });
for (const field of document.querySelectorAll("[data-suggest]")) {
  const input = field.querySelector("input"), list = document.createElement("ul"), status = document.createElement("span");
  let timer, asked = "", chosen = -1;
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.role = "listbox";
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  status.className = "unseen";
  status.role = "status";
  field.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]])
    input.setAttribute(name, value);
  const close = () => { list.hidden = true; chosen = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (place) => {
    const options = [...list.children];
    chosen = (place + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
    input.setAttribute("aria-activedescendant", options[chosen].id);
  };
  const show = ([, titles, kinds, places]) => {
    list.replaceChildren(...titles.slice(0, 8).map((title, at) => {
      const option = document.createElement("li"), kind = label(kinds[at]);
      option.id = `${list.id}-${at}`;
      option.role = "option";
      option.setAttribute("aria-selected", "false");
      option.dataset.path = new URL(places[at]).pathname;
      kind.className = "count";
      option.append(label(title), kind);
      return option;
    }));
    list.hidden = !titles.length;
    chosen = -1;
    input.setAttribute("aria-expanded", String(Boolean(titles.length)));
    status.textContent = titles.length ? `${Math.min(8, titles.length)} suggestions` : "";
  };
  const ask = async () => {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (typed.length < 2) return close();
    const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(typed)}`);
    if (answer.ok && typed === input.value.trim()) show(await answer.json());
  };
  const go = (option) => { location.href = option.dataset.path; };
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(chosen + (event.key === "ArrowDown" ? 1 : chosen < 0 ? 0 : -1)); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); go(list.children[chosen]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
  list.addEventListener("pointerdown", (event) => { event.preventDefault(); const option = event.target.closest("li"); if (option) go(option); });
  input.addEventListener("blur", close);
}
