using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What our tree of syntax says of a text, written as tree-sitter.mjs writes what the other parser says.</summary>
internal static class JavaFacts
{
    /// <summary>Where the other parser has no node of its own for what is written.</summary>
    private const string None = "";

    public static IEnumerable<string> Of(JavaUnit unit) => JavaTree.All(unit).SelectMany(n => Of(n.Node, n.Parent)).Where(f => f.Length > 0);

    private static IEnumerable<string> Of(JavaNode node, JavaNode? parent) => node switch
    {
        JavaStatement statement => OfStatement(statement, parent),
        JavaExpression expression => OfExpression(expression),
        _ => OfDeclaration(node, parent),
    };

    private static IEnumerable<string> OfDeclaration(JavaNode node, JavaNode? parent) => node switch
    {
        JavaTypeDeclaration n => [Said("type", n, n.Name)],
        JavaMethod n => [Said("method", n, n.Name, n.Parameters.Length)],
        JavaField n => [Variables(n.Span.Start, n.Variables)],
        JavaVariable n => [Said("variable", n, n.Name)],
        JavaEnumConstant n => [Said("constant", n, n.Name)],
        JavaAnnotation n => [Said("annotation", n, n.Name)],
        JavaImport n => [Said("import", n)],
        JavaModuleDirective n => [Said("directive", n)],
        JavaParameter { Type: null } => [],
        JavaParameter n => [parent is JavaForEach ? None : Said("parameter", n, n.Name)],
        JavaTypeParameter n => [Said("parameter of type", n)],
        JavaCatch n => [Said("catch", n)],
        JavaBranch n => [string.Create(CultureInfo.InvariantCulture, $"if {n.Span.Start}")],
        JavaSwitchCase n => [string.Create(CultureInfo.InvariantCulture, $"case {n.Span.Start}")],
        JavaRecordPattern n => [Said("pattern", n)],
        JavaWildcardType n => [Said("wildcard", n)],
        JavaNamedType { HasArguments: true } n => [Said("generic", n)],
        _ => [],
    };

    private static IEnumerable<string> OfStatement(JavaStatement node, JavaNode? parent) => node switch
    {
        JavaBlock => [Said("block", node)],
        JavaLocalVariables n => [Variables(n.Span.Start, n.Variables)],

        // The other parser has expressions in the head of a loop and in that of a try.
        JavaExpressionStatement n when (parent is JavaFor loop && loop.First.Contains(n)) || (parent is JavaTry guarded && guarded.Resources.Contains(n)) => [],
        JavaExpressionStatement { Expression: not JavaCall { Name: "this" or "super" } } => [Said("expression", node)],
        JavaWhile => [Said("while", node)],
        JavaDo => [Said("do", node)],
        JavaFor => [Said("for", node)],
        JavaForEach => [Said("foreach", node)],
        JavaSwitch => [Said("switch", node)],
        JavaReturn => [Said("return", node)],
        JavaYield => [Said("yield", node)],
        JavaThrow => [Said("throw", node)],
        JavaTry => [Said("try", node)],
        JavaSynchronized => [Said("synchronized", node)],
        JavaLabeled => [Said("labeled", node)],
        JavaBreak => [Said("break", node)],
        JavaContinue => [Said("continue", node)],
        JavaAssert => [Said("assert", node)],
        _ => [],
    };

    private static IEnumerable<string> OfExpression(JavaExpression node) => node switch
    {
        JavaLiteral n => [Said(KindOf(n.Kind), n)],

        // Outer.super before a call is no expression of its own there.
        JavaSelect { Name: "super" } => [],
        JavaSelect => [Said("select", node)],
        JavaCall n => [Said("call", n, n.Name, n.Arguments.Length)],
        JavaCreation n => [Said("new", n, n.Arguments.Length)],
        JavaArrayCreation => [Said("array", node)],
        JavaArrayValues => [Said("values", node)],
        JavaIndex => [Said("index", node)],
        JavaClassLiteral => [Said("class", node)],
        JavaMethodReference => [Said("reference", node)],
        JavaLambda => [Said("lambda", node)],
        JavaUnary n => [Said("unary", n, Sign(n.Operator))],
        JavaBinary n => n.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"binary {n.Span.Start} {Sign(s.Operator)}")),
        JavaInstanceOf => [Said("instanceof", node)],
        JavaCast => [Said("cast", node)],
        JavaConditional => [Said("conditional", node)],
        JavaAssignment n => [Said("assignment", n, (n.Operator == JavaOperator.None ? string.Empty : Sign(n.Operator)) + "=")],
        JavaSwitchExpression => [Said("switch", node)],
        _ => [],
    };

    private static string Said(string kind, JavaNode node, params object[] more) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind} {node.Span.Start} {node.Span.End}{string.Concat(more.Select(m => $" {m}"))}");

    private static string Variables(int start, IReadOnlyList<JavaVariable> all) =>
        all.Count == 0 ? None : string.Create(CultureInfo.InvariantCulture, $"variables {start} {all[^1].Span.End} {all.Count}");

    private static string KindOf(JavaTokenKind literal) => literal switch
    {
        JavaTokenKind.IntLiteral or JavaTokenKind.LongLiteral => "whole",
        JavaTokenKind.FloatLiteral or JavaTokenKind.DoubleLiteral => "real",
        JavaTokenKind.CharLiteral => "character",
        JavaTokenKind.StringLiteral or JavaTokenKind.TextBlock => "text",
        JavaTokenKind.True => "true",
        JavaTokenKind.False => "false",
        _ => "null",
    };

    private static string Sign(JavaTokenKind kind) => kind switch
    {
        JavaTokenKind.Plus => "+",
        JavaTokenKind.Minus => "-",
        JavaTokenKind.Not => "!",
        JavaTokenKind.Complement => "~",
        JavaTokenKind.Increment => "++",
        _ => "--",
    };

    private static string Sign(JavaOperator sign) => sign switch
    {
        JavaOperator.OrElse => "||",
        JavaOperator.AndAlso => "&&",
        JavaOperator.Or => "|",
        JavaOperator.Xor => "^",
        JavaOperator.And => "&",
        JavaOperator.Equal => "==",
        JavaOperator.NotEqual => "!=",
        JavaOperator.Less => "<",
        JavaOperator.Greater => ">",
        JavaOperator.LessEqual => "<=",
        JavaOperator.GreaterEqual => ">=",
        JavaOperator.ShiftLeft => "<<",
        JavaOperator.ShiftRight => ">>",
        JavaOperator.ShiftRightUnsigned => ">>>",
        JavaOperator.Add => "+",
        JavaOperator.Subtract => "-",
        JavaOperator.Multiply => "*",
        JavaOperator.Divide => "/",
        _ => "%",
    };
}
