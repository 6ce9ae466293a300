namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Local variables that stand for what they were told: the outcome of a check, a place in a text, a flag.</summary>
internal sealed partial class MethodRun
{
    private const int MostTold = 8;

    private readonly Dictionary<string, Flag> _flags = new(StringComparer.Ordinal);
    private Dictionary<string, LocalUse>? _locals;
    private List<JavaSpan>? _loops;
    private int _told;

    /// <summary>The expression a local variable was given, which still means what it meant then; null where that is not known.</summary>
    private JavaExpression? ToldOnce(JavaName name)
    {
        if (_scopes.Find(name.Name) < 0 || Local(name.Name) is not { Declared: { Value: { } value } variable, Declarations: 1, Times: 0 })
        {
            return null;
        }

        return JavaWalk.All(value).OfType<JavaName>().All(n => n.Name != name.Name && !IsAssigned(n.Name, variable.Span.Start, name.Span.Start)) ? value : null;
    }

    /// <summary>Between two places of the method, or on the way around a loop that only holds the second.</summary>
    private bool IsAssigned(string name, int from, int to) => Local(name) is { Times: > 0 } use
        && use.Places.Exists(p => p > from && (p < to || _loops!.Exists(l => l.Start > from && l.Start < to && l.End > to && p < l.End)));

    /// <summary>A variable that says how a check ended.</summary>
    private void AssumeFlag(JavaName name, bool truth)
    {
        if (_told >= MostTold)
        {
            return;
        }

        _told++;
        if (ToldOnce(name) is { } told)
        {
            Assume(told, truth);
        }
        else if (_flags.TryGetValue(name.Name, out var flag) && flag.Truth == truth && _scopes.Find(name.Name) is >= 0 and var own)
        {
            var changed = _locals!.Where(l => l.Value.Places.Exists(p => p > flag.At)).Select(l => _scopes.Find(l.Key)).ToHashSet();
            _now!.Change((v, value) => v >= own || changed.Contains(v) ? value : value.WithMarks(CleanedAsIn(flag.State[v].Marks, value.Marks)));
        }

        _told--;
    }

    private static TaintMark[] CleanedAsIn(TaintMark[] then, TaintMark[] now) => now.Length == 0 ? now
        : Array.ConvertAll(now, m => Array.Find(then, t => t.Origin.Equals(m.Origin)) is { } known ? m.Clean(known.Cleaned) : m);

    /// <summary>A flag that is raised at one place only was raised knowing what is known there.</summary>
    private void NoteFlag(JavaAssignment assignment)
    {
        if (assignment is { Target: JavaName { Name: var name }, Operator: JavaOperator.None, Value: JavaLiteral { Kind: JavaTokenKind.True or JavaTokenKind.False } value }
            && Local(name) is { Declarations: 1, Times: 1, Declared.Value: JavaLiteral { Kind: JavaTokenKind.True or JavaTokenKind.False } first } && first.Kind != value.Kind)
        {
            var state = _flags.TryGetValue(name, out var before) ? Join(before.State.Copy(), _now!.Copy())! : _now!.Copy();
            _flags[name] = new Flag(value.Kind == JavaTokenKind.True, assignment.Span.Start, state);
        }
    }

    private LocalUse? Local(string name)
    {
        _locals ??= Locals();
        return _locals.GetValueOrDefault(name);
    }

    private Dictionary<string, LocalUse> Locals()
    {
        var found = new Dictionary<string, LocalUse>(StringComparer.Ordinal);
        _loops = [];
        foreach (var node in _method.Syntax.Body is { } body ? JavaWalk.All(body) : [])
        {
            switch (node)
            {
                case JavaVariable variable:
                    Of(variable.Name).Declared = variable;
                    Of(variable.Name).Declarations++;
                    break;
                case JavaForEach each:
                    _loops.Add(each.Span);
                    Of(each.Variable.Name).Declarations++;
                    break;
                case JavaWhile or JavaDo or JavaFor:
                    _loops.Add(node.Span);
                    break;
                case JavaParameter { Name: var name }:
                    Of(name).Declarations++;
                    break;
                case JavaAssignment { Target: JavaName { Name: var name }, Span.Start: var at }:
                    Of(name).Places.Add(at);
                    break;
                case JavaUnary { Operator: JavaTokenKind.Increment or JavaTokenKind.Decrement, Operand: JavaName { Name: var counted }, Span.Start: var at }:
                    Of(counted).Places.Add(at);
                    break;
            }
        }

        return found;

        LocalUse Of(string name)
        {
            if (!found.TryGetValue(name, out var known))
            {
                found[name] = known = new LocalUse();
            }

            return known;
        }
    }

    /// <param name="Truth">What it says.</param>
    /// <param name="At">Where it is raised.</param>
    /// <param name="State">What is known there.</param>
    private sealed record Flag(bool Truth, int At, FlowState State);

    /// <summary>How a name is used in the method.</summary>
    private sealed class LocalUse
    {
        public JavaVariable? Declared { get; set; }

        public int Declarations { get; set; }

        /// <summary>Where it is assigned again.</summary>
        public List<int> Places { get; } = [];

        public int Times => Places.Count;
    }
}
