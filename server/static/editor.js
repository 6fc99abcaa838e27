// The query field becomes Yasgui's editor. The form stays as it is: it sends the query, and the server draws the answer.
"use strict";
{
  const field = document.getElementById("query");
  const form = field.form;
  const terms = fetch(form.dataset.terms).then((answer) => answer.json());
  const completer = (kind, like, get) => Yasqe.forkAutocompleter(like, { name: kind, bulk: true, persistenceId: null, get }, false);
  completer("terms-prefixes", "prefixes", async () =>
    Object.entries((await terms).prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`));
  completer("terms-classes", "class", async () => (await terms).classes);
  completer("terms-properties", "property", async () => (await terms).properties);

  const place = document.createElement("div");
  field.before(place);
  const editor = new Yasqe(place, {
    value: field.value,
    autocompleters: ["variables", "terms-prefixes", "terms-classes", "terms-properties"],
    screenReaderLabel: "Query",
    persistenceId: null,
    createShareableLink: null,
    consumeShareLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": () => form.requestSubmit(), "Cmd-Enter": () => form.requestSubmit() },
  });
  field.hidden = true;
  form.classList.add("enhanced");
  form.querySelector("label").addEventListener("click", () => editor.focus());
  editor.on("change", () => { field.value = editor.getValue(); });

  if (field.dataset.line) {
    const line = Number(field.dataset.line) - 1;
    editor.addLineClass(line, "background", "wrong");
    editor.scrollIntoView({ line, ch: 0 }, 80);
  }
}
