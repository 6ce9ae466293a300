// Reads one JSON text a line, writes one line of facts about its syntax as tree-sitter sees it: a JSON list, or null where it found an error.
// The folder of the packages is the first argument.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const folder = process.argv[2];
const { Parser, Language } = createRequire(join(folder, 'index.js'))('web-tree-sitter');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Language.load(join(folder, 'node_modules', 'tree-sitter-java', 'tree-sitter-java.wasm')));

// Kinds of which both ends are told.
const spans = {
  lambda_expression: 'lambda', method_reference: 'reference', cast_expression: 'cast', ternary_expression: 'conditional',
  instanceof_expression: 'instanceof', array_access: 'index', array_creation_expression: 'array', class_literal: 'class',
  while_statement: 'while', do_statement: 'do', for_statement: 'for', enhanced_for_statement: 'foreach', switch_expression: 'switch',
  try_statement: 'try', try_with_resources_statement: 'try', catch_clause: 'catch', return_statement: 'return', throw_statement: 'throw',
  synchronized_statement: 'synchronized', labeled_statement: 'labeled', break_statement: 'break', continue_statement: 'continue',
  yield_statement: 'yield', assert_statement: 'assert', block: 'block', constructor_body: 'block', import_declaration: 'import',
  record_pattern: 'pattern', wildcard: 'wildcard', type_parameter: 'parameter of type', requires_module_directive: 'directive',
  exports_module_directive: 'directive', opens_module_directive: 'directive', uses_module_directive: 'directive',
  provides_module_directive: 'directive', array_initializer: 'values', element_value_array_initializer: 'values', generic_type: 'generic',
  field_access: 'select', expression_statement: 'expression', package_declaration: null,
  string_literal: 'text', character_literal: 'character', decimal_integer_literal: 'whole', hex_integer_literal: 'whole',
  octal_integer_literal: 'whole', binary_integer_literal: 'whole', decimal_floating_point_literal: 'real', hex_floating_point_literal: 'real',
  true: 'true', false: 'false', null_literal: 'null',
};

const named = {
  class_declaration: 'type', interface_declaration: 'type', enum_declaration: 'type', record_declaration: 'type',
  annotation_type_declaration: 'type', enum_constant: 'constant', annotation: 'annotation', marker_annotation: 'annotation',
};

const methods = new Set(['method_declaration', 'constructor_declaration', 'compact_constructor_declaration', 'annotation_type_element_declaration']);
const field = (node, name) => node.childForFieldName(name);
const nameOf = node => (field(node, 'name')?.text ?? '').replace(/\s+/g, '');
const count = (node, kinds) => (node?.namedChildren ?? []).filter(c => kinds ? kinds.includes(c.type) : !c.type.endsWith('comment')).length;

function fact(cursor, facts) {
  const [kind, start, end] = [cursor.nodeType, cursor.startIndex, cursor.endIndex];
  const put = (...parts) => facts.push(parts.join(' '));
  if (spans[kind]) return put(spans[kind], start, end);
  if (named[kind]) return put(named[kind], start, end, nameOf(cursor.currentNode));
  if (methods.has(kind)) {
    const node = cursor.currentNode;
    return put('method', start, end, nameOf(node), count(field(node, 'parameters'), ['formal_parameter', 'spread_parameter']));
  }

  switch (kind) {
    case 'method_invocation': {
      const node = cursor.currentNode;
      return put('call', start, end, nameOf(node), count(field(node, 'arguments')));
    }
    case 'explicit_constructor_invocation': {
      const [node, given] = [cursor.currentNode, field(cursor.currentNode, 'arguments')];
      return put('call', start, given.endIndex, field(node, 'constructor').text, count(given));
    }
    case 'object_creation_expression':
      return put('new', start, end, count(field(cursor.currentNode, 'arguments')));
    case 'if_statement':
      return put('if', start);
    case 'binary_expression':
      return put('binary', start, field(cursor.currentNode, 'operator').type);
    case 'unary_expression':
      return put('unary', start, end, field(cursor.currentNode, 'operator').type);
    case 'update_expression':
      return put('unary', start, end, cursor.currentNode.children.find(c => c.type === '++' || c.type === '--').type);
    case 'assignment_expression':
      return put('assignment', start, end, field(cursor.currentNode, 'operator').type);
    case 'switch_label':
      return put('case', start);
    case 'formal_parameter':
      return put('parameter', start, end, nameOf(cursor.currentNode));
    case 'spread_parameter':
      return put('parameter', start, end, nameOf(cursor.currentNode.namedChildren.findLast(c => c.type === 'variable_declarator')));
    case 'local_variable_declaration':
    case 'field_declaration':
    case 'constant_declaration': {
      const declarators = cursor.currentNode.namedChildren.filter(c => c.type === 'variable_declarator');
      return put('variables', start, declarators.at(-1).endIndex, declarators.length);
    }
    case 'variable_declarator':
      // The name of a list of arguments stands in one of these too.
      return cursor.currentNode.parent.type === 'spread_parameter' ? undefined : put('variable', start, end, nameOf(cursor.currentNode));
    case 'resource': {
      const name = field(cursor.currentNode, 'name');
      return name ? (put('variables', start, end, 1), put('variable', name.startIndex, end, name.text)) : undefined;
    }
  }
}

function facts(text) {
  const tree = parser.parse(text);
  if (tree.rootNode.hasError) {
    tree.delete();
    return null;
  }

  const [found, cursor] = [[], tree.walk()];
  for (;;) {
    if (cursor.nodeIsNamed) fact(cursor, found);
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) {
        cursor.delete();
        tree.delete();
        return found;
      }
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!process.stdout.write(JSON.stringify(facts(JSON.parse(line))) + '\n')) await new Promise(go => process.stdout.once('drain', go));
}
