using System.Collections.Immutable;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Local variables that stand for what they were told: the outcome of a check, a place in a text, a flag.</summary>
internal sealed partial class MethodRun
{
    private const int MostTold = 8;

    private NameUses _uses;
    private int _told;

    /// <summary>The expression a local variable was given, which still means what it meant then; null where that is not known.</summary>
    private JavaExpression? ToldOnce(JavaName name)
    {
        if (_scopes.Find(name.Name) < 0 || _uses.Of(name.Name) is not { Declared: { Value: { } value } variable, Declarations: 1, Times: 0 })
        {
            return null;
        }

        return JavaWalk.All(value).OfType<JavaName>().All(n => n.Name != name.Name && !IsAssigned(n.Name, variable.Span.Start, name.Span.Start)) ? value : null;
    }

    /// <summary>Between two places of the method, or on the way around a loop that only holds the second.</summary>
    private bool IsAssigned(string name, int from, int to) => _uses.Of(name) is { Times: > 0 } use
        && use.Places.Exists(p => p > from && (p < to || _uses.Loops.Exists(l => l.Start > from && l.Start < to && l.End > to && p < l.End)));

    /// <summary>A variable that says how a check ended.</summary>
    private void AssumeFlag(JavaName name, bool truth)
    {
        if (_told >= MostTold)
        {
            return;
        }

        _told++;
        if ((ToldOnce(name) ?? (truth ? Answered(name) : null)) is { } told)
        {
            Assume(told, truth);
        }
        else if (_uses.Flags.TryGetValue(name.Name, out var flag) && flag.Truth == truth && _scopes.Find(name.Name) is >= 0 and var own)
        {
            var changed = _uses.Locals.Where(l => l.Value.Places.Exists(p => p > flag.At)).Select(l => _scopes.Find(l.Key)).ToHashSet();
            _now!.Change((v, value) => v >= own || changed.Contains(v) ? value : value.WithMarks(CleanedAsIn(flag.State[v].Marks, value.Marks)));
        }

        _told--;
    }

    /// <summary>A flag that is down until one call says otherwise.</summary>
    private JavaCall? Answered(JavaName name) =>
        _uses.Of(name.Name) is { Declared: { Value: JavaLiteral { Kind: JavaTokenKind.False } } declared, Declarations: 1, Times: 1, Given: JavaCall { Arguments.Length: > 0 } call } && call.Span.Start < name.Span.Start
        && JavaWalk.All(call).OfType<JavaName>().All(n => n.Name != name.Name && !IsAssigned(n.Name, call.Span.Start, name.Span.Start) && IsOneIn(n.Name, _uses.Loops.FindAll(l => l.Has(name.Span.Start) && !l.Has(declared.Span.Start))))
            ? call : null;

    /// <summary>The name means one thing in the method, and the same each time around these loops: what a flag kept from the time before is said of it too.</summary>
    private bool IsOneIn(string name, List<JavaSpan> loops) => _uses.Of(name) is not { } use
        || (use.Declarations < 2 && !loops.Exists(l => use.Starts.Exists(l.Has) || use.Places.Exists(l.Has)));

    private static TaintMark[] CleanedAsIn(TaintMark[] then, TaintMark[] now) => now.Length == 0 ? now
        : Array.ConvertAll(now, m => Array.Find(then, t => t.Origin.Equals(m.Origin)) is { } known ? m.Clean(known.Cleaned) : m);

