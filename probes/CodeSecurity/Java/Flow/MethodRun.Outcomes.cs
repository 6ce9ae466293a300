namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Answers that say how a check ended: where one of its ways out is ruled out, what the others have checked is checked.</summary>
internal sealed partial class MethodRun
{
    private const int DeepestAnswer = 6;

    private void AssumeOutcome(JavaExpression condition, bool truth)
    {
        foreach (var name in Asked(condition))
        {
            if (ToldOnce(name) is not JavaCall { Arguments.Length: > 0 } told || !_answered.TryGetValue(told, out var answered) || Rewritten(answered) is not { } rewritten || OutcomesOf(told) is not { Count: > 1 } outcomes)
            {
                continue;
            }

            ulong[]? cleaned = null;
            foreach (var outcome in outcomes)
            {
                if (outcome.IsUnclear || new Answer(this, outcome, name.Name, rewritten).Holds(condition) is not { } said || said == truth)
                {
                    cleaned = ReturnPoint.Meet(cleaned, outcome.Cleaned);
                }
            }

            for (var i = 0; cleaned is not null && i < told.Arguments.Length && i + 1 < cleaned.Length; i++)
            {
                if (cleaned[i + 1] != 0 && i < answered.Given.Count && IsAlike(Quietly(told.Arguments[i]), answered.Given[i]))
                {
                    CleanPlace(told.Arguments[i], cleaned[i + 1]);
                }
            }
        }
    }

    private readonly Dictionary<JavaNode, Reply> _answered = new(ReferenceEqualityComparer.Instance);

    /// <summary>What a call was given and what it handed back, as both were then.</summary>
    private void NoteAnswer(CallSite site, FlowValue answer)
    {
        if (_now is not null && answer is { Objects.Length: > 0, MayBeOther: false })
        {
            _answered[site.Node] = new Reply(site.Arguments, [.. answer.Objects.Select(o => (o, ObjectAt(o)))]);
        }
        else
        {
            _answered.Remove(site.Node);
        }
    }

