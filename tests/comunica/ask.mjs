// Asks one query of Comunica: the work order is JSON on standard input, the answer JSON on standard output.
// {query, context} -> {rows: [{variable: term}]} or {boolean} or {triples: [[subject, predicate, object]]};
// terms are written in full as in N-Triples.
import { QueryEngine } from '@comunica/query-sparql';

const { query, context } = JSON.parse(await new Response(process.stdin).text());

const STRING = 'http://www.w3.org/2001/XMLSchema#string';
function written(term) {
  if (term.termType === 'NamedNode') return `<${term.value}>`;
  if (term.termType === 'BlankNode') return `_:${term.value}`;
  if (term.language) return `${JSON.stringify(term.value)}@${term.language}`;
  const type = term.datatype.value;
  return JSON.stringify(term.value) + (type === STRING ? '' : `^^<${type}>`);
}

const result = await new QueryEngine().query(query, context);
const found = await result.execute();
const answer = {};
if (result.resultType === 'boolean') {
  answer.boolean = found;
} else if (result.resultType === 'bindings') {
  const rows = await found.toArray();
  answer.rows = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, written(term)])));
} else {
  const quads = await found.toArray();
  answer.triples = quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(written));
}
process.stdout.write(JSON.stringify(answer));
