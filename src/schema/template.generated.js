// Compiled from schema/template.schema.json by scripts/generate-validators.mjs; not edited by hand.
"use strict";
export const templateMatches = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"The frontmatter of an inquest template","type":"object","additionalProperties":false,"required":["template","version","title","summary","fields","status","phases","sections"],"properties":{"template":{"type":"string","pattern":"^[A-Za-z][\\w.-]*$","description":"The name that documents write into `template:`."},"version":{"type":"string","pattern":"^\\d+(\\.\\d+)*$","description":"The version that a new document gets; quote it."},"accepts":{"type":"array","items":{"type":"string","pattern":"^\\d+(\\.\\d+)*$"},"description":"Versions of documents that this template judges; `2` covers `2`, `2.0` and `2.1`."},"unversioned":{"type":"boolean","description":"True where it also judges documents that name no version."},"title":{"type":"string","minLength":1},"summary":{"type":"string","minLength":1},"file":{"type":"string","minLength":1,"description":"Handlebars source of a new document's path."},"id":{"type":"object","additionalProperties":false,"required":["fields","prefix"],"properties":{"fields":{"type":"array","minItems":1,"items":{"type":"string"}},"prefix":{"type":"string","pattern":"^[A-Za-z][\\w-]*$"},"digits":{"type":"integer","minimum":1,"maximum":9}}},"title_field":{"type":"string"},"parents":{"type":"array","items":{"type":"string"},"description":"Fields that name the document this one was spawned by."},"memory":{"type":"string","description":"The field that lists concept ids."},"history":{"type":"string","description":"The field that records the transitions."},"tracked":{"type":"boolean","description":"True for kinds that inquiries spawn."},"hypothesis_id":{"type":"string","description":"A regular expression for ids of hypotheses."},"fields":{"type":"object","additionalProperties":{"$ref":"#/definitions/field"}},"closed_fields":{"type":"boolean","description":"False where a document may carry further fields without a word about it."},"status":{"type":"object","additionalProperties":false,"required":["field","open","closed"],"properties":{"field":{"type":"string"},"open":{"type":"array","minItems":1,"items":{"type":"string"}},"closed":{"type":"array","minItems":1,"items":{"type":"string"}},"archived":{"type":"array","items":{"type":"string"}}}},"phase_field":{"type":"string"},"closed_in":{"type":"array","items":{"type":"string"}},"phases":{"type":"array","minItems":1,"items":{"type":"object","additionalProperties":false,"required":["name"],"properties":{"name":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"summary":{"type":"string"},"registers":{"type":"boolean","description":"Entering the phase freezes the hypotheses; later changes are amendments."},"gate":{"type":"array","items":{"type":"string"}}}}},"attestations":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","agents"],"properties":{"kind":{"type":"string","pattern":"^[A-Za-z][\\w-]*$","description":"The name that claims and findings know it by."},"agents":{"type":"array","minItems":1,"items":{"type":"string","minLength":1},"description":"A run of any of these agents gives it."},"phase":{"type":"string","description":"The phase in which the agent has to have run."},"summary":{"type":"string"}}}},"sections":{"type":"array","items":{"$ref":"#/definitions/section"}}},"definitions":{"field":{"type":"object","additionalProperties":false,"properties":{"type":{"enum":["string","date","datetime","integer","boolean","list","concepts","id","object","any"]},"required":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}},"initial":{"type":"string"},"after":{"type":"string","description":"The field whose day this one cannot lie before."},"summary":{"type":"string"}}},"section":{"type":"object","additionalProperties":false,"required":["heading"],"properties":{"heading":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"phase":{"type":"string"},"optional":{"type":"boolean"},"skippable":{"type":"boolean"},"summary":{"type":"string"},"learnings":{"type":"boolean","description":"True where closing stores what stands here: a concept for each verdict, subsection, list item or row."},"parts":{"type":"array","items":{"$ref":"#/definitions/part"}},"sections":{"type":"array","items":{"$ref":"#/definitions/section"}}}},"part":{"type":"object","additionalProperties":false,"required":["kind"],"properties":{"kind":{"enum":["prose","fields","table","checklist","items","sources"]},"yields":{"enum":["hypotheses","evidence","verdicts","verification","questions","spawned","prior-work","findings","log","rationale"]},"columns":{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/column"}},"called":{"type":"array","items":{"type":"string"}},"proves":{"type":"array","items":{"$ref":"#/definitions/binding"}},"closes":{"type":"boolean"},"due":{"enum":["now","later"]},"labels":{"type":"array","items":{"anyOf":[{"type":"string","minLength":1},{"type":"object","additionalProperties":false,"required":["label"],"properties":{"label":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"required":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}}}}]}}},"allOf":[{"if":{"properties":{"kind":{"const":"table"}}},"then":{"required":["columns"]}}]},"column":{"type":"object","additionalProperties":false,"required":["heading"],"properties":{"heading":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"type":{"enum":["text","id","ref","verdict","citation","concept","url","checkbox","answer","disposition"]},"optional":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}}}},"binding":{"type":"object","additionalProperties":false,"required":["claim","rules"],"properties":{"claim":{"type":"string","minLength":1},"rules":{"type":"array","minItems":1,"items":{"type":"string"}},"about":{"type":"string"}}}}};
const schema12 = {"type":"object","additionalProperties":false,"properties":{"type":{"enum":["string","date","datetime","integer","boolean","list","concepts","id","object","any"]},"required":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}},"initial":{"type":"string"},"after":{"type":"string","description":"The field whose day this one cannot lie before."},"summary":{"type":"string"}}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[A-Za-z][\\w.-]*$", "u");
const pattern1 = new RegExp("^\\d+(\\.\\d+)*$", "u");
const pattern3 = new RegExp("^[A-Za-z][\\w-]*$", "u");
const schema13 = {"type":"object","additionalProperties":false,"required":["heading"],"properties":{"heading":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"phase":{"type":"string"},"optional":{"type":"boolean"},"skippable":{"type":"boolean"},"summary":{"type":"string"},"learnings":{"type":"boolean","description":"True where closing stores what stands here: a concept for each verdict, subsection, list item or row."},"parts":{"type":"array","items":{"$ref":"#/definitions/part"}},"sections":{"type":"array","items":{"$ref":"#/definitions/section"}}}};
const schema14 = {"type":"object","additionalProperties":false,"required":["kind"],"properties":{"kind":{"enum":["prose","fields","table","checklist","items","sources"]},"yields":{"enum":["hypotheses","evidence","verdicts","verification","questions","spawned","prior-work","findings","log","rationale"]},"columns":{"type":"object","minProperties":1,"additionalProperties":{"$ref":"#/definitions/column"}},"called":{"type":"array","items":{"type":"string"}},"proves":{"type":"array","items":{"$ref":"#/definitions/binding"}},"closes":{"type":"boolean"},"due":{"enum":["now","later"]},"labels":{"type":"array","items":{"anyOf":[{"type":"string","minLength":1},{"type":"object","additionalProperties":false,"required":["label"],"properties":{"label":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"required":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}}}}]}}},"allOf":[{"if":{"properties":{"kind":{"const":"table"}}},"then":{"required":["columns"]}}]};
const schema15 = {"type":"object","additionalProperties":false,"required":["heading"],"properties":{"heading":{"type":"string","minLength":1},"aliases":{"type":"array","items":{"type":"string"}},"type":{"enum":["text","id","ref","verdict","citation","concept","url","checkbox","answer","disposition"]},"optional":{"type":"boolean"},"values":{"type":"array","minItems":1,"items":{"type":"string"}}}};
const schema16 = {"type":"object","additionalProperties":false,"required":["claim","rules"],"properties":{"claim":{"type":"string","minLength":1},"rules":{"type":"array","minItems":1,"items":{"type":"string"}},"about":{"type":"string"}}};

