using System.Text.RegularExpressions;
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

    public required Regex? Matches { get; init; }

    public required IReadOnlyList<(int From, int To)> Flow { get; init; }

    /// <summary>Of a source: bits of all it can lead to; 0 where it is not limited.</summary>
    public required ulong Only { get; init; }

    /// <summary>Of a source: bits of closed weaknesses it leads to.</summary>
    public required ulong Leads { get; init; }

    /// <summary>Further rows of the same method: what else it is a sink of, and what else it cleans by an expression.</summary>
    public List<ApiMethod> More { get; } = [];

    public required IReadOnlyList<ApiNote> Notes { get; init; }
}

/// <summary>See <see cref="FlowNote"/>.</summary>
internal sealed record ApiNote(string Part, Regex? First, Regex? Second, string? Type);