    /// <summary>Parts of the answer somebody wrote into since; that something in one was cleaned is no writing. Null where that may be any.</summary>
    private HashSet<string>? Rewritten(Reply answered)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (number, then) in answered.Objects)
        {
            var now = ObjectAt(number);
            if (ReferenceEquals(now, then))
            {
                continue;
            }

            if (now is null || then is null || now.Parts.ContainsKey(FlowObject.Any))
            {
                return null;
            }

            all.UnionWith(now.Parts.Where(p => !then.Parts.TryGetValue(p.Key, out var held) || !(ReferenceEquals(p.Value, held) || (held.Marks.Length > 0 && IsAlike(p.Value, held)))).Select(p => p.Key));
        }

        return all;
    }

    /// <summary>It comes from where it came from then, and is nothing else.</summary>
    private static bool IsAlike(FlowValue now, FlowValue then) => ReferenceEquals(now, then)
        || (Equals(now.Constant, then.Constant) && now.Objects.AsSpan().SequenceEqual(then.Objects) && now.Marks.Length == then.Marks.Length
            && Array.TrueForAll(now.Marks, m => Array.Exists(then.Marks, t => t.Origin.Equals(m.Origin) && t.Soiled == m.Soiled)));

    /// <param name="Given">In order.</param>
    /// <param name="Objects">That may have come back.</param>
    private sealed record Reply(IReadOnlyList<FlowValue> Given, (int Number, FlowObject? One)[] Objects);

    /// <summary>Variables something is asked of.</summary>
    private static IEnumerable<JavaName> Asked(JavaExpression condition)
    {
        switch (condition)
        {
            case JavaCall { Target: JavaName asked }:
                yield return asked;
                break;
            case JavaSelect { Target: JavaName asked }:
                yield return asked;
                break;
            case JavaCall { Arguments: [JavaCall { Target: JavaName other }] }:
                yield return other;
                break;
            case JavaBinary { Steps: [{ Operand: var operand }] } compare:
                foreach (var name in Asked(compare.First).Concat(Asked(operand)))
                {
                    yield return name;
                }

                break;
        }
    }

    private IReadOnlyList<ReturnOutcome>? OutcomesOf(JavaCall told) =>
        Meant(told) is [{ Syntax.Body: not null } only] ? _book.Of(only, ContextOf([.. told.Arguments.Select(Quietly)], only.ParameterTypes)).Outcomes : null;

    /// <summary>What an answer says of itself.</summary>
    private sealed class Answer
    {
        private readonly MethodRun _run;
        private readonly ReturnOutcome _outcome;
        private readonly string _variable;
        private readonly HashSet<string> _rewritten;

        /// <param name="run">In which it is asked.</param>
        /// <param name="outcome">The answer.</param>
        /// <param name="variable">That holds it.</param>
        /// <param name="rewritten">Fields of which it says nothing any more.</param>
        public Answer(MethodRun run, ReturnOutcome outcome, string variable, HashSet<string> rewritten) => (_run, _outcome, _variable, _rewritten) = (run, outcome, variable, rewritten);

        /// <summary>Type whose code is looked at; null where it is asked from outside.</summary>
        private JavaDeclaredType? _within;
        private int _depth;

        public bool? Holds(JavaExpression condition) => ValueOf(condition) as bool?;

        /// <returns>Null where it is not known.</returns>
        private object? ValueOf(JavaExpression expression) => expression switch
        {
            JavaUnary { Operator: JavaTokenKind.Not } not => Holds(not.Operand) is { } truth ? !truth : null,
            JavaBinary { Steps: [var step] } binary => Compared(binary.First, step),
            JavaCall { Name: "equals", Target: { } one, Arguments: [var other] } when !IsSelf(one) => Same(ValueOf(one), ValueOf(other)),
            JavaCall { Name: "equals", Arguments: [var one, var other] } => Same(ValueOf(one), ValueOf(other)),
            JavaCall { Name: "intValue" or "booleanValue" or "longValue", Arguments.Length: 0, Target: { } boxed } => ValueOf(boxed),
            JavaCall { Arguments.Length: 0, Target: null } call when _within is not null => OwnWord(call.Name),
            JavaCall { Arguments.Length: 0, Target: { } target } call when IsSelf(target) => OwnWord(call.Name),
            JavaName name when _within is not null => Field(name.Name),
            JavaSelect select when IsSelf(select.Target) => Field(select.Name),
            JavaSelect select => _run._program.Find(Dotted(select.Target) is { } type ? _run._program.Resolve(type, _within ?? _run._type) : null) is { } owner && _run._program.Field(owner, select.Name) is { IsStatic: true } field ? _run.Fixed(field)?.Constant : null,
            _ => ConstantOf(expression),
        };

        private bool IsSelf(JavaExpression target) => target is JavaName name && (_within is null ? name.Name == _variable : name.Name == "this");

        private object? Compared(JavaExpression first, JavaBinaryStep step)
        {
            if (step.Operator is JavaOperator.Equal or JavaOperator.NotEqual)
            {
                return Same(ValueOf(first), ValueOf(step.Operand)) is { } same ? same == (step.Operator is JavaOperator.Equal) : null;
            }

            if (step.Operator is not (JavaOperator.AndAlso or JavaOperator.OrElse))
            {
                return ConstantFolding.Binary(step.Operator, ValueOf(first), ValueOf(step.Operand));
            }

            var (one, other, decides) = (Holds(first), Holds(step.Operand), step.Operator is JavaOperator.OrElse);
            return one == decides || other == decides ? decides : one is not null && other is not null ? !decides : null;
        }

        private static bool? Same(object? a, object? b) => a is null || b is null ? null : a is JavaNull || b is JavaNull ? a is JavaNull && b is JavaNull : ConstantFolding.AreEqual(a, b);

        /// <summary>What a method of the answer without arguments says, where it only looks at its fields.</summary>
        private object? OwnWord(string method)
        {
            if (_depth >= DeepestAnswer || _run._program.Find(_outcome.Type) is not { } type)
            {
                return null;
            }

            var (field, word, owner) = _run.WordOf(type, method);
            if (field is not null || word is null)
            {
                return field is null ? null : Field(field);
            }

            var within = _within;
            (_within, _depth) = (owner, _depth + 1);
            var said = ValueOf(word);
            (_within, _depth) = (within, _depth - 1);
            return said;
        }

        /// <summary>A field nobody wrote holds what Java puts into it.</summary>
        private object? Field(string name)
        {
            if (_rewritten.Contains(name))
            {
                return null;
            }

            if (_outcome.Parts.TryGetValue(name, out var known))
            {
                return known;
            }

            if ((_within ?? _run._program.Find(_outcome.Type)) is not { } type || _run._program.Field(type, name) is not { } field)
            {
                return null;
            }

            return field.IsStatic ? _run.Fixed(field)?.Constant
                : field.Variable.Value is { } first ? ConstantOf(first)
                : _run.TypeOf(field) switch
                {
                    "boolean" => false,
                    "int" or "long" or "short" or "byte" => 0L,
                    "float" or "double" or "char" => null,
                    _ => JavaNull.Value,
                };
        }
    }
}
