namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that leave a step to classes below them: what they do hangs on the class of the object. One thread at a time.</summary>
internal sealed class AskingBelow(JavaProgram program)
{
    private const int MostLeaves = 24;

    /// <summary>Annotations because of which no library makes an object.</summary>
    private static readonly HashSet<string> Idle = new(StringComparer.Ordinal) { "Deprecated", "SuppressWarnings", "Transactional", "Validated", "Documented", "Api", "Tag", "JsonDeserialize", "JsonSerialize", "JsonTypeInfo", "JsonSubTypes" };

    private readonly Dictionary<JavaDeclaredType, List<JavaDeclaredType>?> _leaves = [];
    private HashSet<string>? _nameless;

    private readonly Dictionary<ProgramMethod, bool> _known = [];
    private readonly Dictionary<JavaDeclaredType, HashSet<string>> _below = [];
    private readonly Dictionary<JavaDeclaredType, bool> _last = [];

    /// <summary>Of which it was asked, with the answer.</summary>
    public IReadOnlyDictionary<ProgramMethod, bool> Known => _known;

    /// <summary>It was asked before.</summary>
    public void Remember(ProgramMethod method, bool asks) => _known[method] = asks;

    /// <summary>It calls a method of its own object that a class below declares again, or one that does; in whichever order it is asked.</summary>
    public bool Asks(ProgramMethod method)
    {
        if (_known.TryGetValue(method, out var known))
        {
            return known;
        }

        var (by, open) = (new Dictionary<ProgramMethod, ProgramMethod?> { [method] = null }, new Queue<ProgramMethod>([method]));
        while (open.TryDequeue(out var one))
        {
            if (_known.GetValueOrDefault(one) || OwnCalls(one).Any(c => Below(one.Owner).Contains(c.Name)))
            {
                // All by which it was reached do too.
                for (ProgramMethod? way = one; way is not null; way = by[way])
                {
                    _known[way] = true;
                }

                return true;
            }

            foreach (var next in _known.ContainsKey(one) ? [] : OwnCalls(one).SelectMany(c => program.Declared(one.Owner, c.Name).Where(m => m.Syntax.Parameters.Length == c.Arguments.Length)))
            {
                if (by.TryAdd(next, one))
                {
                    open.Enqueue(next);
                }
            }
        }

        foreach (var one in by.Keys)
        {
            _known[one] = false;
        }

        return false;
    }

    private static IEnumerable<JavaCall> OwnCalls(ProgramMethod method) =>
        method is { IsStatic: false, Syntax.Body: { } body } ? JavaWalk.All(body).OfType<JavaCall>().Where(c => c.Target is null or JavaName { Name: "this" }) : [];

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

    /// <summary>Classes without a name are made of it, or of another one that is called so, anywhere in the tree.</summary>
    public bool IsNameless(JavaDeclaredType type) => Nameless.Contains(type.Syntax.Name);

    private HashSet<string> Nameless => _nameless ??= [.. program.Files.SelectMany(f => JavaWalk.All(f.Unit)).OfType<JavaCreation>().Where(c => !c.Body.IsDefault).Select(c => c.Type).OfType<JavaNamedType>().Select(t => DottedName.Last(t.Name))];

    private HashSet<string> Below(JavaDeclaredType type)
    {
        if (!_below.TryGetValue(type, out var names))
        {
            _below[type] = names = [.. program.Types.Inheritance.Descendants(type.FullName).SelectMany(t => t.Syntax.Members).OfType<JavaMethod>().Where(m => !m.Modifiers.HasFlag(JavaModifiers.Static)).Select(m => m.Name)];
        }

        return names;
    }
}
