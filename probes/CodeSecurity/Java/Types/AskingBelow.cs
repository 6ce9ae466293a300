namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that leave a step to classes below them: what they do hangs on the class of the object. One thread at a time.</summary>
internal sealed class AskingBelow(JavaProgram program)
{
    private const int Deepest = 60;
    private const int MostLeaves = 24;

    /// <summary>Annotations because of which no library makes an object.</summary>
    private static readonly HashSet<string> Idle = new(StringComparer.Ordinal) { "Deprecated", "SuppressWarnings", "Transactional", "Validated", "Documented", "Api", "Tag", "JsonDeserialize", "JsonSerialize", "JsonTypeInfo", "JsonSubTypes" };

    private readonly Dictionary<JavaDeclaredType, List<JavaDeclaredType>?> _leaves = [];
    private HashSet<string>? _nameless;

    private readonly Dictionary<ProgramMethod, bool> _known = [];
    private readonly HashSet<ProgramMethod> _open = [];
    private readonly Dictionary<JavaDeclaredType, HashSet<string>> _below = [];
    private int _depth;
    private readonly Dictionary<JavaDeclaredType, bool> _last = [];

    /// <summary>It calls a method of its own object that a class below declares again, or one that does.</summary>
    public bool Asks(ProgramMethod method)
    {
        // A circle asks by what else is in it; of a long chain it is taken that its end does, which only goes through it once more.
        if (!_known.TryGetValue(method, out var asks) && _depth >= Deepest)
        {
            return true;
        }

        if (!_known.ContainsKey(method) && _open.Add(method))
        {
            _depth++;
            _known[method] = asks = method is { IsStatic: false, Syntax.Body: { } body } && JavaWalk.All(body).OfType<JavaCall>().Any(c => Asks(method, c));
            _depth--;
        }

        return asks;
    }

    /// <summary>No class of the tree is below it.</summary>
    public bool IsLast(JavaDeclaredType type)
    {
        if (!_last.TryGetValue(type, out var isLast))
        {
            _last[type] = isLast = type.Syntax.Kind == JavaTypeKind.Class && !type.Syntax.Modifiers.HasFlag(JavaModifiers.Abstract) && !program.Types.Inheritance.Descendants(type.FullName).Any();
        }

        return isLast;
    }

    /// <summary>Classes an object of the type may be of; null where there may be others that nobody sees: code that stands for an interface, classes without a name, what a library makes of an annotated interface.</summary>
    public List<JavaDeclaredType>? Leaves(JavaDeclaredType type)
    {
        if (!_leaves.TryGetValue(type, out var leaves))
        {
            List<JavaDeclaredType> all = [type, .. program.Types.Inheritance.Descendants(type.FullName)];
            leaves = all.FindAll(t => t.Syntax.Kind != JavaTypeKind.Interface && !t.Syntax.Modifiers.HasFlag(JavaModifiers.Abstract));
            _leaves[type] = leaves = leaves.Count is 0 or > MostLeaves || all.Exists(MayBeMoreOf) ? null : leaves;
        }

        return leaves;
    }

    private bool MayBeMoreOf(JavaDeclaredType type) => type.Syntax.Kind is not (JavaTypeKind.Interface or JavaTypeKind.Class or JavaTypeKind.Record) || Nameless.Contains(type.Syntax.Name) || program.Types.DeclaredTwice.Contains(type.FullName)
        || (type.Syntax.Kind == JavaTypeKind.Interface && (type.Syntax.Annotations.Any(a => !Idle.Contains(DottedName.Last(a.Name))) || MayBeCode(type)));

    /// <summary>It leaves a single method open, as far as the tree knows.</summary>
    private bool MayBeCode(JavaDeclaredType type) =>
        program.Types.Inheritance.Ancestors(type).Prepend(type).SelectMany(t => t.Syntax.Members).OfType<JavaMethod>().Where(m => m.Body is null && !m.Modifiers.HasFlag(JavaModifiers.Static)).Select(m => m.Name).Distinct(StringComparer.Ordinal).Count() < 2
        && program.Types.Inheritance.Descendants(type.FullName).Prepend(type).Any(t => t.Syntax.Kind == JavaTypeKind.Interface);

    /// <summary>What classes without a name are made of, anywhere in the tree.</summary>
    private HashSet<string> Nameless => _nameless ??= [.. program.Files.SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaCreation>().Where(c => !c.Body.IsDefault).Select(c => c.Type).OfType<JavaNamedType>().Select(t => DottedName.Last(t.Name))];

    private bool Asks(ProgramMethod method, JavaCall call) => call.Target is null or JavaName { Name: "this" }
        && (Below(method.Owner).Contains(call.Name) || program.Declared(method.Owner, call.Name).Exists(m => !ReferenceEquals(m, method) && m.Syntax.Parameters.Length == call.Arguments.Length && Asks(m)));

    private HashSet<string> Below(JavaDeclaredType type)
    {
        if (!_below.TryGetValue(type, out var names))
        {
            _below[type] = names = [.. program.Types.Inheritance.Descendants(type.FullName).SelectMany(t => t.Syntax.Members).OfType<JavaMethod>().Where(m => !m.Modifiers.HasFlag(JavaModifiers.Static)).Select(m => m.Name)];
        }

        return names;
    }
}
