using SmartCity.SecurityCheck.Model;
using static SmartCity.SecurityCheck.Probes.CodeSecurity.DottedName;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which methods of a tree a container calls with foreign input, and which methods without a body give foreign answers, by the tables. One thread at a time.</summary>
internal sealed class EntryPoints(JavaProgram program, MapperStatements mappers)
{
    private readonly ApiIndex _apis = program.Apis;
    private readonly DeclaredAnnotations _annotations = new(program);
    private readonly Dictionary<ProgramMethod, CodeEntry?> _entries = [];
    private readonly Dictionary<ProgramMethod, CodeAnswer?> _answers = [];
    private readonly Dictionary<JavaDeclaredType, HashSet<string>> _above = [];

    /// <returns>Null where no stranger calls the method.</returns>
    public CodeEntry? EntryOf(ProgramMethod method)
    {
        if (!_entries.TryGetValue(method, out var entry))
        {
            var (tabled, own) = (_apis.Entries.FirstOrDefault(e => IsMeant(e, method)), _apis.Own.Entries.FirstOrDefault(e => IsMeant(e, method)));
            _entries[method] = entry = tabled is null || own is null || tabled.Hands.Count > 0 ? tabled ?? own : Together(tabled, own);
        }

        return entry;
    }

    /// <summary>What a project declares takes nothing away that the tables say of it.</summary>
    private static CodeEntry Together(CodeEntry tabled, CodeEntry own) => tabled with { Parameters = own.Parameters, Trust = own.Trust > tabled.Trust ? own.Trust : tabled.Trust };

    /// <returns>Null where it has a body, or its answers are as foreign as what it is given.</returns>
    public CodeAnswer? AnswerOf(ProgramMethod method)
    {
        if (!_answers.TryGetValue(method, out var answer))
        {
            _answers[method] = answer = method.Syntax.Body is null ? _apis.Answers.FirstOrDefault(a => IsMeant(a, method)) : null;
        }

        return answer;
    }

    /// <summary>Methods of a class without a name that is made of a type: the container calls them all the same.</summary>
    public CodeEntry? EntryOf(string? type, JavaMethod method) => type is null ? null : _apis.Entries.FirstOrDefault(e =>
        e.Below.Count > 0 && e.Annotated.Count == 0 && e.OnType.Count == 0 && IsNamed(e, method.Name) && e.Below.Any(b => Fits(b, type) || _apis.IsBelow(type, b)));

    /// <summary>Whether an input of a method is foreign where the container calls it.</summary>
    public bool IsForeign(ProgramMethod method, CodeEntry entry, InputOrigin input) => input.Index > 0
        ? IsForeign(method, entry, input.Index - 1)
        : input.Path.Split(MethodRun.Separator, StringSplitOptions.RemoveEmptyEntries) is [var field, ..] && IsForeignField(method.Owner, entry, field);

    /// <param name="method">The method.</param>
    /// <param name="entry">As which it is called.</param>
    /// <param name="parameter">Counted from 0.</param>
    private bool IsForeign(ProgramMethod method, CodeEntry entry, int parameter)
    {
        if (parameter >= method.Syntax.Parameters.Length)
        {
            return false;
        }

        var annotations = _annotations.Of(method.Owner, method.Syntax.Parameters[parameter].Annotations);
        if (entry.IsAbove)
        {
            annotations = OfParameter(method, parameter);
        }

        return IsForeign(entry, method.ParameterTypes[parameter], annotations);
    }

    /// <summary>What is special of an input by the annotations of its parameter, which may stand where the method is declared first.</summary>
    /// <returns>What it is, for people, what is to be known of it as a beginning, and bits of what it cannot lead to by its form.</returns>
    public (string Kind, StepDoubt Form, ulong Cleans) FormOf(ProgramMethod method, CodeEntry entry, InputOrigin input)
    {
        var (kind, form, cleans) = (entry.Kind, StepDoubt.None, 0UL);
        if (input.Index > 0 && input.Index <= method.Syntax.Parameters.Length && OfParameter(method, input.Index - 1) is { Count: > 0 } annotations)
        {
            foreach (var (known, mask) in _apis.Inputs.Where(i => i.Input.Annotated.Any(annotations.Contains)))
            {
                (kind, form, cleans) = (known.Kind ?? kind, form | (known.IsSegment ? StepDoubt.Segment : StepDoubt.None) | ForeignOrigin.DoubtOf(known.Form), cleans | mask);
            }
        }

        return (kind, form, cleans);
    }

