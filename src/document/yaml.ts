/** Owns the full YAML library, for what points into frontmatter or makes it. Imported only where that is asked for. */

export { Document as YamlDocument, isAlias, isMap, isNode, isScalar, isSeq, parseDocument as parseYaml } from 'yaml'
