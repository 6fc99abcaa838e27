// Copies the address that a button names. Without this script the link beside the button leads to the same address.
const said = document.getElementById("copied");
const copy = async (button) => {
  await navigator.clipboard.writeText(button.value);
  said.textContent = `Copied ${button.value}`;
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy"), 2000);
};
if (navigator.clipboard) {
  document.documentElement.classList.add("copies");
  document.addEventListener("click", ({ target }) => target.matches("button.copy") && copy(target));
}
