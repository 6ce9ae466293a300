namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that is handed around, with what it took along. Never changes.</summary>
/// <param name="Syntax">A <see cref="JavaLambda"/>, a <see cref="JavaMethodReference"/> or a <see cref="JavaCreation"/> with a body.</param>
/// <param name="Type">In which names of types are looked up.</param>
/// <param name="Captured">Variables it names, <c>this</c> among them, as they were where it was made.</param>
/// <param name="Home">Stands for the variables that were seen where it was made; null where they are not known any more.</param>
/// <param name="Also">Other code the value may be; null where there is none.</param>
internal sealed record CodeValue(JavaExpression Syntax, JavaDeclaredType Type, IReadOnlyList<CapturedVariable> Captured, object? Home, CodeValue? Also = null)
{
    private const int Most = 8;

    /// <summary>Code in code that was taken along; each may be there more than once, so that more of it would double.</summary>
    private const int Deepest = 4;

    private int Depth { get; } = 1 + Captured.Select(c => c.Value.Code?.All.Max(o => o.Depth) ?? 0).DefaultIfEmpty().Max();

    /// <summary>A value that code takes along, without what it is itself where that lies too deep.</summary>
    public static FlowValue Taken(FlowValue value)
    {
        if (value.Code is null || value.Code.All.All(c => c.Depth < Deepest))
        {
            return value;
        }

        FlowLosses.Note($"代码里带着的代码套了 {Deepest} 层以上");
        return value with { Code = null };
    }

    /// <summary>This and what else the value may be.</summary>
    public IEnumerable<CodeValue> All
    {
        get
        {
            for (var one = this; one is not null; one = one.Also)
            {
                yield return one;
            }
        }
    }

    public static CodeValue? Both(CodeValue? a, CodeValue? b)
    {
        if (a is null || b is null || ReferenceEquals(a, b))
        {
            return a ?? b;
        }

        var made = a;
        foreach (var one in b.All)
        {
            if (made.All.FirstOrDefault(k => ReferenceEquals(k.Syntax, one.Syntax)) is { } known)
            {
                // The same code may have been made at different times, of different things.
                made = known.Taking(one.Captured) is var more && ReferenceEquals(more, known.Captured) && (known.Home is null || ReferenceEquals(known.Home, one.Home))
                    ? made : made.With(known, more, ReferenceEquals(known.Home, one.Home) ? known.Home : null);
            }
            else if (made.All.Count() >= Most)
            {
                FlowLosses.Note($"一个值可能是的代码多于 {Most} 段");
            }
            else
            {
                made = one with { Also = made };
            }
        }

        return made;
    }

    public static bool Same(CodeValue? a, CodeValue? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.All.Count() == b.All.Count() && a.All.All(o => b.All.FirstOrDefault(k => ReferenceEquals(k.Syntax, o.Syntax)) is { } other && TakesSame(o.Captured, other.Captured)));

    /// <summary>The same with other values of what it took along.</summary>
    public CodeValue Moved(Func<FlowValue, FlowValue> value) =>
        new(Syntax, Type, [.. Captured.Select(c => c with { Value = Taken(value(c.Value)) })], null, Also?.Moved(value));

    private static bool TakesSame(IReadOnlyList<CapturedVariable> a, IReadOnlyList<CapturedVariable> b) =>
        ReferenceEquals(a, b) || (a.Count == b.Count && a.All(v => b.FirstOrDefault(o => o.Name == v.Name) is { } other && FlowValue.Same(v.Value, other.Value)));

    /// <summary>What it took along or what the same code took along elsewhere; the list itself where that adds nothing.</summary>
    private IReadOnlyList<CapturedVariable> Taking(IReadOnlyList<CapturedVariable> other)
    {
        if (ReferenceEquals(Captured, other))
        {
            return Captured;
        }

        List<CapturedVariable>? joined = null;
        foreach (var variable in other)
        {
            var at = -1;
            for (var i = 0; i < Captured.Count && at < 0; i++)
            {
                at = Captured[i].Name == variable.Name ? i : -1;
            }

            if (at < 0)
            {
                joined ??= [.. Captured];
                joined.Add(variable);
            }
            else if (FlowValue.Join(Captured[at].Value, variable.Value) is var value && !ReferenceEquals(value, Captured[at].Value))
            {
                joined ??= [.. Captured];
                joined[at] = Captured[at] with { Value = value, Declared = Captured[at].Declared == variable.Declared ? variable.Declared : 0 };
            }
        }

        return joined ?? Captured;
    }

    /// <summary>The same codes, of which one took along something else.</summary>
    private CodeValue With(CodeValue one, IReadOnlyList<CapturedVariable> captured, object? home) => ReferenceEquals(this, one)
        ? new(Syntax, Type, captured, home, Also)
        : this with { Also = Also?.With(one, captured, home) };
}

/// <param name="Name">Of the variable.</param>
/// <param name="Type">As it was declared; null where that is not known.</param>
/// <param name="Value">It held.</param>
/// <param name="Declared">Which declaration of the name it was, by <see cref="Scopes.Declaration"/>; 0 where there were several.</param>
internal sealed record CapturedVariable(string Name, string? Type, FlowValue Value, int Declared);