function validate12(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
const _errs2 = errors;
let valid1 = true;
const _errs3 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kind !== undefined){
if("table" !== data.kind){
const err0 = {};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
}
var _valid0 = _errs3 === errors;
errors = _errs2;
if(vErrors !== null){
if(_errs2){
vErrors.length = _errs2;
}
else {
vErrors = null;
}
}
if(_valid0){
const _errs5 = errors;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.columns === undefined){
const err1 = {instancePath,schemaPath:"#/allOf/0/then/required",keyword:"required",params:{missingProperty: "columns"},message:"must have required property '"+"columns"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs5 === errors;
valid1 = _valid0;
}
if(!valid1){
const err2 = {instancePath,schemaPath:"#/allOf/0/if",keyword:"if",params:{failingKeyword: "then"},message:"must match \"then\" schema"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.kind === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "kind") || (key0 === "yields")) || (key0 === "columns")) || (key0 === "called")) || (key0 === "proves")) || (key0 === "closes")) || (key0 === "due")) || (key0 === "labels"))){
const err4 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.kind !== undefined){
let data1 = data.kind;
if(!((((((data1 === "prose") || (data1 === "fields")) || (data1 === "table")) || (data1 === "checklist")) || (data1 === "items")) || (data1 === "sources"))){
const err5 = {instancePath:instancePath+"/kind",schemaPath:"#/properties/kind/enum",keyword:"enum",params:{allowedValues: schema14.properties.kind.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.yields !== undefined){
let data2 = data.yields;
if(!((((((((((data2 === "hypotheses") || (data2 === "evidence")) || (data2 === "verdicts")) || (data2 === "verification")) || (data2 === "questions")) || (data2 === "spawned")) || (data2 === "prior-work")) || (data2 === "findings")) || (data2 === "log")) || (data2 === "rationale"))){
const err6 = {instancePath:instancePath+"/yields",schemaPath:"#/properties/yields/enum",keyword:"enum",params:{allowedValues: schema14.properties.yields.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.columns !== undefined){
let data3 = data.columns;
if(data3 && typeof data3 == "object" && !Array.isArray(data3)){
if(Object.keys(data3).length < 1){
const err7 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/minProperties",keyword:"minProperties",params:{limit: 1},message:"must NOT have fewer than 1 properties"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key1 in data3){
let data4 = data3[key1];
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
if(data4.heading === undefined){
const err8 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/column/required",keyword:"required",params:{missingProperty: "heading"},message:"must have required property '"+"heading"+"'"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
for(const key2 in data4){
if(!(((((key2 === "heading") || (key2 === "aliases")) || (key2 === "type")) || (key2 === "optional")) || (key2 === "values"))){
const err9 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/column/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data4.heading !== undefined){
let data5 = data4.heading;
if(typeof data5 === "string"){
if(data5.length < 1){
const err10 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/heading",schemaPath:"#/definitions/column/properties/heading/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
else {
const err11 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/heading",schemaPath:"#/definitions/column/properties/heading/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data4.aliases !== undefined){
let data6 = data4.aliases;
if(Array.isArray(data6)){
const len0 = data6.length;
for(let i0=0; i0<len0; i0++){
if(typeof data6[i0] !== "string"){
const err12 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/aliases/" + i0,schemaPath:"#/definitions/column/properties/aliases/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/aliases",schemaPath:"#/definitions/column/properties/aliases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data4.type !== undefined){
let data8 = data4.type;
if(!((((((((((data8 === "text") || (data8 === "id")) || (data8 === "ref")) || (data8 === "verdict")) || (data8 === "citation")) || (data8 === "concept")) || (data8 === "url")) || (data8 === "checkbox")) || (data8 === "answer")) || (data8 === "disposition"))){
const err14 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/definitions/column/properties/type/enum",keyword:"enum",params:{allowedValues: schema15.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data4.optional !== undefined){
if(typeof data4.optional !== "boolean"){
const err15 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/optional",schemaPath:"#/definitions/column/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data4.values !== undefined){
let data10 = data4.values;
if(Array.isArray(data10)){
if(data10.length < 1){
const err16 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/values",schemaPath:"#/definitions/column/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
if(typeof data10[i1] !== "string"){
const err17 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/values/" + i1,schemaPath:"#/definitions/column/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1")+"/values",schemaPath:"#/definitions/column/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
}
else {
const err19 = {instancePath:instancePath+"/columns/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/column/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/columns",schemaPath:"#/properties/columns/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.called !== undefined){
let data12 = data.called;
if(Array.isArray(data12)){
const len2 = data12.length;
for(let i2=0; i2<len2; i2++){
if(typeof data12[i2] !== "string"){
const err21 = {instancePath:instancePath+"/called/" + i2,schemaPath:"#/properties/called/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
}
else {
const err22 = {instancePath:instancePath+"/called",schemaPath:"#/properties/called/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.proves !== undefined){
let data14 = data.proves;
if(Array.isArray(data14)){
const len3 = data14.length;
for(let i3=0; i3<len3; i3++){
let data15 = data14[i3];
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
if(data15.claim === undefined){
const err23 = {instancePath:instancePath+"/proves/" + i3,schemaPath:"#/definitions/binding/required",keyword:"required",params:{missingProperty: "claim"},message:"must have required property '"+"claim"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data15.rules === undefined){
const err24 = {instancePath:instancePath+"/proves/" + i3,schemaPath:"#/definitions/binding/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key3 in data15){
if(!(((key3 === "claim") || (key3 === "rules")) || (key3 === "about"))){
const err25 = {instancePath:instancePath+"/proves/" + i3,schemaPath:"#/definitions/binding/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data15.claim !== undefined){
let data16 = data15.claim;
if(typeof data16 === "string"){
if(data16.length < 1){
const err26 = {instancePath:instancePath+"/proves/" + i3+"/claim",schemaPath:"#/definitions/binding/properties/claim/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/proves/" + i3+"/claim",schemaPath:"#/definitions/binding/properties/claim/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data15.rules !== undefined){
let data17 = data15.rules;
if(Array.isArray(data17)){
if(data17.length < 1){
const err28 = {instancePath:instancePath+"/proves/" + i3+"/rules",schemaPath:"#/definitions/binding/properties/rules/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
const len4 = data17.length;
for(let i4=0; i4<len4; i4++){
if(typeof data17[i4] !== "string"){
const err29 = {instancePath:instancePath+"/proves/" + i3+"/rules/" + i4,schemaPath:"#/definitions/binding/properties/rules/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
}
else {
const err30 = {instancePath:instancePath+"/proves/" + i3+"/rules",schemaPath:"#/definitions/binding/properties/rules/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data15.about !== undefined){
if(typeof data15.about !== "string"){
const err31 = {instancePath:instancePath+"/proves/" + i3+"/about",schemaPath:"#/definitions/binding/properties/about/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath:instancePath+"/proves/" + i3,schemaPath:"#/definitions/binding/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/proves",schemaPath:"#/properties/proves/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.closes !== undefined){
if(typeof data.closes !== "boolean"){
const err34 = {instancePath:instancePath+"/closes",schemaPath:"#/properties/closes/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.due !== undefined){
let data21 = data.due;
if(!((data21 === "now") || (data21 === "later"))){
const err35 = {instancePath:instancePath+"/due",schemaPath:"#/properties/due/enum",keyword:"enum",params:{allowedValues: schema14.properties.due.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.labels !== undefined){
let data22 = data.labels;
if(Array.isArray(data22)){
const len5 = data22.length;
for(let i5=0; i5<len5; i5++){
let data23 = data22[i5];
const _errs53 = errors;
let valid21 = false;
const _errs54 = errors;
if(typeof data23 === "string"){
if(data23.length < 1){
const err36 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf/0/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
else {
const err37 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf/0/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
var _valid1 = _errs54 === errors;
valid21 = valid21 || _valid1;
if(!valid21){
const _errs56 = errors;
if(data23 && typeof data23 == "object" && !Array.isArray(data23)){
if(data23.label === undefined){
const err38 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf/1/required",keyword:"required",params:{missingProperty: "label"},message:"must have required property '"+"label"+"'"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
for(const key4 in data23){
if(!((((key4 === "label") || (key4 === "aliases")) || (key4 === "required")) || (key4 === "values"))){
const err39 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf/1/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data23.label !== undefined){
let data24 = data23.label;
if(typeof data24 === "string"){
if(data24.length < 1){
const err40 = {instancePath:instancePath+"/labels/" + i5+"/label",schemaPath:"#/properties/labels/items/anyOf/1/properties/label/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
else {
const err41 = {instancePath:instancePath+"/labels/" + i5+"/label",schemaPath:"#/properties/labels/items/anyOf/1/properties/label/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data23.aliases !== undefined){
let data25 = data23.aliases;
if(Array.isArray(data25)){
const len6 = data25.length;
for(let i6=0; i6<len6; i6++){
if(typeof data25[i6] !== "string"){
const err42 = {instancePath:instancePath+"/labels/" + i5+"/aliases/" + i6,schemaPath:"#/properties/labels/items/anyOf/1/properties/aliases/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
}
else {
const err43 = {instancePath:instancePath+"/labels/" + i5+"/aliases",schemaPath:"#/properties/labels/items/anyOf/1/properties/aliases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data23.required !== undefined){
if(typeof data23.required !== "boolean"){
const err44 = {instancePath:instancePath+"/labels/" + i5+"/required",schemaPath:"#/properties/labels/items/anyOf/1/properties/required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data23.values !== undefined){
let data28 = data23.values;
if(Array.isArray(data28)){
if(data28.length < 1){
const err45 = {instancePath:instancePath+"/labels/" + i5+"/values",schemaPath:"#/properties/labels/items/anyOf/1/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len7 = data28.length;
for(let i7=0; i7<len7; i7++){
if(typeof data28[i7] !== "string"){
const err46 = {instancePath:instancePath+"/labels/" + i5+"/values/" + i7,schemaPath:"#/properties/labels/items/anyOf/1/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/labels/" + i5+"/values",schemaPath:"#/properties/labels/items/anyOf/1/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf/1/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
var _valid1 = _errs56 === errors;
valid21 = valid21 || _valid1;
}
if(!valid21){
const err49 = {instancePath:instancePath+"/labels/" + i5,schemaPath:"#/properties/labels/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
else {
errors = _errs53;
if(vErrors !== null){
if(_errs53){
vErrors.length = _errs53;
}
else {
vErrors = null;
}
}
}
}
}
else {
const err50 = {instancePath:instancePath+"/labels",schemaPath:"#/properties/labels/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
validate12.errors = vErrors;
return errors === 0;
}

const wrapper0 = {validate: validate11};

function validate11(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.heading === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "heading"},message:"must have required property '"+"heading"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema13.properties, key0))){
const err1 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.heading !== undefined){
let data0 = data.heading;
if(typeof data0 === "string"){
if(data0.length < 1){
const err2 = {instancePath:instancePath+"/heading",schemaPath:"#/properties/heading/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
else {
const err3 = {instancePath:instancePath+"/heading",schemaPath:"#/properties/heading/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.aliases !== undefined){
let data1 = data.aliases;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
if(typeof data1[i0] !== "string"){
const err4 = {instancePath:instancePath+"/aliases/" + i0,schemaPath:"#/properties/aliases/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/aliases",schemaPath:"#/properties/aliases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.phase !== undefined){
if(typeof data.phase !== "string"){
const err6 = {instancePath:instancePath+"/phase",schemaPath:"#/properties/phase/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data.optional !== undefined){
if(typeof data.optional !== "boolean"){
const err7 = {instancePath:instancePath+"/optional",schemaPath:"#/properties/optional/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.skippable !== undefined){
if(typeof data.skippable !== "boolean"){
const err8 = {instancePath:instancePath+"/skippable",schemaPath:"#/properties/skippable/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.summary !== undefined){
if(typeof data.summary !== "string"){
const err9 = {instancePath:instancePath+"/summary",schemaPath:"#/properties/summary/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.learnings !== undefined){
if(typeof data.learnings !== "boolean"){
const err10 = {instancePath:instancePath+"/learnings",schemaPath:"#/properties/learnings/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.parts !== undefined){
let data8 = data.parts;
if(Array.isArray(data8)){
const len1 = data8.length;
for(let i1=0; i1<len1; i1++){
if(!(validate12(data8[i1], {instancePath:instancePath+"/parts/" + i1,parentData:data8,parentDataProperty:i1,rootData}))){
vErrors = vErrors === null ? validate12.errors : vErrors.concat(validate12.errors);
errors = vErrors.length;
}
}
}
else {
const err11 = {instancePath:instancePath+"/parts",schemaPath:"#/properties/parts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.sections !== undefined){
let data10 = data.sections;
if(Array.isArray(data10)){
const len2 = data10.length;
for(let i2=0; i2<len2; i2++){
if(!(wrapper0.validate(data10[i2], {instancePath:instancePath+"/sections/" + i2,parentData:data10,parentDataProperty:i2,rootData}))){
vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors);
errors = vErrors.length;
}
}
}
else {
const err12 = {instancePath:instancePath+"/sections",schemaPath:"#/properties/sections/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
validate11.errors = vErrors;
return errors === 0;
}


function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.template === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "template"},message:"must have required property '"+"template"+"'"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.version === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "version"},message:"must have required property '"+"version"+"'"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.title === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
if(data.summary === undefined){
const err3 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "summary"},message:"must have required property '"+"summary"+"'"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
if(data.fields === undefined){
const err4 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fields"},message:"must have required property '"+"fields"+"'"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
if(data.status === undefined){
const err5 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "status"},message:"must have required property '"+"status"+"'"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
if(data.phases === undefined){
const err6 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "phases"},message:"must have required property '"+"phases"+"'"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
if(data.sections === undefined){
const err7 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "sections"},message:"must have required property '"+"sections"+"'"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err8 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.template !== undefined){
let data0 = data.template;
if(typeof data0 === "string"){
if(!pattern0.test(data0)){
const err9 = {instancePath:instancePath+"/template",schemaPath:"#/properties/template/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][\\w.-]*$"},message:"must match pattern \""+"^[A-Za-z][\\w.-]*$"+"\""};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/template",schemaPath:"#/properties/template/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.version !== undefined){
let data1 = data.version;
if(typeof data1 === "string"){
if(!pattern1.test(data1)){
const err11 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/pattern",keyword:"pattern",params:{pattern: "^\\d+(\\.\\d+)*$"},message:"must match pattern \""+"^\\d+(\\.\\d+)*$"+"\""};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
else {
const err12 = {instancePath:instancePath+"/version",schemaPath:"#/properties/version/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.accepts !== undefined){
let data2 = data.accepts;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
let data3 = data2[i0];
if(typeof data3 === "string"){
if(!pattern1.test(data3)){
const err13 = {instancePath:instancePath+"/accepts/" + i0,schemaPath:"#/properties/accepts/items/pattern",keyword:"pattern",params:{pattern: "^\\d+(\\.\\d+)*$"},message:"must match pattern \""+"^\\d+(\\.\\d+)*$"+"\""};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
else {
const err14 = {instancePath:instancePath+"/accepts/" + i0,schemaPath:"#/properties/accepts/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
}
else {
const err15 = {instancePath:instancePath+"/accepts",schemaPath:"#/properties/accepts/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.unversioned !== undefined){
if(typeof data.unversioned !== "boolean"){
const err16 = {instancePath:instancePath+"/unversioned",schemaPath:"#/properties/unversioned/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data.title !== undefined){
let data5 = data.title;
if(typeof data5 === "string"){
if(data5.length < 1){
const err17 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
else {
const err18 = {instancePath:instancePath+"/title",schemaPath:"#/properties/title/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.summary !== undefined){
let data6 = data.summary;
if(typeof data6 === "string"){
if(data6.length < 1){
const err19 = {instancePath:instancePath+"/summary",schemaPath:"#/properties/summary/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
else {
const err20 = {instancePath:instancePath+"/summary",schemaPath:"#/properties/summary/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data.file !== undefined){
let data7 = data.file;
if(typeof data7 === "string"){
if(data7.length < 1){
const err21 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/file",schemaPath:"#/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.id !== undefined){
let data8 = data.id;
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
if(data8.fields === undefined){
const err23 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/required",keyword:"required",params:{missingProperty: "fields"},message:"must have required property '"+"fields"+"'"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data8.prefix === undefined){
const err24 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/required",keyword:"required",params:{missingProperty: "prefix"},message:"must have required property '"+"prefix"+"'"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key1 in data8){
if(!(((key1 === "fields") || (key1 === "prefix")) || (key1 === "digits"))){
const err25 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data8.fields !== undefined){
let data9 = data8.fields;
if(Array.isArray(data9)){
if(data9.length < 1){
const err26 = {instancePath:instancePath+"/id/fields",schemaPath:"#/properties/id/properties/fields/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
if(typeof data9[i1] !== "string"){
const err27 = {instancePath:instancePath+"/id/fields/" + i1,schemaPath:"#/properties/id/properties/fields/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
}
else {
const err28 = {instancePath:instancePath+"/id/fields",schemaPath:"#/properties/id/properties/fields/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
if(data8.prefix !== undefined){
let data11 = data8.prefix;
if(typeof data11 === "string"){
if(!pattern3.test(data11)){
const err29 = {instancePath:instancePath+"/id/prefix",schemaPath:"#/properties/id/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][\\w-]*$"},message:"must match pattern \""+"^[A-Za-z][\\w-]*$"+"\""};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
else {
const err30 = {instancePath:instancePath+"/id/prefix",schemaPath:"#/properties/id/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data8.digits !== undefined){
let data12 = data8.digits;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
const err31 = {instancePath:instancePath+"/id/digits",schemaPath:"#/properties/id/properties/digits/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 9 || isNaN(data12)){
const err32 = {instancePath:instancePath+"/id/digits",schemaPath:"#/properties/id/properties/digits/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
if(data12 < 1 || isNaN(data12)){
const err33 = {instancePath:instancePath+"/id/digits",schemaPath:"#/properties/id/properties/digits/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
}
else {
const err34 = {instancePath:instancePath+"/id",schemaPath:"#/properties/id/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data.title_field !== undefined){
if(typeof data.title_field !== "string"){
const err35 = {instancePath:instancePath+"/title_field",schemaPath:"#/properties/title_field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
if(data.parents !== undefined){
let data14 = data.parents;
if(Array.isArray(data14)){
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
if(typeof data14[i2] !== "string"){
const err36 = {instancePath:instancePath+"/parents/" + i2,schemaPath:"#/properties/parents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
}
else {
const err37 = {instancePath:instancePath+"/parents",schemaPath:"#/properties/parents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
if(data.memory !== undefined){
if(typeof data.memory !== "string"){
const err38 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data.history !== undefined){
if(typeof data.history !== "string"){
const err39 = {instancePath:instancePath+"/history",schemaPath:"#/properties/history/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data.tracked !== undefined){
if(typeof data.tracked !== "boolean"){
const err40 = {instancePath:instancePath+"/tracked",schemaPath:"#/properties/tracked/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data.hypothesis_id !== undefined){
if(typeof data.hypothesis_id !== "string"){
const err41 = {instancePath:instancePath+"/hypothesis_id",schemaPath:"#/properties/hypothesis_id/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.fields !== undefined){
let data20 = data.fields;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key2 in data20){
let data21 = data20[key2];
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key3 in data21){
if(!((((((key3 === "type") || (key3 === "required")) || (key3 === "values")) || (key3 === "initial")) || (key3 === "after")) || (key3 === "summary"))){
const err42 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/field/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data21.type !== undefined){
let data22 = data21.type;
if(!((((((((((data22 === "string") || (data22 === "date")) || (data22 === "datetime")) || (data22 === "integer")) || (data22 === "boolean")) || (data22 === "list")) || (data22 === "concepts")) || (data22 === "id")) || (data22 === "object")) || (data22 === "any"))){
const err43 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/type",schemaPath:"#/definitions/field/properties/type/enum",keyword:"enum",params:{allowedValues: schema12.properties.type.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
if(data21.required !== undefined){
if(typeof data21.required !== "boolean"){
const err44 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/required",schemaPath:"#/definitions/field/properties/required/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data21.values !== undefined){
let data24 = data21.values;
if(Array.isArray(data24)){
if(data24.length < 1){
const err45 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/values",schemaPath:"#/definitions/field/properties/values/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len3 = data24.length;
for(let i3=0; i3<len3; i3++){
if(typeof data24[i3] !== "string"){
const err46 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/values/" + i3,schemaPath:"#/definitions/field/properties/values/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/values",schemaPath:"#/definitions/field/properties/values/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data21.initial !== undefined){
if(typeof data21.initial !== "string"){
const err48 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/initial",schemaPath:"#/definitions/field/properties/initial/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data21.after !== undefined){
if(typeof data21.after !== "string"){
const err49 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/after",schemaPath:"#/definitions/field/properties/after/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data21.summary !== undefined){
if(typeof data21.summary !== "string"){
const err50 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/summary",schemaPath:"#/definitions/field/properties/summary/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
}
}
else {
const err51 = {instancePath:instancePath+"/fields/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/field/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
else {
const err52 = {instancePath:instancePath+"/fields",schemaPath:"#/properties/fields/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.closed_fields !== undefined){
if(typeof data.closed_fields !== "boolean"){
const err53 = {instancePath:instancePath+"/closed_fields",schemaPath:"#/properties/closed_fields/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data.status !== undefined){
let data30 = data.status;
if(data30 && typeof data30 == "object" && !Array.isArray(data30)){
if(data30.field === undefined){
const err54 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/required",keyword:"required",params:{missingProperty: "field"},message:"must have required property '"+"field"+"'"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data30.open === undefined){
const err55 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/required",keyword:"required",params:{missingProperty: "open"},message:"must have required property '"+"open"+"'"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
if(data30.closed === undefined){
const err56 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/required",keyword:"required",params:{missingProperty: "closed"},message:"must have required property '"+"closed"+"'"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
for(const key4 in data30){
if(!((((key4 === "field") || (key4 === "open")) || (key4 === "closed")) || (key4 === "archived"))){
const err57 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data30.field !== undefined){
if(typeof data30.field !== "string"){
const err58 = {instancePath:instancePath+"/status/field",schemaPath:"#/properties/status/properties/field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data30.open !== undefined){
let data32 = data30.open;
if(Array.isArray(data32)){
if(data32.length < 1){
const err59 = {instancePath:instancePath+"/status/open",schemaPath:"#/properties/status/properties/open/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
const len4 = data32.length;
for(let i4=0; i4<len4; i4++){
if(typeof data32[i4] !== "string"){
const err60 = {instancePath:instancePath+"/status/open/" + i4,schemaPath:"#/properties/status/properties/open/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/status/open",schemaPath:"#/properties/status/properties/open/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
if(data30.closed !== undefined){
let data34 = data30.closed;
if(Array.isArray(data34)){
if(data34.length < 1){
const err62 = {instancePath:instancePath+"/status/closed",schemaPath:"#/properties/status/properties/closed/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
const len5 = data34.length;
for(let i5=0; i5<len5; i5++){
if(typeof data34[i5] !== "string"){
const err63 = {instancePath:instancePath+"/status/closed/" + i5,schemaPath:"#/properties/status/properties/closed/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
}
else {
const err64 = {instancePath:instancePath+"/status/closed",schemaPath:"#/properties/status/properties/closed/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data30.archived !== undefined){
let data36 = data30.archived;
if(Array.isArray(data36)){
const len6 = data36.length;
for(let i6=0; i6<len6; i6++){
if(typeof data36[i6] !== "string"){
const err65 = {instancePath:instancePath+"/status/archived/" + i6,schemaPath:"#/properties/status/properties/archived/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
}
}
else {
const err66 = {instancePath:instancePath+"/status/archived",schemaPath:"#/properties/status/properties/archived/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
}
else {
const err67 = {instancePath:instancePath+"/status",schemaPath:"#/properties/status/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data.phase_field !== undefined){
if(typeof data.phase_field !== "string"){
const err68 = {instancePath:instancePath+"/phase_field",schemaPath:"#/properties/phase_field/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data.closed_in !== undefined){
let data39 = data.closed_in;
if(Array.isArray(data39)){
const len7 = data39.length;
for(let i7=0; i7<len7; i7++){
if(typeof data39[i7] !== "string"){
const err69 = {instancePath:instancePath+"/closed_in/" + i7,schemaPath:"#/properties/closed_in/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
}
else {
const err70 = {instancePath:instancePath+"/closed_in",schemaPath:"#/properties/closed_in/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data.phases !== undefined){
let data41 = data.phases;
if(Array.isArray(data41)){
if(data41.length < 1){
const err71 = {instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
const len8 = data41.length;
for(let i8=0; i8<len8; i8++){
let data42 = data41[i8];
if(data42 && typeof data42 == "object" && !Array.isArray(data42)){
if(data42.name === undefined){
const err72 = {instancePath:instancePath+"/phases/" + i8,schemaPath:"#/properties/phases/items/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
for(const key5 in data42){
if(!(((((key5 === "name") || (key5 === "aliases")) || (key5 === "summary")) || (key5 === "registers")) || (key5 === "gate"))){
const err73 = {instancePath:instancePath+"/phases/" + i8,schemaPath:"#/properties/phases/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data42.name !== undefined){
let data43 = data42.name;
if(typeof data43 === "string"){
if(data43.length < 1){
const err74 = {instancePath:instancePath+"/phases/" + i8+"/name",schemaPath:"#/properties/phases/items/properties/name/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
else {
const err75 = {instancePath:instancePath+"/phases/" + i8+"/name",schemaPath:"#/properties/phases/items/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data42.aliases !== undefined){
let data44 = data42.aliases;
if(Array.isArray(data44)){
const len9 = data44.length;
for(let i9=0; i9<len9; i9++){
if(typeof data44[i9] !== "string"){
const err76 = {instancePath:instancePath+"/phases/" + i8+"/aliases/" + i9,schemaPath:"#/properties/phases/items/properties/aliases/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
}
else {
const err77 = {instancePath:instancePath+"/phases/" + i8+"/aliases",schemaPath:"#/properties/phases/items/properties/aliases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data42.summary !== undefined){
if(typeof data42.summary !== "string"){
const err78 = {instancePath:instancePath+"/phases/" + i8+"/summary",schemaPath:"#/properties/phases/items/properties/summary/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data42.registers !== undefined){
if(typeof data42.registers !== "boolean"){
const err79 = {instancePath:instancePath+"/phases/" + i8+"/registers",schemaPath:"#/properties/phases/items/properties/registers/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data42.gate !== undefined){
let data48 = data42.gate;
if(Array.isArray(data48)){
const len10 = data48.length;
for(let i10=0; i10<len10; i10++){
if(typeof data48[i10] !== "string"){
const err80 = {instancePath:instancePath+"/phases/" + i8+"/gate/" + i10,schemaPath:"#/properties/phases/items/properties/gate/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
}
else {
const err81 = {instancePath:instancePath+"/phases/" + i8+"/gate",schemaPath:"#/properties/phases/items/properties/gate/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/phases/" + i8,schemaPath:"#/properties/phases/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/phases",schemaPath:"#/properties/phases/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.attestations !== undefined){
let data50 = data.attestations;
if(Array.isArray(data50)){
const len11 = data50.length;
for(let i11=0; i11<len11; i11++){
let data51 = data50[i11];
if(data51 && typeof data51 == "object" && !Array.isArray(data51)){
if(data51.kind === undefined){
const err84 = {instancePath:instancePath+"/attestations/" + i11,schemaPath:"#/properties/attestations/items/required",keyword:"required",params:{missingProperty: "kind"},message:"must have required property '"+"kind"+"'"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if(data51.agents === undefined){
const err85 = {instancePath:instancePath+"/attestations/" + i11,schemaPath:"#/properties/attestations/items/required",keyword:"required",params:{missingProperty: "agents"},message:"must have required property '"+"agents"+"'"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
for(const key6 in data51){
if(!((((key6 === "kind") || (key6 === "agents")) || (key6 === "phase")) || (key6 === "summary"))){
const err86 = {instancePath:instancePath+"/attestations/" + i11,schemaPath:"#/properties/attestations/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
if(data51.kind !== undefined){
let data52 = data51.kind;
if(typeof data52 === "string"){
if(!pattern3.test(data52)){
const err87 = {instancePath:instancePath+"/attestations/" + i11+"/kind",schemaPath:"#/properties/attestations/items/properties/kind/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][\\w-]*$"},message:"must match pattern \""+"^[A-Za-z][\\w-]*$"+"\""};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
else {
const err88 = {instancePath:instancePath+"/attestations/" + i11+"/kind",schemaPath:"#/properties/attestations/items/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data51.agents !== undefined){
let data53 = data51.agents;
if(Array.isArray(data53)){
if(data53.length < 1){
const err89 = {instancePath:instancePath+"/attestations/" + i11+"/agents",schemaPath:"#/properties/attestations/items/properties/agents/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
const len12 = data53.length;
for(let i12=0; i12<len12; i12++){
let data54 = data53[i12];
if(typeof data54 === "string"){
if(data54.length < 1){
const err90 = {instancePath:instancePath+"/attestations/" + i11+"/agents/" + i12,schemaPath:"#/properties/attestations/items/properties/agents/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
}
else {
const err91 = {instancePath:instancePath+"/attestations/" + i11+"/agents/" + i12,schemaPath:"#/properties/attestations/items/properties/agents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
}
}
else {
const err92 = {instancePath:instancePath+"/attestations/" + i11+"/agents",schemaPath:"#/properties/attestations/items/properties/agents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
if(data51.phase !== undefined){
if(typeof data51.phase !== "string"){
const err93 = {instancePath:instancePath+"/attestations/" + i11+"/phase",schemaPath:"#/properties/attestations/items/properties/phase/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data51.summary !== undefined){
if(typeof data51.summary !== "string"){
const err94 = {instancePath:instancePath+"/attestations/" + i11+"/summary",schemaPath:"#/properties/attestations/items/properties/summary/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
}
else {
const err95 = {instancePath:instancePath+"/attestations/" + i11,schemaPath:"#/properties/attestations/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
}
else {
const err96 = {instancePath:instancePath+"/attestations",schemaPath:"#/properties/attestations/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
if(data.sections !== undefined){
let data57 = data.sections;
if(Array.isArray(data57)){
const len13 = data57.length;
for(let i13=0; i13<len13; i13++){
if(!(validate11(data57[i13], {instancePath:instancePath+"/sections/" + i13,parentData:data57,parentDataProperty:i13,rootData}))){
vErrors = vErrors === null ? validate11.errors : vErrors.concat(validate11.errors);
errors = vErrors.length;
}
}
}
else {
const err97 = {instancePath:instancePath+"/sections",schemaPath:"#/properties/sections/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
}
else {
const err98 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

