// Closes an open menu on Escape, and when the reader goes on elsewhere.
const close = (menu) => menu.removeAttribute("open");
document.addEventListener("keydown", ({ key, target }) => {
  const menu = key === "Escape" && target.closest("details.menu[open]");
  if (menu) { close(menu); menu.querySelector("summary").focus(); }
});
for (const kind of ["click", "focusin"])
  document.addEventListener(kind, ({ target }) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => menu.contains(target) || close(menu)));
