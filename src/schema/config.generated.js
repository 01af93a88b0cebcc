// Compiled from schema/config.schema.json by scripts/generate-validators.mjs; not edited by hand.
"use strict";
export const configMatches = validate10;
const schema11 = {"$schema":"http://json-schema.org/draft-07/schema#","title":"inquest.yaml","description":"The configuration of inquest for one repository.","type":"object","additionalProperties":false,"properties":{"$schema":{"type":"string"},"documents":{"type":"array","items":{"type":"string","minLength":1},"description":"Globs of the files that are documents, from the repository's root. A file that matches and is none is a finding. Without this, every Markdown file that names a known template is a document."},"exclude":{"type":"array","items":{"type":"string","minLength":1},"description":"Globs of files that are never looked at."},"templates":{"type":"string","minLength":1,"description":"Folder of the repository's own templates (default `.inquest/templates`)."},"baseline":{"type":"string","minLength":1,"description":"File of findings that are known and not reported (default `inquest-baseline.json`)."},"author":{"type":"string","description":"Who new documents name as their author; git's user name where it is left out."},"fail_on":{"enum":["error","warning","info","never"],"description":"The severity from which `check` exits with 1 (default `error`)."},"suppressions":{"enum":["none","explained","any"],"description":"Which `inquest-disable` comments count: none, those with a reason (default), or all. A rule on a gate is asked whatever comments say."},"profile":{"enum":["standard","strict"],"description":"`strict`: warnings of soundness are errors, and no comment waives anything. `check --strict` is the same for one run."},"memory":{"type":"object","additionalProperties":false,"description":"The concept store.","properties":{"file":{"type":"string","minLength":1,"description":"Its database (default `.inquest/memory.db`); `~/` is your home folder. Several repositories may share one."},"export":{"type":"string","minLength":1,"description":"What of it git keeps (default `.inquest/memory.jsonl`)."},"summarize":{"type":"string","minLength":1,"description":"A shell command that sums up a cluster for `memory synthesize`: its concepts come in as JSON on standard input, the summary goes out as text on standard output."},"external":{"type":"boolean","description":"True where the ids that documents name are those of a store that is not kept here. Gates then accept ids that nothing here knows (default false)."}}},"trackers":{"type":"array","description":"Trackers that keep work which no document describes. A gate accepts spawned ids with such a prefix.","items":{"type":"object","additionalProperties":false,"required":["prefix","url"],"properties":{"prefix":{"type":"string","pattern":"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$","description":"What comes before the dash and the number of an id, such as `ABC`."},"url":{"type":"string","pattern":"^https?://\\S+$","description":"The address of an item; `{id}` stands for its id."}}}},"ids":{"type":"object","description":"How ids of new documents look, by template.","additionalProperties":{"type":"object","additionalProperties":false,"properties":{"prefix":{"type":"string","pattern":"^[A-Za-z][\\w-]*$"},"digits":{"type":"integer","minimum":1,"maximum":9}}}},"files":{"type":"object","additionalProperties":{"type":"string","minLength":1},"description":"Where new documents are written, by template; Handlebars with `{{id}}`, `{{slug}}` and `{{date}}`."},"evidence":{"type":"object","additionalProperties":false,"description":"Commands that documents may name as evidence; `inquest verify --run` alone runs them.","properties":{"timeout":{"type":"integer","minimum":1,"maximum":3600,"description":"Seconds that a command may take (default 60)."},"env":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_]\\w*$"},"description":"Variables of the environment that are passed on; of all others only PATH is."},"include":{"type":"array","items":{"type":"string","minLength":1},"description":"Files and folders that git ignores and the commands need, such as `node_modules`."},"limits":{"$ref":"#/definitions/limits"},"commands":{"type":"object","additionalProperties":{"type":"object","additionalProperties":false,"required":["run"],"properties":{"run":{"type":"array","minItems":1,"items":{"type":"string"},"description":"The program and its arguments; no shell reads them."},"timeout":{"type":"integer","minimum":1,"maximum":3600},"env":{"type":"array","items":{"type":"string","pattern":"^[A-Za-z_]\\w*$"}},"limits":{"$ref":"#/definitions/limits"},"network":{"type":"boolean","description":"True where the command needs the network."}}}}}},"rules":{"$ref":"#/definitions/severities"},"overrides":{"type":"array","description":"Severities for some paths or templates; later entries win.","items":{"type":"object","additionalProperties":false,"required":["rules"],"anyOf":[{"required":["paths"]},{"required":["templates"]}],"properties":{"paths":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}},"templates":{"type":"array","minItems":1,"items":{"type":"string","minLength":1}},"rules":{"$ref":"#/definitions/severities"}}}}},"definitions":{"limits":{"type":"object","additionalProperties":false,"description":"What a command may take before it is ended.","properties":{"memory":{"type":"integer","minimum":1,"maximum":1048576,"description":"Megabytes, for all its processes together (default 4096)."},"processes":{"type":"integer","minimum":1,"maximum":65536,"description":"Processes and threads at the same time (default 1024)."},"output":{"type":"integer","minimum":1,"maximum":256,"description":"Megabytes that it may print (default 16)."},"disk":{"type":"integer","minimum":1,"maximum":1048576,"description":"Megabytes that it may write (default 4096)."}}},"severities":{"type":"object","description":"Severity by rule; `off` silences it.","additionalProperties":{"enum":["off","info","warning","error"]}}}};
const schema12 = {"type":"object","additionalProperties":false,"description":"What a command may take before it is ended.","properties":{"memory":{"type":"integer","minimum":1,"maximum":1048576,"description":"Megabytes, for all its processes together (default 4096)."},"processes":{"type":"integer","minimum":1,"maximum":65536,"description":"Processes and threads at the same time (default 1024)."},"output":{"type":"integer","minimum":1,"maximum":256,"description":"Megabytes that it may print (default 16)."},"disk":{"type":"integer","minimum":1,"maximum":1048576,"description":"Megabytes that it may write (default 4096)."}}};
const schema14 = {"type":"object","description":"Severity by rule; `off` silences it.","additionalProperties":{"enum":["off","info","warning","error"]}};
const func2 = Object.prototype.hasOwnProperty;
const pattern0 = new RegExp("^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$", "u");
const pattern1 = new RegExp("^https?://\\S+$", "u");
const pattern2 = new RegExp("^[A-Za-z][\\w-]*$", "u");
const pattern3 = new RegExp("^[A-Za-z_]\\w*$", "u");

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
if(data.suppressions !== undefined){
let data9 = data.suppressions;
if(!(((data9 === "none") || (data9 === "explained")) || (data9 === "any"))){
const err14 = {instancePath:instancePath+"/suppressions",schemaPath:"#/properties/suppressions/enum",keyword:"enum",params:{allowedValues: schema11.properties.suppressions.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data.profile !== undefined){
let data10 = data.profile;
if(!((data10 === "standard") || (data10 === "strict"))){
const err15 = {instancePath:instancePath+"/profile",schemaPath:"#/properties/profile/enum",keyword:"enum",params:{allowedValues: schema11.properties.profile.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.memory !== undefined){
let data11 = data.memory;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key1 in data11){
if(!((((key1 === "file") || (key1 === "export")) || (key1 === "summarize")) || (key1 === "external"))){
const err16 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data11.file !== undefined){
let data12 = data11.file;
if(typeof data12 === "string"){
if(data12.length < 1){
const err17 = {instancePath:instancePath+"/memory/file",schemaPath:"#/properties/memory/properties/file/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err18 = {instancePath:instancePath+"/memory/file",schemaPath:"#/properties/memory/properties/file/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data11.export !== undefined){
let data13 = data11.export;
if(typeof data13 === "string"){
if(data13.length < 1){
const err19 = {instancePath:instancePath+"/memory/export",schemaPath:"#/properties/memory/properties/export/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err20 = {instancePath:instancePath+"/memory/export",schemaPath:"#/properties/memory/properties/export/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data11.summarize !== undefined){
let data14 = data11.summarize;
if(typeof data14 === "string"){
if(data14.length < 1){
const err21 = {instancePath:instancePath+"/memory/summarize",schemaPath:"#/properties/memory/properties/summarize/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
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
const err22 = {instancePath:instancePath+"/memory/summarize",schemaPath:"#/properties/memory/properties/summarize/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data11.external !== undefined){
if(typeof data11.external !== "boolean"){
const err23 = {instancePath:instancePath+"/memory/external",schemaPath:"#/properties/memory/properties/external/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath:instancePath+"/memory",schemaPath:"#/properties/memory/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data.trackers !== undefined){
let data16 = data.trackers;
if(Array.isArray(data16)){
const len2 = data16.length;
for(let i2=0; i2<len2; i2++){
let data17 = data16[i2];
if(data17 && typeof data17 == "object" && !Array.isArray(data17)){
if(data17.prefix === undefined){
const err25 = {instancePath:instancePath+"/trackers/" + i2,schemaPath:"#/properties/trackers/items/required",keyword:"required",params:{missingProperty: "prefix"},message:"must have required property '"+"prefix"+"'"};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
if(data17.url === undefined){
const err26 = {instancePath:instancePath+"/trackers/" + i2,schemaPath:"#/properties/trackers/items/required",keyword:"required",params:{missingProperty: "url"},message:"must have required property '"+"url"+"'"};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
for(const key2 in data17){
if(!((key2 === "prefix") || (key2 === "url"))){
const err27 = {instancePath:instancePath+"/trackers/" + i2,schemaPath:"#/properties/trackers/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data17.prefix !== undefined){
let data18 = data17.prefix;
if(typeof data18 === "string"){
if(!pattern0.test(data18)){
const err28 = {instancePath:instancePath+"/trackers/" + i2+"/prefix",schemaPath:"#/properties/trackers/items/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$"},message:"must match pattern \""+"^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*$"+"\""};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/trackers/" + i2+"/prefix",schemaPath:"#/properties/trackers/items/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data17.url !== undefined){
let data19 = data17.url;
if(typeof data19 === "string"){
if(!pattern1.test(data19)){
const err30 = {instancePath:instancePath+"/trackers/" + i2+"/url",schemaPath:"#/properties/trackers/items/properties/url/pattern",keyword:"pattern",params:{pattern: "^https?://\\S+$"},message:"must match pattern \""+"^https?://\\S+$"+"\""};
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
const err31 = {instancePath:instancePath+"/trackers/" + i2+"/url",schemaPath:"#/properties/trackers/items/properties/url/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err32 = {instancePath:instancePath+"/trackers/" + i2,schemaPath:"#/properties/trackers/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err33 = {instancePath:instancePath+"/trackers",schemaPath:"#/properties/trackers/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
if(data.ids !== undefined){
let data20 = data.ids;
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key3 in data20){
let data21 = data20[key3];
if(data21 && typeof data21 == "object" && !Array.isArray(data21)){
for(const key4 in data21){
if(!((key4 === "prefix") || (key4 === "digits"))){
const err34 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ids/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data21.prefix !== undefined){
let data22 = data21.prefix;
if(typeof data22 === "string"){
if(!pattern2.test(data22)){
const err35 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/properties/ids/additionalProperties/properties/prefix/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z][\\w-]*$"},message:"must match pattern \""+"^[A-Za-z][\\w-]*$"+"\""};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
}
else {
const err36 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/prefix",schemaPath:"#/properties/ids/additionalProperties/properties/prefix/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
}
if(data21.digits !== undefined){
let data23 = data21.digits;
if(!(((typeof data23 == "number") && (!(data23 % 1) && !isNaN(data23))) && (isFinite(data23)))){
const err37 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
if((typeof data23 == "number") && (isFinite(data23))){
if(data23 > 9 || isNaN(data23)){
const err38 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/maximum",keyword:"maximum",params:{comparison: "<=", limit: 9},message:"must be <= 9"};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
if(data23 < 1 || isNaN(data23)){
const err39 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1")+"/digits",schemaPath:"#/properties/ids/additionalProperties/properties/digits/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
}
else {
const err40 = {instancePath:instancePath+"/ids/" + key3.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/ids/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
}
else {
const err41 = {instancePath:instancePath+"/ids",schemaPath:"#/properties/ids/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
if(data.files !== undefined){
let data24 = data.files;
if(data24 && typeof data24 == "object" && !Array.isArray(data24)){
for(const key5 in data24){
let data25 = data24[key5];
if(typeof data25 === "string"){
if(data25.length < 1){
const err42 = {instancePath:instancePath+"/files/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
else {
const err43 = {instancePath:instancePath+"/files/" + key5.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/files/additionalProperties/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
}
else {
const err44 = {instancePath:instancePath+"/files",schemaPath:"#/properties/files/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data.evidence !== undefined){
let data26 = data.evidence;
if(data26 && typeof data26 == "object" && !Array.isArray(data26)){
for(const key6 in data26){
if(!(((((key6 === "timeout") || (key6 === "env")) || (key6 === "include")) || (key6 === "limits")) || (key6 === "commands"))){
const err45 = {instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
if(data26.timeout !== undefined){
let data27 = data26.timeout;
if(!(((typeof data27 == "number") && (!(data27 % 1) && !isNaN(data27))) && (isFinite(data27)))){
const err46 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
if((typeof data27 == "number") && (isFinite(data27))){
if(data27 > 3600 || isNaN(data27)){
const err47 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
if(data27 < 1 || isNaN(data27)){
const err48 = {instancePath:instancePath+"/evidence/timeout",schemaPath:"#/properties/evidence/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
}
if(data26.env !== undefined){
let data28 = data26.env;
if(Array.isArray(data28)){
const len3 = data28.length;
for(let i3=0; i3<len3; i3++){
let data29 = data28[i3];
if(typeof data29 === "string"){
if(!pattern3.test(data29)){
const err49 = {instancePath:instancePath+"/evidence/env/" + i3,schemaPath:"#/properties/evidence/properties/env/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_]\\w*$"},message:"must match pattern \""+"^[A-Za-z_]\\w*$"+"\""};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
else {
const err50 = {instancePath:instancePath+"/evidence/env/" + i3,schemaPath:"#/properties/evidence/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
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
const err51 = {instancePath:instancePath+"/evidence/env",schemaPath:"#/properties/evidence/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
if(data26.include !== undefined){
let data30 = data26.include;
if(Array.isArray(data30)){
const len4 = data30.length;
for(let i4=0; i4<len4; i4++){
let data31 = data30[i4];
if(typeof data31 === "string"){
if(data31.length < 1){
const err52 = {instancePath:instancePath+"/evidence/include/" + i4,schemaPath:"#/properties/evidence/properties/include/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
else {
const err53 = {instancePath:instancePath+"/evidence/include/" + i4,schemaPath:"#/properties/evidence/properties/include/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
}
else {
const err54 = {instancePath:instancePath+"/evidence/include",schemaPath:"#/properties/evidence/properties/include/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
}
if(data26.limits !== undefined){
let data32 = data26.limits;
if(data32 && typeof data32 == "object" && !Array.isArray(data32)){
for(const key7 in data32){
if(!((((key7 === "memory") || (key7 === "processes")) || (key7 === "output")) || (key7 === "disk"))){
const err55 = {instancePath:instancePath+"/evidence/limits",schemaPath:"#/definitions/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
}
if(data32.memory !== undefined){
let data33 = data32.memory;
if(!(((typeof data33 == "number") && (!(data33 % 1) && !isNaN(data33))) && (isFinite(data33)))){
const err56 = {instancePath:instancePath+"/evidence/limits/memory",schemaPath:"#/definitions/limits/properties/memory/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
if((typeof data33 == "number") && (isFinite(data33))){
if(data33 > 1048576 || isNaN(data33)){
const err57 = {instancePath:instancePath+"/evidence/limits/memory",schemaPath:"#/definitions/limits/properties/memory/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576"};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
if(data33 < 1 || isNaN(data33)){
const err58 = {instancePath:instancePath+"/evidence/limits/memory",schemaPath:"#/definitions/limits/properties/memory/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data32.processes !== undefined){
let data34 = data32.processes;
if(!(((typeof data34 == "number") && (!(data34 % 1) && !isNaN(data34))) && (isFinite(data34)))){
const err59 = {instancePath:instancePath+"/evidence/limits/processes",schemaPath:"#/definitions/limits/properties/processes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
if((typeof data34 == "number") && (isFinite(data34))){
if(data34 > 65536 || isNaN(data34)){
const err60 = {instancePath:instancePath+"/evidence/limits/processes",schemaPath:"#/definitions/limits/properties/processes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65536},message:"must be <= 65536"};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
if(data34 < 1 || isNaN(data34)){
const err61 = {instancePath:instancePath+"/evidence/limits/processes",schemaPath:"#/definitions/limits/properties/processes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
if(data32.output !== undefined){
let data35 = data32.output;
if(!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))){
const err62 = {instancePath:instancePath+"/evidence/limits/output",schemaPath:"#/definitions/limits/properties/output/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 > 256 || isNaN(data35)){
const err63 = {instancePath:instancePath+"/evidence/limits/output",schemaPath:"#/definitions/limits/properties/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256"};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
if(data35 < 1 || isNaN(data35)){
const err64 = {instancePath:instancePath+"/evidence/limits/output",schemaPath:"#/definitions/limits/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
}
if(data32.disk !== undefined){
let data36 = data32.disk;
if(!(((typeof data36 == "number") && (!(data36 % 1) && !isNaN(data36))) && (isFinite(data36)))){
const err65 = {instancePath:instancePath+"/evidence/limits/disk",schemaPath:"#/definitions/limits/properties/disk/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if((typeof data36 == "number") && (isFinite(data36))){
if(data36 > 1048576 || isNaN(data36)){
const err66 = {instancePath:instancePath+"/evidence/limits/disk",schemaPath:"#/definitions/limits/properties/disk/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576"};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
if(data36 < 1 || isNaN(data36)){
const err67 = {instancePath:instancePath+"/evidence/limits/disk",schemaPath:"#/definitions/limits/properties/disk/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
}
else {
const err68 = {instancePath:instancePath+"/evidence/limits",schemaPath:"#/definitions/limits/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
if(data26.commands !== undefined){
let data37 = data26.commands;
if(data37 && typeof data37 == "object" && !Array.isArray(data37)){
for(const key8 in data37){
let data38 = data37[key8];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.run === undefined){
const err69 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/required",keyword:"required",params:{missingProperty: "run"},message:"must have required property '"+"run"+"'"};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
for(const key9 in data38){
if(!(((((key9 === "run") || (key9 === "timeout")) || (key9 === "env")) || (key9 === "limits")) || (key9 === "network"))){
const err70 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
if(data38.run !== undefined){
let data39 = data38.run;
if(Array.isArray(data39)){
if(data39.length < 1){
const err71 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/run",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
const len5 = data39.length;
for(let i5=0; i5<len5; i5++){
if(typeof data39[i5] !== "string"){
const err72 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/run/" + i5,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/run",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/run/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
if(data38.timeout !== undefined){
let data41 = data38.timeout;
if(!(((typeof data41 == "number") && (!(data41 % 1) && !isNaN(data41))) && (isFinite(data41)))){
const err74 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
if((typeof data41 == "number") && (isFinite(data41))){
if(data41 > 3600 || isNaN(data41)){
const err75 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/maximum",keyword:"maximum",params:{comparison: "<=", limit: 3600},message:"must be <= 3600"};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
if(data41 < 1 || isNaN(data41)){
const err76 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/timeout",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/timeout/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
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
if(data38.env !== undefined){
let data42 = data38.env;
if(Array.isArray(data42)){
const len6 = data42.length;
for(let i6=0; i6<len6; i6++){
let data43 = data42[i6];
if(typeof data43 === "string"){
if(!pattern3.test(data43)){
const err77 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/env/" + i6,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/items/pattern",keyword:"pattern",params:{pattern: "^[A-Za-z_]\\w*$"},message:"must match pattern \""+"^[A-Za-z_]\\w*$"+"\""};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
else {
const err78 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/env/" + i6,schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
}
else {
const err79 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/env",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/env/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data38.limits !== undefined){
let data44 = data38.limits;
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
for(const key10 in data44){
if(!((((key10 === "memory") || (key10 === "processes")) || (key10 === "output")) || (key10 === "disk"))){
const err80 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits",schemaPath:"#/definitions/limits/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data44.memory !== undefined){
let data45 = data44.memory;
if(!(((typeof data45 == "number") && (!(data45 % 1) && !isNaN(data45))) && (isFinite(data45)))){
const err81 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/memory",schemaPath:"#/definitions/limits/properties/memory/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
if((typeof data45 == "number") && (isFinite(data45))){
if(data45 > 1048576 || isNaN(data45)){
const err82 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/memory",schemaPath:"#/definitions/limits/properties/memory/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576"};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
if(data45 < 1 || isNaN(data45)){
const err83 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/memory",schemaPath:"#/definitions/limits/properties/memory/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
}
if(data44.processes !== undefined){
let data46 = data44.processes;
if(!(((typeof data46 == "number") && (!(data46 % 1) && !isNaN(data46))) && (isFinite(data46)))){
const err84 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/processes",schemaPath:"#/definitions/limits/properties/processes/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
if((typeof data46 == "number") && (isFinite(data46))){
if(data46 > 65536 || isNaN(data46)){
const err85 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/processes",schemaPath:"#/definitions/limits/properties/processes/maximum",keyword:"maximum",params:{comparison: "<=", limit: 65536},message:"must be <= 65536"};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
if(data46 < 1 || isNaN(data46)){
const err86 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/processes",schemaPath:"#/definitions/limits/properties/processes/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
}
if(data44.output !== undefined){
let data47 = data44.output;
if(!(((typeof data47 == "number") && (!(data47 % 1) && !isNaN(data47))) && (isFinite(data47)))){
const err87 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/output",schemaPath:"#/definitions/limits/properties/output/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
if((typeof data47 == "number") && (isFinite(data47))){
if(data47 > 256 || isNaN(data47)){
const err88 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/output",schemaPath:"#/definitions/limits/properties/output/maximum",keyword:"maximum",params:{comparison: "<=", limit: 256},message:"must be <= 256"};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
if(data47 < 1 || isNaN(data47)){
const err89 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/output",schemaPath:"#/definitions/limits/properties/output/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
}
}
if(data44.disk !== undefined){
let data48 = data44.disk;
if(!(((typeof data48 == "number") && (!(data48 % 1) && !isNaN(data48))) && (isFinite(data48)))){
const err90 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/disk",schemaPath:"#/definitions/limits/properties/disk/type",keyword:"type",params:{type: "integer"},message:"must be integer"};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
if((typeof data48 == "number") && (isFinite(data48))){
if(data48 > 1048576 || isNaN(data48)){
const err91 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/disk",schemaPath:"#/definitions/limits/properties/disk/maximum",keyword:"maximum",params:{comparison: "<=", limit: 1048576},message:"must be <= 1048576"};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
if(data48 < 1 || isNaN(data48)){
const err92 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits/disk",schemaPath:"#/definitions/limits/properties/disk/minimum",keyword:"minimum",params:{comparison: ">=", limit: 1},message:"must be >= 1"};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
}
else {
const err93 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/limits",schemaPath:"#/definitions/limits/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
}
if(data38.network !== undefined){
if(typeof data38.network !== "boolean"){
const err94 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1")+"/network",schemaPath:"#/properties/evidence/properties/commands/additionalProperties/properties/network/type",keyword:"type",params:{type: "boolean"},message:"must be boolean"};
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
const err95 = {instancePath:instancePath+"/evidence/commands/" + key8.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/evidence/properties/commands/additionalProperties/type",keyword:"type",params:{type: "object"},message:"must be object"};
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
const err96 = {instancePath:instancePath+"/evidence/commands",schemaPath:"#/properties/evidence/properties/commands/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/evidence",schemaPath:"#/properties/evidence/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
}
if(data.rules !== undefined){
let data50 = data.rules;
if(data50 && typeof data50 == "object" && !Array.isArray(data50)){
for(const key11 in data50){
let data51 = data50[key11];
if(!((((data51 === "off") || (data51 === "info")) || (data51 === "warning")) || (data51 === "error"))){
const err98 = {instancePath:instancePath+"/rules/" + key11.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severities/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema14.additionalProperties.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
}
}
else {
const err99 = {instancePath:instancePath+"/rules",schemaPath:"#/definitions/severities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
if(data.overrides !== undefined){
let data52 = data.overrides;
if(Array.isArray(data52)){
const len7 = data52.length;
for(let i7=0; i7<len7; i7++){
let data53 = data52[i7];
const _errs120 = errors;
let valid31 = false;
const _errs121 = errors;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.paths === undefined){
const err100 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/anyOf/0/required",keyword:"required",params:{missingProperty: "paths"},message:"must have required property '"+"paths"+"'"};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
var _valid0 = _errs121 === errors;
valid31 = valid31 || _valid0;
if(!valid31){
const _errs122 = errors;
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.templates === undefined){
const err101 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/anyOf/1/required",keyword:"required",params:{missingProperty: "templates"},message:"must have required property '"+"templates"+"'"};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
var _valid0 = _errs122 === errors;
valid31 = valid31 || _valid0;
}
if(!valid31){
const err102 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/anyOf",keyword:"anyOf",params:{},message:"must match a schema in anyOf"};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
else {
errors = _errs120;
if(vErrors !== null){
if(_errs120){
vErrors.length = _errs120;
}
else {
vErrors = null;
}
}
}
if(data53 && typeof data53 == "object" && !Array.isArray(data53)){
if(data53.rules === undefined){
const err103 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/required",keyword:"required",params:{missingProperty: "rules"},message:"must have required property '"+"rules"+"'"};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
for(const key12 in data53){
if(!(((key12 === "paths") || (key12 === "templates")) || (key12 === "rules"))){
const err104 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties"};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data53.paths !== undefined){
let data54 = data53.paths;
if(Array.isArray(data54)){
if(data54.length < 1){
const err105 = {instancePath:instancePath+"/overrides/" + i7+"/paths",schemaPath:"#/properties/overrides/items/properties/paths/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
const len8 = data54.length;
for(let i8=0; i8<len8; i8++){
let data55 = data54[i8];
if(typeof data55 === "string"){
if(data55.length < 1){
const err106 = {instancePath:instancePath+"/overrides/" + i7+"/paths/" + i8,schemaPath:"#/properties/overrides/items/properties/paths/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
else {
const err107 = {instancePath:instancePath+"/overrides/" + i7+"/paths/" + i8,schemaPath:"#/properties/overrides/items/properties/paths/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/overrides/" + i7+"/paths",schemaPath:"#/properties/overrides/items/properties/paths/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
if(data53.templates !== undefined){
let data56 = data53.templates;
if(Array.isArray(data56)){
if(data56.length < 1){
const err109 = {instancePath:instancePath+"/overrides/" + i7+"/templates",schemaPath:"#/properties/overrides/items/properties/templates/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items"};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
const len9 = data56.length;
for(let i9=0; i9<len9; i9++){
let data57 = data56[i9];
if(typeof data57 === "string"){
if(data57.length < 1){
const err110 = {instancePath:instancePath+"/overrides/" + i7+"/templates/" + i9,schemaPath:"#/properties/overrides/items/properties/templates/items/minLength",keyword:"minLength",params:{limit: 1},message:"must NOT have fewer than 1 characters"};
if(vErrors === null){
vErrors = [err110];
}
else {
vErrors.push(err110);
}
errors++;
}
}
else {
const err111 = {instancePath:instancePath+"/overrides/" + i7+"/templates/" + i9,schemaPath:"#/properties/overrides/items/properties/templates/items/type",keyword:"type",params:{type: "string"},message:"must be string"};
if(vErrors === null){
vErrors = [err111];
}
else {
vErrors.push(err111);
}
errors++;
}
}
}
else {
const err112 = {instancePath:instancePath+"/overrides/" + i7+"/templates",schemaPath:"#/properties/overrides/items/properties/templates/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err112];
}
else {
vErrors.push(err112);
}
errors++;
}
}
if(data53.rules !== undefined){
let data58 = data53.rules;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
for(const key13 in data58){
let data59 = data58[key13];
if(!((((data59 === "off") || (data59 === "info")) || (data59 === "warning")) || (data59 === "error"))){
const err113 = {instancePath:instancePath+"/overrides/" + i7+"/rules/" + key13.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/definitions/severities/additionalProperties/enum",keyword:"enum",params:{allowedValues: schema14.additionalProperties.enum},message:"must be equal to one of the allowed values"};
if(vErrors === null){
vErrors = [err113];
}
else {
vErrors.push(err113);
}
errors++;
}
}
}
else {
const err114 = {instancePath:instancePath+"/overrides/" + i7+"/rules",schemaPath:"#/definitions/severities/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err114];
}
else {
vErrors.push(err114);
}
errors++;
}
}
}
else {
const err115 = {instancePath:instancePath+"/overrides/" + i7,schemaPath:"#/properties/overrides/items/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err115];
}
else {
vErrors.push(err115);
}
errors++;
}
}
}
else {
const err116 = {instancePath:instancePath+"/overrides",schemaPath:"#/properties/overrides/type",keyword:"type",params:{type: "array"},message:"must be array"};
if(vErrors === null){
vErrors = [err116];
}
else {
vErrors.push(err116);
}
errors++;
}
}
}
else {
const err117 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object"};
if(vErrors === null){
vErrors = [err117];
}
else {
vErrors.push(err117);
}
errors++;
}
validate10.errors = vErrors;
return errors === 0;
}

