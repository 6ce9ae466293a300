using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

[Flags]
internal enum JavaModifiers
{
    None = 0,
    Public = 1,
    Protected = 1 << 1,
    Private = 1 << 2,
    Static = 1 << 3,
    Abstract = 1 << 4,
    Final = 1 << 5,
    Native = 1 << 6,
    Synchronized = 1 << 7,
    Transient = 1 << 8,
    Volatile = 1 << 9,
    Strictfp = 1 << 10,
    Default = 1 << 11,
    Sealed = 1 << 12,
    NonSealed = 1 << 13,
}

internal enum JavaTypeKind : byte
{
    Class,
    Interface,
    Enum,
    Record,
    Annotation,
}

/// <summary>What stands in the body of a type.</summary>
/// <param name="Modifiers">Only what is written.</param>
internal abstract record JavaMember(JavaSpan Span, JavaModifiers Modifiers, ImmutableArray<JavaAnnotation> Annotations) : JavaNode(Span);

/// <summary>A type with a name.</summary>
/// <param name="NameSpan">Of the name alone.</param>
/// <param name="Components">Of a record.</param>
/// <param name="Extends">One of a class, any number of an interface.</param>
/// <param name="Constants">Of an enum.</param>
internal sealed record JavaTypeDeclaration(
    JavaSpan Span,
    JavaModifiers Modifiers,
    ImmutableArray<JavaAnnotation> Annotations,
    JavaTypeKind Kind,
    string Name,
    JavaSpan NameSpan,
    ImmutableArray<JavaTypeParameter> TypeParameters,
    ImmutableArray<JavaParameter> Components,
    ImmutableArray<JavaTypeSyntax> Extends,
    ImmutableArray<JavaTypeSyntax> Implements,
    ImmutableArray<JavaTypeSyntax> Permits,
    ImmutableArray<JavaEnumConstant> Constants,
    ImmutableArray<JavaMember> Members) : JavaMember(Span, Modifiers, Annotations);

/// <summary>A method or constructor.</summary>
/// <param name="Returns">Null of a constructor.</param>
/// <param name="Parameters">Empty of a compact constructor, whose parameters are the components of the record.</param>
/// <param name="IsCompact">Constructor of a record without a list of parameters.</param>
/// <param name="Body">Null where there is none.</param>
/// <param name="Value">Default of an element of an annotation type.</param>
internal sealed record JavaMethod(
    JavaSpan Span,
    JavaModifiers Modifiers,
    ImmutableArray<JavaAnnotation> Annotations,
    string Name,
    JavaSpan NameSpan,
    ImmutableArray<JavaTypeParameter> TypeParameters,
    JavaTypeSyntax? Returns,
    ImmutableArray<JavaParameter> Parameters,
    ImmutableArray<JavaTypeSyntax> Throws,
    bool IsCompact,
    JavaBlock? Body,
    JavaExpression? Value) : JavaMember(Span, Modifiers, Annotations)
{
    public bool IsConstructor => Returns is null;
}

internal sealed record JavaField(JavaSpan Span, JavaModifiers Modifiers, ImmutableArray<JavaAnnotation> Annotations, JavaTypeSyntax Type, ImmutableArray<JavaVariable> Variables)
    : JavaMember(Span, Modifiers, Annotations);

/// <summary>A block in the body of a type; static or of each instance by its modifiers.</summary>
internal sealed record JavaInitializer(JavaSpan Span, JavaModifiers Modifiers, JavaBlock Body) : JavaMember(Span, Modifiers, []);

/// <summary>What was not understood in the body of a type.</summary>
internal sealed record JavaMemberGap(JavaSpan Span) : JavaMember(Span, JavaModifiers.None, []);

/// <param name="Arguments">Of its constructor.</param>
/// <param name="Body">Members of its own; default where it has no body.</param>
internal sealed record JavaEnumConstant(JavaSpan Span, ImmutableArray<JavaAnnotation> Annotations, string Name, ImmutableArray<JavaExpression> Arguments, ImmutableArray<JavaMember> Body)
    : JavaNode(Span);

/// <summary>One name of a field or local variable.</summary>
/// <param name="Dimensions">Brackets behind the name.</param>
internal sealed record JavaVariable(JavaSpan Span, string Name, int Dimensions, JavaExpression? Value) : JavaNode(Span);

/// <param name="Type">Null of a parameter of a lambda without a type.</param>
/// <param name="IsVariable">Takes any number of arguments; <paramref name="Type"/> is that of one.</param>
/// <param name="Dimensions">Brackets behind the name.</param>
internal sealed record JavaParameter(JavaSpan Span, JavaModifiers Modifiers, ImmutableArray<JavaAnnotation> Annotations, JavaTypeSyntax? Type, bool IsVariable, string Name, int Dimensions)
    : JavaNode(Span);

internal sealed record JavaTypeParameter(JavaSpan Span, ImmutableArray<JavaAnnotation> Annotations, string Name, ImmutableArray<JavaTypeSyntax> Bounds) : JavaNode(Span);

/// <summary><c>@Name(key = value)</c>; a value without a key has the key <c>value</c>.</summary>
internal sealed record JavaAnnotation(JavaSpan Span, string Name, ImmutableArray<JavaAnnotationElement> Elements) : JavaNode(Span);

internal sealed record JavaAnnotationElement(JavaSpan Span, string Key, JavaExpression Value) : JavaNode(Span);
