// The citations as a network: walked through with the arrow keys or the pointer, narrowed by verb, grown node by node.
const place = document.getElementById("graph");
const begin = place.querySelector(".begin");
await new Promise((begun) => begin.addEventListener("click", begun, { once: true }));
begin.remove();
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const joined = async (iri) => (await fetch(`${place.dataset.address}?${new URLSearchParams({ of: iri, format: "json" })}`)).json();

const make = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};
const choice = make("select", {}, new Option("all", ""));
const grow = make("button", { type: "button", textContent: "Show its citations" });
const open = make("button", { type: "button", textContent: "Open its page" });
const said = make("output", {});
const stage = make("div", { className: "graph", tabIndex: 0 });
stage.setAttribute("role", "application");
stage.setAttribute("aria-label", "Network of citations: arrow keys walk, plus shows citations, Enter opens the page");
place.append(make("div", { className: "walk" }, make("label", {}, "Joined by ", choice), grow, open, said), stage);

const KINDS = { direct: "cited with a verb", mention: "mentioned", footnote: "in a footnote" };
const LINES = { direct: "solid", mention: "dashed", footnote: "dotted" };
const kinds = make("p", { className: "kinds" });
stage.before(kinds);

const elements = ({ nodes, edges }) => [
  ...nodes.map((node) => ({ data: { ...node, room: 0 } })),
  ...edges.map((edge) => ({ data: { ...edge, id: `${edge.source} ${edge.relation} ${edge.target}` } })),
];
const style = () => [
  { selector: "node", style: { "background-color": colour("--accent"), width: 12, height: 12, label: "data(name)", "text-wrap": "ellipsis", "text-max-width": "data(room)", color: colour("--ink"), "font-size": 13, "font-family": "sans-serif", "text-valign": "center", "text-halign": "right", "text-margin-x": 5 } },
  { selector: "node[?left]", style: { "text-halign": "left", "text-margin-x": -5 } },
  { selector: "node[?origin]", style: { "text-valign": "top", "text-halign": "center", "text-margin-x": 0, "text-margin-y": -5, "background-color": colour("--warn"), width: 22, height: 22, "text-background-color": colour("--raised"), "text-background-opacity": 0.85 } },
  { selector: "node[room = 0]", style: { label: "" } },
  { selector: "edge", style: { width: 1.2, "line-color": colour("--soft"), "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": colour("--soft"), "arrow-scale": 0.8 } },
  ...Object.entries(LINES).map(([kind, line]) => ({ selector: `edge[kind = "${kind}"]`, style: { "line-style": line } })),
  { selector: "edge.said", style: { label: "data(relation)", color: colour("--ink"), "font-size": 12, "font-family": "sans-serif", "text-background-color": colour("--raised"), "text-background-opacity": 1, "text-background-padding": 2 } },
  { selector: "node.far", style: { opacity: 0.6 } },
  { selector: "edge.far", style: { opacity: 0.2 } },
  { selector: ".here", style: { "border-width": 4, "border-color": colour("--mark"), "font-weight": "bold", "z-index": 9 } },
];

const origin = place.dataset.of;
const graph = cytoscape({ container: stage, elements: elements(await joined(origin)), style: style(), zoom: 1, userZoomingEnabled: false, userPanningEnabled: false, boxSelectionEnabled: false, autoungrabify: true });

// What cites the origin stands on its left and what it cites on its right, on both sides where there is one way only;
// on the right of both what was shown later; on a phone all on one side.
const sides = (middle) => {
  const others = graph.nodes(":visible").difference(middle).toArray();
  const later = others.filter((node) => node.neighborhood().intersection(middle).empty());
  const first = others.filter((node) => !later.includes(node));
  const citing = first.filter((node) => node.edgesTo(middle).nonempty());
  const cited = first.filter((node) => !citing.includes(node));
  if (stage.clientWidth <= 700) return [[], [...first, ...later]];
  if (later.length) return [first, later];
  if (citing.length && cited.length) return [citing, cited];
  return [first.slice(Math.ceil(first.length / 2)), first.slice(0, Math.ceil(first.length / 2))];
};
const arrange = () => {
  const middle = graph.getElementById(origin);
  const columns = sides(middle);
  const wide = columns[0].length > 0 || stage.clientWidth > 700;
  const rows = Math.max(...columns.map((column) => column.length), 4);
  stage.style.height = `${rows * 26 + 40}px`;
  graph.resize();
  const centre = { x: wide ? stage.clientWidth / 2 : 30, y: rows * 13 + 20 };
  middle.position(centre);
  columns.forEach((column, right) => column.forEach((node, place) => {
    const high = (place - (column.length - 1) / 2) / (rows / 2);
    const away = wide ? 140 + 50 * Math.sqrt(Math.max(0, 1 - high * high)) : 90;
    node.data({ left: !right, room: stage.clientWidth - (wide ? stage.clientWidth / 2 : centre.x) - away - 20 });
    node.position({ x: centre.x + (right ? away : -away), y: centre.y + (place - (column.length - 1) / 2) * 26 });
  }));
  middle.data("room", wide ? 260 : 0);
  graph.zoom(1).pan({ x: 0, y: 0 });
};

