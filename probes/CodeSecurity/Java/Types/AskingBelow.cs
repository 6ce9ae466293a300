namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Methods that leave a step to classes below them: what they do hangs on the class of the object. One thread at a time.</summary>
internal sealed class AskingBelow(JavaProgram program)
{
    private const int Deepest = 60;

    private readonly Dictionary<ProgramMethod, bool> _known = [];
    private readonly HashSet<ProgramMethod> _open = [];
    private readonly Dictionary<JavaDeclaredType, HashSet<string>> _below = [];
    private int _depth;
    private readonly Dictionary<JavaDeclaredType, bool> _last = [];

    /// <summary>Of which it was asked, with the answer.</summary>
    public IReadOnlyDictionary<ProgramMethod, bool> Known => _known;

    /// <summary>It was asked before.</summary>
    public void Remember(ProgramMethod method, bool asks) => _known[method] = asks;

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
