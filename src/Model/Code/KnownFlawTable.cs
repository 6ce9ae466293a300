namespace SmartCity.SecurityCheck.Model;

/// <summary>著名组件漏洞名录 · a few flaws everybody should know by name. Not a database: that a component is not in it says nothing.</summary>
public sealed record KnownFlawTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<KnownFlaw> Flaws { get; init; }
}

/// <summary>One flaw.</summary>
/// <param name="Id">CVE-….</param>
/// <param name="Title">In a few words.</param>
/// <param name="Ecosystem">As OSV calls it: Maven, npm, PyPI, NuGet, Go.</param>
/// <param name="Name">Of the package, as the ecosystem writes it; several share a flaw as several entries.</param>
/// <param name="Ranges">Affected versions.</param>
/// <param name="Severity">How bad.</param>
public sealed record KnownFlaw(string Id, string Title, string Ecosystem, string Name, IReadOnlyList<FlawRange> Ranges, Severity Severity);

/// <summary>A stretch of versions.</summary>
/// <param name="From">The first affected; null for the very first.</param>
/// <param name="Fixed">The first that is not; null where none is.</param>
public sealed record FlawRange(string? From, string? Fixed);
