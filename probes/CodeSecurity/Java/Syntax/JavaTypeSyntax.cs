using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A type as it is written.</summary>
internal abstract record JavaTypeSyntax(JavaSpan Span) : JavaNode(Span);

/// <summary>A primitive type, <c>void</c>, <c>var</c> or the name of a class.</summary>
/// <param name="Outer">Only where the type around it has arguments of its own; else null and the name is dotted.</param>
/// <param name="HasArguments">Angles are there, be they empty.</param>
internal sealed record JavaNamedType(JavaSpan Span, JavaNamedType? Outer, string Name, ImmutableArray<JavaTypeSyntax> Arguments, bool HasArguments) : JavaTypeSyntax(Span);

internal sealed record JavaArrayType(JavaSpan Span, JavaTypeSyntax Element, int Dimensions) : JavaTypeSyntax(Span);

/// <summary><c>?</c>, <c>? extends T</c> or <c>? super T</c>.</summary>
internal sealed record JavaWildcardType(JavaSpan Span, JavaTypeSyntax? Extends, JavaTypeSyntax? Super) : JavaTypeSyntax(Span);

/// <summary><c>A &amp; B</c> of a cast.</summary>
internal sealed record JavaIntersectionType(JavaSpan Span, ImmutableArray<JavaTypeSyntax> Parts) : JavaTypeSyntax(Span);
