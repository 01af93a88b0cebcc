// Compiled from schema/config.schema.json by scripts/generate-validators.mjs; not edited by hand.
"use strict";
export const configMatches = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"inquest.yaml","description":"The configuration of inquest for one repository.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"documents":{"type":"array","items":{"type":"string","minLength":1},"description":"Globs of the files that are documents, from the repository's root. A file that matches and is none is a finding. Without this, every Markdown file that names a known template is a document."},"exclude":{"type":"array","items":{"type":"string","minLength":1},"description":"Globs of files that are never looked at."},"templates":{"type":"string","minLength":1,"description":"Folder of the repository's own templates (default `.inquest/templates`)."},"baseline":{"type":"string","minLength":1,"description":"File of findings that are known and not reported (default `inquest-baseline.json`)."},"author":{"type":"string","description":"Who new documents name as their author; git's user name where it is left out."},"fail_on":{"enum":["error","warning","info","never"],"description":"The severity from which `check` exits with 1 (default `error`)."},"memory":{"type":"object","additionalProperties":false,"description":"The concept store.","properties":{"file":{"type":"string","minLength":1,"description":"Its database (default `.inquest/memory.db`); `~/` is your home folder. Several repositories may share one."},"export":{"type":"string","minLength":1,"description":"What of it git keeps (default `.inquest/memory.jsonl`)."},"summarize":{"type":"string","minLength":1,"description":"A shell command that sums up a cluster for `memory synthesize`: its concepts come in as JSON on standard input, the summary goes out as text on standard output."}}},"ids":{"type":"object","description":"How ids of new documents look, by template.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"prefix":{"type":"string","pattern":"^[A-Za-z][\\w-]*$"},"digits":{"type":"integer","minimum":1,"maximum":9}}}},"files":{"type":"object","additionalProperties":{"type":"string","minLength":1},"description":"Where new documents are written, by template; Handlebars with `{{id}}`, `{{slug}}` and `{{date}}`."},"evidence":{"type":"object","additionalProperties":false,"description":"Commands that documents may name as evidence; `inquest verify --run` alone runs them.","properties":{"timeout":{"type":"integer","minimum":1,"maximum":3600,"description":"Seconds that a command may take (default 60)."},"env":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_]\\w*$"},"description":"Variables of the environment that are passed on; all others but PATH are not."},"include":{"type":"array","items":{"type":"string","minLength":1},"description":"Files and folders that git ignores and the commands need, such as `node_modules`."},"commands":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"required":["run"],"properties":{"run":{"type":"array","minItems":1,"items":{"type":"string"},"description":"The program and its arguments; no shell reads them."},"timeout":{"type":"integer","minimum":1,"maximum":3600},"env":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_]\\w*$"}},"network":{"type":"boolean","description":"True where the command needs the network."}}}}}},"rules":{"$ref":"#/definitions/severities"},"overrides":{"type":"array","description":"Severities for some paths or templates; later entries win.","items":{"type":"object","additionalProperties":false,"required":["rules"],"anyOf":[{"required":["paths"]},{"required":["templates"]}],"properties":{"paths":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}},"templates":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}},"rules":{"$ref":"#/definitions/severities"}}}}},"definitions":{"severities":{"type":"object","description":"Severity by rule; `off` silences it.","additionalProperties":{"enum":["off","info","warning","error"]}}}};
const schema12 = {"type":"object","description":"Severity by rule; `off` silences it.","additionalProperties":{"enum":["off","info","warning","error"]}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[A-Za-z][\\w-]*$", "u");
const pattern1 = new RegExp("^[A-Za-z_]\\w*$", "u");

function validate10(data, {instancePath="", parentData, parentDataProperty, rootData=data}={}){
let vErrors = null;
let errors = 0;
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func2.call(schema11.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.$schema !== undefined){
if(typeof data.$schema !== "string"){
const err1 = {instancePath:instancePath+"/$schema",schemaPath:"#/properties/%24schema/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.documents !== undefined){
let data1 = data.documents;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(data2.length < 1){
const err2 = {instancePath:instancePath+"/documents/" + i0,schemaPath:"#/properties/documents/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err3 = {instancePath:instancePath+"/documents/" + i0,schemaPath:"#/properties/documents/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
}
else {
const err4 = {instancePath:instancePath+"/documents",schemaPath:"#/properties/documents/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.exclude !== undefined){
let data3 = data.exclude;
if(Array.isArray(data3)){
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 === "string"){
if(data4.length < 1){
const err5 = {instancePath:instancePath+"/exclude/" + i1,schemaPath:"#/properties/exclude/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/exclude/" + i1,schemaPath:"#/properties/exclude/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/exclude",schemaPath:"#/properties/exclude/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.templates !== undefined){
let data5 = data.templates;
if(typeof data5 === "string"){
if(data5.length < 1){
const err8 = {instancePath:instancePath+"/templates",schemaPath:"#/properties/templates/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/templates",schemaPath:"#/properties/templates/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.baseline !== undefined){
let data6 = data.baseline;
if(typeof data6 === "string"){
if(data6.length < 1){
const err10 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err11 = {instancePath:instancePath+"/baseline",schemaPath:"#/properties/baseline/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.author !== undefined){
if(typeof data.author !== "string"){
const err12 = {instancePath:instancePath+"/author",schemaPath:"#/properties/author/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data.fail_on !== undefined){
let data8 = data.fail_on;
if(!((((data8 === "error") || (data8 === "warning")) || (data8 === "info")) || (data8 === "never"))){
const err13 = {instancePath:instancePath+"/fail_on",schemaPath:"#/properties/fail_on/enum",keyword:"enum",params:{allowedValues: schema11.properties.fail_on.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.memory !== undefined){
let data9 = data.memory;
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
for(const key1 in data9){
if(!(((key1 === "file") || (key1 === "export")) || (key1 === "summarize"))){
const err14 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data9.file !== undefined){
let data10 = data9.file;
if(typeof data10 === "string"){
if(data10.length < 1){
const err15 = {instancePath:instancePath+"/memory/file",schemaPath:"#/properties/memory/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/memory/file",schemaPath:"#/properties/memory/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data9.export !== undefined){
let data11 = data9.export;
if(typeof data11 === "string"){
if(data11.length < 1){
const err17 = {instancePath:instancePath+"/memory/export",schemaPath:"#/properties/memory/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err18 = {instancePath:instancePath+"/memory/export",schemaPath:"#/properties/memory/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data9.summarize !== undefined){
let data12 = data9.summarize;
if(typeof data12 === "string"){
if(data12.length < 1){
const err19 = {instancePath:instancePath+"/memory/summarize",schemaPath:"#/properties/memory/properties/summarize/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err20 = {instancePath:instancePath+"/memory/summarize",schemaPath:"#/properties/memory/properties/summarize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.ids !== undefined){
let data13 = data.ids;
if(data13 && typeof data13 == "object" && !Array.isArray(data13)){
for(const key2 in data13){
let data14 = data13[key2];
if(data14 && typeof data14 == "object" && !Array.isArray(data14)){
for(const key3 in data14){
if(!((key3 === "prefix") || (key3 === "digits"))){
const err22 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ids/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data14.prefix !== undefined){
let data15 = data14.prefix;
if(typeof data15 === "string"){
if(!pattern0.test(data15)){
const err23 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/properties/ids/additionalProperties/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][\\w-]*$"},message:"must match pattern \""+"^[A-Za-z][\\w-]*$"+"\""};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/properties/ids/additionalProperties/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data14.digits !== undefined){
let data16 = data14.digits;
if(!(((typeof data16 == "number") && (!(data16 % 1) && !isNaN(data16))) && (isFinite(data16)))){
const err25 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if((typeof data16 == "number") && (isFinite(data16))){
if(data16 > 9 || isNaN(data16)){
const err26 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
if(data16 < 1 || isNaN(data16)){
const err27 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
}
else {
const err28 = {instancePath:instancePath+"/ids/" + key2.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ids/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data.files !== undefined){
let data17 = data.files;
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
for(const key4 in data17){
let data18 = data17[key4];
if(typeof data18 === "string"){
if(data18.length < 1){
const err30 = {instancePath:instancePath+"/files/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
else {
const err31 = {instancePath:instancePath+"/files/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err32 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
if(data.evidence !== undefined){
let data19 = data.evidence;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
for(const key5 in data19){
if(!((((key5 === "timeout") || (key5 === "env")) || (key5 === "include")) || (key5 === "commands"))){
const err33 = {instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data19.timeout !== undefined){
let data20 = data19.timeout;
if(!(((typeof data20 == "number") && (!(data20 % 1) && !isNaN(data20))) && (isFinite(data20)))){
const err34 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
if((typeof data20 == "number") && (isFinite(data20))){
if(data20 > 3600 || isNaN(data20)){
const err35 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data20 < 1 || isNaN(data20)){
const err36 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data19.env !== undefined){
let data21 = data19.env;
if(Array.isArray(data21)){
const len2 = data21.length;
for(let i2=0; i2<len2; i2++){
let data22 = data21[i2];
if(typeof data22 === "string"){
if(!pattern1.test(data22)){
const err37 = {instancePath:instancePath+"/evidence/env/" + i2,schemaPath:"#/properties/evidence/properties/env/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_]\\w*$"},message:"must match pattern \""+"^[A-Za-z_]\\w*$"+"\""};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
}
else {
const err38 = {instancePath:instancePath+"/evidence/env/" + i2,schemaPath:"#/properties/evidence/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
}
else {
const err39 = {instancePath:instancePath+"/evidence/env",schemaPath:"#/properties/evidence/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
if(data19.include !== undefined){
let data23 = data19.include;
if(Array.isArray(data23)){
const len3 = data23.length;
for(let i3=0; i3<len3; i3++){
let data24 = data23[i3];
if(typeof data24 === "string"){
if(data24.length < 1){
const err40 = {instancePath:instancePath+"/evidence/include/" + i3,schemaPath:"#/properties/evidence/properties/include/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err41 = {instancePath:instancePath+"/evidence/include/" + i3,schemaPath:"#/properties/evidence/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
}
else {
const err42 = {instancePath:instancePath+"/evidence/include",schemaPath:"#/properties/evidence/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data19.commands !== undefined){
let data25 = data19.commands;
if(data25 && typeof data25 == "object" && !Array.isArray(data25)){
for(const key6 in data25){
let data26 = data25[key6];
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
if(data26.run === undefined){
const err43 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/required",keyword:"required",params:{missingProperty: "run"},message:"must have required property '"+"run"+"'"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
for(const key7 in data26){
if(!((((key7 === "run") || (key7 === "timeout")) || (key7 === "env")) || (key7 === "network"))){
const err44 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data26.run !== undefined){
let data27 = data26.run;
if(Array.isArray(data27)){
if(data27.length < 1){
const err45 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/run",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
const len4 = data27.length;
for(let i4=0; i4<len4; i4++){
if(typeof data27[i4] !== "string"){
const err46 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/run/" + i4,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err47 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/run",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
if(data26.timeout !== undefined){
let data29 = data26.timeout;
if(!(((typeof data29 == "number") && (!(data29 % 1) && !isNaN(data29))) && (isFinite(data29)))){
const err48 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
if((typeof data29 == "number") && (isFinite(data29))){
if(data29 > 3600 || isNaN(data29)){
const err49 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
if(data29 < 1 || isNaN(data29)){
const err50 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data26.env !== undefined){
let data30 = data26.env;
if(Array.isArray(data30)){
const len5 = data30.length;
for(let i5=0; i5<len5; i5++){
let data31 = data30[i5];
if(typeof data31 === "string"){
if(!pattern1.test(data31)){
const err51 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/env/" + i5,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_]\\w*$"},message:"must match pattern \""+"^[A-Za-z_]\\w*$"+"\""};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
else {
const err52 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/env/" + i5,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
}
else {
const err53 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/env",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data26.network !== undefined){
if(typeof data26.network !== "boolean"){
const err54 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1")+"/network",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/network/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
}
else {
const err55 = {instancePath:instancePath+"/evidence/commands/" + key6.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
}
else {
const err56 = {instancePath:instancePath+"/evidence/commands",schemaPath:"#/properties/evidence/properties/commands/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
}
else {
const err57 = {instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
if(data.rules !== undefined){
let data33 = data.rules;
if(data33 && typeof data33 == "object" && !Array.isArray(data33)){
for(const key8 in data33){
let data34 = data33[key8];
if(!((((data34 === "off") || (data34 === "info")) || (data34 === "warning")) || (data34 === "error"))){
const err58 = {instancePath:instancePath+"/rules/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severities/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema12.additionalProperties.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
}
else {
const err59 = {instancePath:instancePath+"/rules",schemaPath:"#/definitions/severities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
if(data.overrides !== undefined){
let data35 = data.overrides;
if(Array.isArray(data35)){
const len6 = data35.length;
for(let i6=0; i6<len6; i6++){
let data36 = data35[i6];
const _errs83 = errors;
let valid24 = false;
const _errs84 = errors;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.paths === undefined){
const err60 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/anyOf/0/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
var _valid0 = _errs84 === errors;
valid24 = valid24 || _valid0;
if(!valid24){
const _errs85 = errors;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.templates === undefined){
const err61 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/anyOf/1/required",keyword:"required",params:{missingProperty: "templates"},message:"must have required property '"+"templates"+"'"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
var _valid0 = _errs85 === errors;
valid24 = valid24 || _valid0;
}
if(!valid24){
const err62 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
else {
errors = _errs83;
if(vErrors !== null){
if(_errs83){
vErrors.length = _errs83;
}
else {
vErrors = null;
}
}
}
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
if(data36.rules === undefined){
const err63 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
for(const key9 in data36){
if(!(((key9 === "paths") || (key9 === "templates")) || (key9 === "rules"))){
const err64 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data36.paths !== undefined){
let data37 = data36.paths;
if(Array.isArray(data37)){
if(data37.length < 1){
const err65 = {instancePath:instancePath+"/overrides/" + i6+"/paths",schemaPath:"#/properties/overrides/items/properties/paths/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
const len7 = data37.length;
for(let i7=0; i7<len7; i7++){
let data38 = data37[i7];
if(typeof data38 === "string"){
if(data38.length < 1){
const err66 = {instancePath:instancePath+"/overrides/" + i6+"/paths/" + i7,schemaPath:"#/properties/overrides/items/properties/paths/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
}
else {
const err67 = {instancePath:instancePath+"/overrides/" + i6+"/paths/" + i7,schemaPath:"#/properties/overrides/items/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
}
else {
const err68 = {instancePath:instancePath+"/overrides/" + i6+"/paths",schemaPath:"#/properties/overrides/items/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data36.templates !== undefined){
let data39 = data36.templates;
if(Array.isArray(data39)){
if(data39.length < 1){
const err69 = {instancePath:instancePath+"/overrides/" + i6+"/templates",schemaPath:"#/properties/overrides/items/properties/templates/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
const len8 = data39.length;
for(let i8=0; i8<len8; i8++){
let data40 = data39[i8];
if(typeof data40 === "string"){
if(data40.length < 1){
const err70 = {instancePath:instancePath+"/overrides/" + i6+"/templates/" + i8,schemaPath:"#/properties/overrides/items/properties/templates/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/overrides/" + i6+"/templates/" + i8,schemaPath:"#/properties/overrides/items/properties/templates/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
}
else {
const err72 = {instancePath:instancePath+"/overrides/" + i6+"/templates",schemaPath:"#/properties/overrides/items/properties/templates/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
if(data36.rules !== undefined){
let data41 = data36.rules;
if(data41 && typeof data41 == "object" && !Array.isArray(data41)){
for(const key10 in data41){
let data42 = data41[key10];
if(!((((data42 === "off") || (data42 === "info")) || (data42 === "warning")) || (data42 === "error"))){
const err73 = {instancePath:instancePath+"/overrides/" + i6+"/rules/" + key10.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severities/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema12.additionalProperties.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/overrides/" + i6+"/rules",schemaPath:"#/definitions/severities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
}
else {
const err75 = {instancePath:instancePath+"/overrides/" + i6,schemaPath:"#/properties/overrides/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
}
else {
const err76 = {instancePath:instancePath+"/overrides",schemaPath:"#/properties/overrides/type",keyword:"type",params:{type: "array"},message:"must be array"};
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
const err77 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