    /// <summary>A flag that is raised at one place only was raised knowing what is known there.</summary>
    private void NoteFlag(JavaAssignment assignment)
    {
        if (assignment is { Target: JavaName { Name: var name }, Operator: JavaOperator.None, Value: JavaLiteral { Kind: JavaTokenKind.True or JavaTokenKind.False } value }
            && _uses.Of(name) is { Declarations: 1, Times: 1, Declared.Value: JavaLiteral { Kind: JavaTokenKind.True or JavaTokenKind.False } first } && first.Kind != value.Kind)
        {
            var state = _uses.Flags.TryGetValue(name, out var before) ? Join(before.State.Copy(), _now!.Copy())! : _now!.Copy();
            _uses.Flags[name] = new Flag(value.Kind == JavaTokenKind.True, assignment.Span.Start, state);
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

        /// <summary>Loops that put one after the other into it.</summary>
        public List<JavaForEach> Walks { get; } = [];

        /// <summary>Where it is declared.</summary>
        public List<int> Starts { get; } = [];

        /// <summary>What it is assigned last; null where that is put together with what it held.</summary>
        public JavaExpression? Given { get; set; }

        /// <summary>Where it is assigned again.</summary>
        public List<int> Places { get; } = [];

        public int Times => Places.Count;
    }

    /// <summary>What is told by the names in a piece of code. Code that was made elsewhere has other variables of these names.</summary>
    private sealed class NameUses
    {
        private Dictionary<string, LocalUse>? _locals;

        /// <param name="code">A method, or code that is handed around.</param>
        public NameUses(JavaNode code) => Code = code;

        public JavaNode Code { get; }

        public Dictionary<string, Flag> Flags { get; } = new(StringComparer.Ordinal);

        /// <summary>Loops that are gone through.</summary>
        public List<Walk> Walks { get; } = [];

        /// <summary>Known once <see cref="Locals"/> are.</summary>
        public List<JavaSpan> Loops { get; } = [];

        public Dictionary<string, LocalUse> Locals
        {
            get
            {
                if (_locals is null)
                {
                    _locals = new Dictionary<string, LocalUse>(StringComparer.Ordinal);
                    foreach (var node in JavaWalk.All(Code))
                    {
                        Look(node);
                    }
                }

                return _locals;
            }
        }

        public LocalUse? Of(string name) => Locals.GetValueOrDefault(name);

        private void Look(JavaNode node)
        {
            switch (node)
            {
                case JavaVariable variable:
                    Declare(variable.Name, variable.Span.Start, variable);
                    break;
                case JavaForEach each:
                    Loops.Add(each.Span);
                    Use(each.Variable.Name).Walks.Add(each);
                    Declare(each.Variable.Name, each.Variable.Span.Start);
                    break;
                case JavaWhile or JavaDo or JavaFor:
                    Loops.Add(node.Span);
                    break;
                case JavaAssignment { Target: JavaName { Name: var name }, Span.Start: var at } assignment:
                    Use(name).Places.Add(at);
                    Use(name).Given = assignment.Operator is JavaOperator.None ? assignment.Value : null;
                    break;
                case JavaUnary { Operator: JavaTokenKind.Increment or JavaTokenKind.Decrement, Operand: JavaName { Name: var counted }, Span.Start: var at }:
                    Use(counted).Places.Add(at);
                    break;
                default:
                    Named(node);
                    break;
            }
        }

        /// <summary>Declarations that stand in no statement of their own.</summary>
        private void Named(JavaNode node)
        {
            switch (node)
            {
                case JavaMethod { Parameters: var given }:
                    Declare(given);
                    break;
                case JavaLambda { Parameters: var given }:
                    Declare(given);
                    break;
                case JavaCatch { Name: var name, Span.Start: var at }:
                    Declare(name, at);
                    break;
                case JavaInstanceOf test:
                    Declare(test.Pattern);
                    break;
                case JavaSwitchCase one:
                    foreach (var pattern in one.Patterns)
                    {
                        Declare(pattern);
                    }

                    break;
            }
        }

        private void Declare(ImmutableArray<JavaParameter> parameters)
        {
            foreach (var parameter in parameters)
            {
                Declare(parameter.Name, parameter.Span.Start);
            }
        }

        private void Declare(JavaPattern pattern)
        {
            if (pattern is JavaTypePattern { Name: { } name })
            {
                Declare(name, pattern.Span.Start);
            }
            else if (pattern is JavaRecordPattern record)
            {
                foreach (var part in record.Parts)
                {
                    Declare(part);
                }
            }
        }

        private void Declare(string name, int at, JavaVariable? variable = null)
        {
            var use = Use(name);
            use.Starts.Add(at);
            use.Declared = variable ?? use.Declared;
            use.Declarations++;
        }

        private LocalUse Use(string name)
        {
            if (!_locals!.TryGetValue(name, out var known))
            {
                _locals[name] = known = new LocalUse();
            }

            return known;
        }
    }
}