    /// <summary>Frameworks read annotations of parameters where a method is declared above as well.</summary>
    private HashSet<string> OfParameter(ProgramMethod method, int parameter) =>
        [.. _annotations.Of(method.Owner, method.Syntax.Parameters[parameter].Annotations), .. Implemented(method).Where(m => IsSame(m, method)).SelectMany(m => _annotations.Of(m.Owner, m.Syntax.Parameters[parameter].Annotations))];

    /// <summary>Not another method of the name: what is written as a variable above may be any type.</summary>
    private static bool IsSame(ProgramMethod above, ProgramMethod method) => above.ParameterTypes.Zip(method.ParameterTypes).All(p => p.First is null or "java.lang.Object" || p.Second is null || p.First == p.Second);

    private bool IsForeign(CodeEntry entry, string? type, HashSet<string> annotations)
    {
        if (program.IsInert(type))
        {
            return false;
        }

        return entry.Parameters.Count > 0
            ? entry.Parameters.Any(annotations.Contains)
            : !annotations.Overlaps(_apis.OwnAnnotations) && !(type is not null && _apis.OwnTypes.Any(o => Fits(o, type)));
    }

    /// <summary>Whether a parameter of a type is foreign in a method of a class without a name, or in code that is handed to a container.</summary>
    public bool IsForeign(CodeEntry entry, string? type) => IsForeign(entry, type, new HashSet<string>(StringComparer.Ordinal));

    /// <summary>Whether a container fills a field from what a stranger sends.</summary>
    private bool IsForeignField(JavaDeclaredType owner, CodeEntry entry, string name)
    {
        if (entry.Fields.Count == 0 || program.Field(owner, name) is not { IsStatic: false } field)
        {
            return false;
        }

        if (entry.Fields is not ["setters"])
        {
            return _annotations.Of(field.Owner, field.Syntax.Annotations).Overlaps(entry.Fields);
        }

        var (setter, getter) = ($"set{char.ToUpperInvariant(name[0])}{name[1..]}", $"get{char.ToUpperInvariant(name[0])}{name[1..]}");
        if (field.Variable.Value is JavaCreation { Body.IsDefault: true } && program.Declared(field.Owner, getter).Count > 0 && program.Find(program.NameOf(field.Syntax.Type, field.Owner)) is { Syntax.Kind: JavaTypeKind.Class })
        {
            // The container comes by the parts of what the class made itself; what it injects it makes.
            return true;
        }

        return (program.Declared(field.Owner, setter).Count > 0 || field.Owner.Syntax.Annotations.Any(a => a.Name is "Data" or "Setter" or "lombok.Data" or "lombok.Setter"))
            && HoldsData(program.NameOf(field.Syntax.Type, field.Owner)) && !NamesFile(field.Syntax.Type);
    }

    /// <summary>Texts, collections and classes that only hold something; what a container injects has methods that do something, and files it names itself.</summary>
    private bool HoldsData(string? type) => type is not null && (program.Find(type) is { } declared
        ? declared.Syntax.Kind is JavaTypeKind.Class or JavaTypeKind.Record && declared.Syntax.Members.OfType<JavaMethod>().All(m => m.IsConstructor || IsAccessor(m.Name))
        : type is "java.lang.String" || type.EndsWith("[]", StringComparison.Ordinal) || _apis.IsBelow(type, "java.util.Collection") || _apis.IsBelow(type, "java.util.Map"));

    private static bool NamesFile(JavaTypeSyntax type) => type switch
    {
        JavaArrayType array => NamesFile(array.Element),
        JavaNamedType named => named.Name is "File" or "java.io.File" || named.Arguments.Any(NamesFile),
        _ => false,
    };

    private static bool IsAccessor(string name) =>
        name.StartsWith("get", StringComparison.Ordinal) || name.StartsWith("set", StringComparison.Ordinal) || name.StartsWith("is", StringComparison.Ordinal) || name is "toString" or "hashCode" or "equals" or "canEqual";