let here = graph.getElementById(origin);
here.data("origin", true);
const near = (node) => node.closedNeighborhood().filter(":visible");
const light = (node) => {
  graph.elements().addClass("far").removeClass("here said");
  near(node).removeClass("far");
  node.addClass("here");
  const edges = node.connectedEdges(":visible");
  if (stage.clientWidth > 700 && edges.length < 9) edges.filter('[kind = "direct"]').addClass("said"); // more would overlap
};
const visit = (node) => {
  here = node;
  light(node);
  const height = stage.getBoundingClientRect().top + node.position("y");
  if (document.activeElement === stage && (height < 140 || height > innerHeight - 60)) scrollBy(0, height - innerHeight / 2);
  const edges = node.connectedEdges(":visible");
  const verbs = [...new Set(edges.map((edge) => edge.data("relation")))].join(", ");
  said.textContent = `${node.data("name")}: ${edges.length} ${edges.length === 1 ? "link" : "links"}${verbs ? ` (${verbs})` : ""}`;
};
const verbs = () => {
  const shown = Object.keys(KINDS).filter((kind) => graph.edges(`[kind = "${kind}"]`).nonempty());
  kinds.replaceChildren(...shown.map((kind) => make("span", { className: kind }, KINDS[kind])), " An arrow leads to what is cited.");
  const known = [...new Set(graph.edges().map((edge) => edge.data("relation")))].sort();
  choice.replaceChildren(new Option("all", ""), ...known.map((verb) => new Option(verb, verb, false, verb === choice.value)));
};
const narrow = () => {
  graph.edges().forEach((edge) => { edge.style("display", !choice.value || edge.data("relation") === choice.value ? "element" : "none"); });
  graph.nodes().forEach((node) => { node.style("display", node.id() === origin || node.connectedEdges(":visible").nonempty() ? "element" : "none"); });
  arrange();
  visit(here.visible() ? here : graph.getElementById(origin));
};
const expand = async () => {
  const found = elements(await joined(here.id())).filter(({ data }) => graph.getElementById(data.id).empty());
  graph.add(found.slice(0, 120));
  graph.add(found.slice(120).filter(({ data }) => data.source && graph.getElementById(data.source).nonempty() && graph.getElementById(data.target).nonempty()));
  verbs();
  narrow();
  said.textContent += found.length ? `; ${found.filter(({ data }) => !data.source).length} more shown` : "; nothing more is known";
};
const walk = (step) => {
  const nodes = graph.nodes(":visible");
  visit(nodes[(nodes.indexOf(here) + step + nodes.length) % nodes.length]);
};
const keys = { ArrowRight: () => walk(1), ArrowDown: () => walk(1), ArrowLeft: () => walk(-1), ArrowUp: () => walk(-1), Home: () => visit(graph.getElementById(origin)), "+": expand, Enter: () => location.assign(here.data("href")) };

stage.addEventListener("keydown", (event) => {
  const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
graph.on("mouseover", "node", (event) => light(event.target));
graph.on("mouseout", "node", () => light(here));
graph.on("tap", "node", (event) => visit(event.target));
choice.addEventListener("change", narrow);
grow.addEventListener("click", expand);
open.addEventListener("click", () => location.assign(here.data("href")));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(style()));
addEventListener("resize", arrange);
document.body.classList.add("walking");
document.querySelectorAll(".picture details").forEach((table) => { table.open = true; });
verbs();
arrange();
visit(here);
stage.focus();
