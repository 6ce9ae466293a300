using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A file of Java.</summary>
/// <param name="Span">The whole text.</param>
/// <param name="Package">Dotted name; empty where none is declared.</param>
/// <param name="Annotations">Of the package.</param>
/// <param name="Imports">In order.</param>
/// <param name="Members">Types; methods and fields only where braces are missing before them or the file has none around them.</param>
/// <param name="Module">Of a <c>module-info.java</c>.</param>
/// <param name="Gaps">What was not understood, by place.</param>
internal sealed record JavaUnit(
    JavaSpan Span,
    string Package,
    ImmutableArray<JavaAnnotation> Annotations,
    ImmutableArray<JavaImport> Imports,
    ImmutableArray<JavaMember> Members,
    JavaModule? Module,
    ImmutableArray<JavaGap> Gaps) : JavaNode(Span)
{
    /// <summary>Tokens read.</summary>
    public int Tokens { get; init; }
}

/// <summary><c>import static a.b.C.d;</c></summary>
/// <param name="Name">Dotted, without the star.</param>
/// <param name="IsStatic">Imports members of a type.</param>
/// <param name="IsOnDemand">Ends with a star.</param>
internal sealed record JavaImport(JavaSpan Span, string Name, bool IsStatic, bool IsOnDemand) : JavaNode(Span);

internal sealed record JavaModule(JavaSpan Span, ImmutableArray<JavaAnnotation> Annotations, string Name, bool IsOpen, ImmutableArray<JavaModuleDirective> Directives) : JavaNode(Span);

/// <summary>One line of a module.</summary>
/// <param name="Word"><c>requires</c>, <c>exports</c>, <c>opens</c>, <c>uses</c> or <c>provides</c>.</param>
/// <param name="Name">Of the module, package or service.</param>
/// <param name="Targets">Behind <c>to</c> or <c>with</c>.</param>
internal sealed record JavaModuleDirective(JavaSpan Span, string Word, string Name, ImmutableArray<string> Targets) : JavaNode(Span);
