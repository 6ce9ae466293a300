using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A method of a library.</summary>
internal sealed class ApiMethod(FlowMethod known)
{
    public const int Receiver = -1;
    public const int Return = -2;
    public const int All = -3;

    public FlowMethod Known => known;

    public int? Arguments => known.Arguments;

    /// <summary>Bit of the weakness it leads to; −1 where it leads to none.</summary>
    public required int Weakness { get; init; }

    public required ulong Cleans { get; init; }

    public required ulong Soils { get; init; }

    public required ulong Guards { get; init; }

    public required ulong GuardsNot { get; init; }

    public required BoundedExpression? Matches { get; init; }

    public required BoundedExpression? Except { get; init; }

    /// <summary>A text is what the table asks for.</summary>
    public bool Asks(string text) => Matches?.IsMatch(text) != false && Except?.IsMatch(text) != true;

    public required IReadOnlyList<(int From, int To)> Flow { get; init; }

    /// <summary>Of a source: bits of all it can lead to; 0 where it is not limited.</summary>
    public required ulong Only { get; init; }

    /// <summary>Of a source: bits of closed weaknesses it leads to.</summary>
    public required ulong Leads { get; init; }

    /// <summary>Further rows of the same method: what else it is a sink of, and what else it cleans by an expression.</summary>
    public List<ApiMethod> More { get; } = [];

    public required IReadOnlyList<ApiNote> Notes { get; init; }

    /// <summary>The same with what a project declares of it: sources and sinks of both, and what either cleans.</summary>
    public ApiMethod Beside(ApiMethod own)
    {
        if (own.Known.Source is not null)
        {
            return Copied(own.Known, own.Cleans, only: 0, [.. More.Prepend(this).Where(m => m.Weakness >= 0)]);
        }

        return own.Weakness >= 0 || own.Guards != 0 ? Copied(known, Cleans, Only, [.. More, own])
            : Matches is null || Weakness >= 0 || known.Source is not null ? Copied(known, Cleans | own.Cleans, Only, More)
            : Copied(own.Known, own.Cleans, own.Only, [.. More.Where(m => m.Weakness >= 0)]);
    }

    private ApiMethod Copied(FlowMethod row, ulong cleans, ulong only, IReadOnlyList<ApiMethod> more)
    {
        var isOwn = !ReferenceEquals(row, known);
        var both = new ApiMethod(row)
        {
            Weakness = isOwn ? -1 : Weakness, Cleans = cleans, Soils = isOwn ? 0 : Soils, Guards = isOwn ? 0 : Guards, GuardsNot = isOwn ? 0 : GuardsNot, Matches = isOwn ? null : Matches, Except = isOwn ? null : Except, Flow = Flow, Only = only, Leads = Leads, Notes = Notes,
        };
        both.More.AddRange(more);
        return both;
    }
}

/// <summary>See <see cref="FlowNote"/>.</summary>
internal sealed record ApiNote(string Part, BoundedExpression? First, BoundedExpression? Second, string? Type);
