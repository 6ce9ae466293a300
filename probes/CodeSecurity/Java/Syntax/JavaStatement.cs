using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal abstract record JavaStatement(JavaSpan Span) : JavaNode(Span);

internal sealed record JavaBlock(JavaSpan Span, ImmutableArray<JavaStatement> Statements) : JavaStatement(Span);

internal sealed record JavaLocalVariables(JavaSpan Span, JavaModifiers Modifiers, ImmutableArray<JavaAnnotation> Annotations, JavaTypeSyntax Type, ImmutableArray<JavaVariable> Variables)
    : JavaStatement(Span);

internal sealed record JavaLocalType(JavaSpan Span, JavaTypeDeclaration Declaration) : JavaStatement(Span);

internal sealed record JavaExpressionStatement(JavaSpan Span, JavaExpression Expression) : JavaStatement(Span);

/// <summary>A whole chain of <c>if … else if … else</c>.</summary>
internal sealed record JavaIf(JavaSpan Span, ImmutableArray<JavaBranch> Branches, JavaStatement? Else) : JavaStatement(Span);

internal sealed record JavaBranch(JavaSpan Span, JavaExpression Condition, JavaStatement Then) : JavaNode(Span);

internal sealed record JavaWhile(JavaSpan Span, JavaExpression Condition, JavaStatement Body) : JavaStatement(Span);

internal sealed record JavaDo(JavaSpan Span, JavaStatement Body, JavaExpression Condition) : JavaStatement(Span);

internal sealed record JavaFor(JavaSpan Span, ImmutableArray<JavaStatement> First, JavaExpression? Condition, ImmutableArray<JavaExpression> Steps, JavaStatement Body) : JavaStatement(Span);

internal sealed record JavaForEach(JavaSpan Span, JavaParameter Variable, JavaExpression Values, JavaStatement Body) : JavaStatement(Span);

internal sealed record JavaSwitch(JavaSpan Span, JavaExpression Subject, ImmutableArray<JavaSwitchCase> Cases) : JavaStatement(Span);

/// <summary>One case of a switch.</summary>
/// <param name="Labels">Constants.</param>
/// <param name="Patterns">Patterns; a case has these or <paramref name="Labels"/>.</param>
/// <param name="Guard">Behind <c>when</c>.</param>
/// <param name="IsDefault">Also takes what no other case does.</param>
/// <param name="IsArrow">Does not fall into the next case; its value, where one is wanted, is the expression that is its only statement.</param>
internal sealed record JavaSwitchCase(
    JavaSpan Span,
    ImmutableArray<JavaExpression> Labels,
    ImmutableArray<JavaPattern> Patterns,
    JavaExpression? Guard,
    bool IsDefault,
    bool IsArrow,
    ImmutableArray<JavaStatement> Body) : JavaNode(Span);

internal sealed record JavaReturn(JavaSpan Span, JavaExpression? Value) : JavaStatement(Span);

internal sealed record JavaYield(JavaSpan Span, JavaExpression Value) : JavaStatement(Span);

internal sealed record JavaThrow(JavaSpan Span, JavaExpression Value) : JavaStatement(Span);

/// <param name="Resources">Variables or expressions that are closed at the end.</param>
internal sealed record JavaTry(JavaSpan Span, ImmutableArray<JavaStatement> Resources, JavaBlock Body, ImmutableArray<JavaCatch> Catches, JavaBlock? Finally) : JavaStatement(Span);

internal sealed record JavaCatch(JavaSpan Span, ImmutableArray<JavaAnnotation> Annotations, ImmutableArray<JavaTypeSyntax> Types, string Name, JavaBlock Body) : JavaNode(Span);

internal sealed record JavaSynchronized(JavaSpan Span, JavaExpression Lock, JavaBlock Body) : JavaStatement(Span);

internal sealed record JavaLabeled(JavaSpan Span, string Label, JavaStatement Body) : JavaStatement(Span);

/// <param name="Label">Null where the nearest one is left.</param>
internal sealed record JavaBreak(JavaSpan Span, string? Label) : JavaStatement(Span);

internal sealed record JavaContinue(JavaSpan Span, string? Label) : JavaStatement(Span);

internal sealed record JavaAssert(JavaSpan Span, JavaExpression Condition, JavaExpression? Message) : JavaStatement(Span);

internal sealed record JavaEmpty(JavaSpan Span) : JavaStatement(Span);

/// <summary>What was not understood in a block.</summary>
internal sealed record JavaStatementGap(JavaSpan Span) : JavaStatement(Span);
