using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal abstract record JavaExpression(JavaSpan Span) : JavaNode(Span);

/// <param name="Kind">One of the literal kinds.</param>
/// <param name="Value">Of characters and texts: what they stand for; else as it is written.</param>
internal sealed record JavaLiteral(JavaSpan Span, JavaTokenKind Kind, string Value) : JavaExpression(Span);

/// <summary>A single word: a variable, type or package; also <c>this</c> and <c>super</c>.</summary>
internal sealed record JavaName(JavaSpan Span, string Name) : JavaExpression(Span);

/// <summary><c>target.name</c>: a field, type or package; also <c>Outer.this</c> and <c>Outer.super</c>.</summary>
internal sealed record JavaSelect(JavaSpan Span, JavaExpression Target, string Name) : JavaExpression(Span);

/// <summary>A call of a method; of a constructor where the name is <c>this</c> or <c>super</c>.</summary>
/// <param name="Target">Null where none is written.</param>
/// <param name="NameSpan">Of the name alone.</param>
internal sealed record JavaCall(JavaSpan Span, JavaExpression? Target, string Name, JavaSpan NameSpan, ImmutableArray<JavaTypeSyntax> TypeArguments, ImmutableArray<JavaExpression> Arguments)
    : JavaExpression(Span);

/// <summary><c>new T(…) { … }</c></summary>
/// <param name="Outer">The instance in <c>outer.new Inner()</c>.</param>
/// <param name="Body">Members of an anonymous class; default where there is none.</param>
internal sealed record JavaCreation(JavaSpan Span, JavaExpression? Outer, JavaTypeSyntax Type, ImmutableArray<JavaExpression> Arguments, ImmutableArray<JavaMember> Body) : JavaExpression(Span);

/// <summary><c>new T[3][]</c> or <c>new T[] { … }</c></summary>
/// <param name="Element">Without any dimension.</param>
/// <param name="Lengths">Of the first dimensions.</param>
/// <param name="Dimensions">All of them.</param>
internal sealed record JavaArrayCreation(JavaSpan Span, JavaTypeSyntax Element, ImmutableArray<JavaExpression> Lengths, int Dimensions, JavaArrayValues? Values) : JavaExpression(Span);

/// <summary><c>{ a, b }</c> of an array or annotation.</summary>
internal sealed record JavaArrayValues(JavaSpan Span, ImmutableArray<JavaExpression> Values) : JavaExpression(Span);

/// <summary>An annotation as value of another.</summary>
internal sealed record JavaAnnotationValue(JavaSpan Span, JavaAnnotation Annotation) : JavaExpression(Span);

internal sealed record JavaIndex(JavaSpan Span, JavaExpression Target, JavaExpression Index) : JavaExpression(Span);

/// <summary><c>T.class</c></summary>
internal sealed record JavaClassLiteral(JavaSpan Span, JavaTypeSyntax Type) : JavaExpression(Span);

/// <summary><c>target::name</c>; <c>new</c> is a name too.</summary>
/// <param name="Target">Null where a type stands before the colons that can be nothing else.</param>
internal sealed record JavaMethodReference(JavaSpan Span, JavaExpression? Target, JavaTypeSyntax? Type, string Name) : JavaExpression(Span);

/// <param name="Body">A block or an expression.</param>
internal sealed record JavaLambda(JavaSpan Span, ImmutableArray<JavaParameter> Parameters, JavaNode Body) : JavaExpression(Span);

/// <summary>A sign before its operand, or an increment or decrement behind it.</summary>
internal sealed record JavaUnary(JavaSpan Span, JavaTokenKind Operator, bool IsPostfix, JavaExpression Operand) : JavaExpression(Span);

/// <summary>Operators of one precedence in a row, read from the left: <c>a + b - c</c> is one of these with two steps.</summary>
internal sealed record JavaBinary(JavaSpan Span, JavaExpression First, ImmutableArray<JavaBinaryStep> Steps) : JavaExpression(Span);

[StructLayout(LayoutKind.Auto)]
internal readonly record struct JavaBinaryStep(JavaOperator Operator, JavaExpression Operand);

internal enum JavaOperator : byte
{
    None,
    OrElse,
    AndAlso,
    Or,
    Xor,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

internal sealed record JavaInstanceOf(JavaSpan Span, JavaExpression Value, JavaPattern Pattern) : JavaExpression(Span);

internal sealed record JavaCast(JavaSpan Span, JavaTypeSyntax Type, JavaExpression Operand) : JavaExpression(Span);

internal sealed record JavaConditional(JavaSpan Span, JavaExpression Condition, JavaExpression WhenTrue, JavaExpression WhenFalse) : JavaExpression(Span);

/// <param name="Operator"><see cref="JavaOperator.None"/> of a plain assignment.</param>
internal sealed record JavaAssignment(JavaSpan Span, JavaExpression Target, JavaOperator Operator, JavaExpression Value) : JavaExpression(Span);

internal sealed record JavaSwitchExpression(JavaSpan Span, JavaExpression Subject, ImmutableArray<JavaSwitchCase> Cases) : JavaExpression(Span);

/// <summary>Stands where an expression was expected and not understood.</summary>
internal sealed record JavaMissing(JavaSpan Span) : JavaExpression(Span);

internal abstract record JavaPattern(JavaSpan Span) : JavaNode(Span);

/// <param name="Name">Null where the type alone is asked for.</param>
internal sealed record JavaTypePattern(JavaSpan Span, JavaTypeSyntax Type, string? Name) : JavaPattern(Span);

internal sealed record JavaRecordPattern(JavaSpan Span, JavaTypeSyntax Type, ImmutableArray<JavaPattern> Parts) : JavaPattern(Span);
