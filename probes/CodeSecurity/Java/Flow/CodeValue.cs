namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that is handed around, with what it took along. Never changes.</summary>
/// <param name="Syntax">A <see cref="JavaLambda"/>, a <see cref="JavaMethodReference"/> or a <see cref="JavaCreation"/> with a body.</param>
/// <param name="Type">In which names of types are looked up.</param>
/// <param name="Captured">Variables it names, <c>this</c> among them, as they were where it was made.</param>
/// <param name="Home">The run it was made in; null where it came from another one.</param>
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
        foreach (var one in b.All.Where(o => !a.All.Any(k => ReferenceEquals(k.Syntax, o.Syntax))))
        {
            if (made.All.Count() >= Most)
            {
                FlowLosses.Note($"一个值可能是的代码多于 {Most} 段");
                break;
            }

            made = one with { Also = made };
        }

        return made;
    }

    public static bool Same(CodeValue? a, CodeValue? b) =>
        ReferenceEquals(a, b) || (a is not null && b is not null && a.All.Count() == b.All.Count() && a.All.All(o => b.All.Any(k => ReferenceEquals(k.Syntax, o.Syntax))));

    /// <summary>The same with other values of what it took along.</summary>
    public CodeValue Moved(Func<FlowValue, FlowValue> value) =>
        this with { Captured = [.. Captured.Select(c => c with { Value = value(c.Value) })], Home = null, Also = Also?.Moved(value) };
}

/// <param name="Name">Of the variable.</param>
/// <param name="Type">As it was declared; null where that is not known.</param>
/// <param name="Value">It held.</param>
internal sealed record CapturedVariable(string Name, string? Type, FlowValue Value);
