// Asks one query of Comunica: the work order is JSON on standard input, the answer JSON on standard output.
// {query, sources} -> {rows: [{variable: term}]} or {boolean} or {triples: [[subject, predicate, object]]};
// terms are written as in N-Triples, without datatypes and languages of literals.
import { QueryEngine } from '@comunica/query-sparql';

const order = JSON.parse(await new Response(process.stdin).text());
const written = (term) => term.termType === 'NamedNode' ? `<${term.value}>` : JSON.stringify(term.value);

const result = await new QueryEngine().query(order.query, { sources: order.sources });
const answer = {};
if (result.resultType === 'boolean') {
  answer.boolean = await result.execute();
} else if (result.resultType === 'bindings') {
  const rows = await (await result.execute()).toArray();
  answer.rows = rows.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, written(term)])));
} else {
  const quads = await (await result.execute()).toArray();
  answer.triples = quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(written));
}
process.stdout.write(JSON.stringify(answer));
