import { example, chunksOf } from './support/nannyml-examples.ts';
import { encoded } from './support/encode-as-nannyml.ts';
import { fitLosses, estimateLosses } from '../src/models/estimation/dle.ts';
const f=process.argv[2] ?? 'test/fixtures/estimation';
const e=example(f,'car-price'); const t=Date.now();
const m=await fitLosses({ matrix: encoded(e.reference.columns, e.categories, e.reference.columns), predictions: e.reference.predictions, labels: e.reference.labels});
console.log(Date.now()-t);
const cut=(c:any,a:number,b:number)=>Object.fromEntries(Object.entries(c).map(([k,v]:any)=>[k,v.slice(a,b)]));
for (const [fig,a] of Object.entries(e.figures)) { let dv=0,de=0; chunksOf(e,e.analysis.predictions.length).forEach((c,i)=>{ const x=(estimateLosses(m,{matrix: encoded(cut(e.analysis.columns,c.from,c.to), e.categories, e.reference.columns), predictions: e.analysis.predictions.slice(c.from,c.to)}) as any)[fig]; dv=Math.max(dv,Math.abs(x.value/a.chunks[i]!.value-1)); de=Math.max(de,Math.abs(x.error/a.chunks[i]!.samplingError-1));}); console.log(fig,dv,de); }