    private bool IsMeant(CodeEntry entry, ProgramMethod method) =>
        IsNamed(entry, method.Syntax.Name)
        && !method.Syntax.IsConstructor
        && (!entry.IsPublic || method.Syntax.Modifiers.HasFlag(JavaModifiers.Public))
        && (!entry.IsStatic || method.IsStatic)
        && (entry.Takes.Count == 0 || method.ParameterTypes.SequenceEqual(entry.Takes, StringComparer.Ordinal))
        && (entry.IsAbove || entry.Annotated.Count == 0 || Carries(method, entry.Annotated))
        && IsOf(method.Owner, entry.OnType, entry.Below)
        && (!entry.IsAbove || Implemented(method).Any(m => Carries(m, entry.Annotated)))
        && (entry.Hands.Count == 0 || (method.ReturnType is { } returned && entry.Hands.Contains(returned, StringComparer.Ordinal)));

    private bool IsMeant(CodeAnswer answer, ProgramMethod method) =>
        (!answer.IsStatement || mappers.Has(method, null)) && (answer.Annotated.Count == 0 || Carries(method, answer.Annotated)) && IsOf(method.Owner, answer.OnType, answer.Below);

    private static bool IsNamed(CodeEntry entry, string name) => entry.Named.Count == 0 || entry.Named.Contains(name, StringComparer.Ordinal);

    private bool Carries(ProgramMethod method, IReadOnlyList<string> annotations) => _annotations.OfMethod(method).Overlaps(annotations);

    private bool IsOf(JavaDeclaredType type, IReadOnlyList<string> annotations, IReadOnlyList<string> below) =>
        (annotations.Count == 0 || _annotations.OfType(type).Overlaps(annotations)) && (below.Count == 0 || below.Any(b => b[0] == '*' ? Above(type).Any(a => Fits(b, a)) : Above(type).Contains(b)));

    private HashSet<string> Above(JavaDeclaredType type)
    {
        if (!_above.TryGetValue(type, out var above))
        {
            _above[type] = above = program.NamesAbove(type).ToHashSet(StringComparer.Ordinal);
        }

        return above;
    }

    /// <summary>Methods of types above in the tree that a method implements.</summary>
    private IEnumerable<ProgramMethod> Implemented(ProgramMethod method) => method.IsStatic ? [] :
        program.Types.Inheritance.Ancestors(method.Owner).SelectMany(t => program.Declared(t, method.Syntax.Name)).Where(m => m.Syntax.Parameters.Length == method.Syntax.Parameters.Length);

    /// <summary>With a star before or behind any letters may stand there.</summary>
    private static bool Fits(string pattern, string name) =>
        pattern[0] == '*' ? name.EndsWith(pattern[1..], StringComparison.Ordinal) : pattern[^1] == '*' ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == name;

    /// <summary>What a method returns is shown by a browser as it is.</summary>
    public static bool WritesPage(ProgramMethod method)
    {
        if (method.Syntax.Annotations.Any(a => Last(a.Name) is "MessageMapping" or "SubscribeMapping") && !method.Syntax.Annotations.Any(a => Last(a.Name).EndsWith("Mapping", StringComparison.Ordinal) && Last(a.Name) is not ("MessageMapping" or "SubscribeMapping")))
        {
            // The body of a message, which no browser takes for a page.
            return false;
        }

        var isBody = method.Syntax.Annotations.Concat(method.Owner.Syntax.Annotations).Any(a => Last(a.Name) is "ResponseBody" or "RestController");
        return isBody && method.ReturnType == "java.lang.String"
            && !method.Syntax.Annotations.SelectMany(a => a.Elements).Any(e => e.Key == "produces" && JavaWalk.All(e.Value).Any(IsNoPage));
    }

    /// <summary>A kind of content that no browser shows as a page.</summary>
    private static bool IsNoPage(JavaNode kind)
    {
        var text = kind switch { JavaLiteral literal => literal.Value, JavaSelect select => select.Name, _ => string.Empty };
        return text.Contains("json", StringComparison.OrdinalIgnoreCase) || text.Contains("plain", StringComparison.OrdinalIgnoreCase);
    }
}
